package dev.weir.proxy.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.routing.RequestKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class CostByKindTest {

  private final CostByKind costs = new CostByKind();

  @Test
  void expectsAnIsochroneToCostFarMoreThanARouteBeforeAnythingWasLearned() {
    assertTrue(
        costs.estimateNanos(RequestKind.ISOCHRONE) > 10 * costs.estimateNanos(RequestKind.ROUTE));
  }

  @Test
  void comesWithinAFewPercentOfASteadyCostAfterAHundredCalls() {
    long steadyNanos = Duration.ofMillis(10).toNanos();
    for (int call = 0; call < 100; call++) {
      costs.learn(RequestKind.ROUTE, steadyNanos);
    }
    double ratio = costs.estimateNanos(RequestKind.ROUTE) / (double) steadyNanos;
    assertEquals(1.0, ratio, 0.03);
  }

  @Test
  void learnsEachKindApart() {
    long before = costs.estimateNanos(RequestKind.NEAREST);
    costs.learn(RequestKind.SPT, Duration.ofSeconds(10).toNanos());
    assertEquals(before, costs.estimateNanos(RequestKind.NEAREST));
  }
}
