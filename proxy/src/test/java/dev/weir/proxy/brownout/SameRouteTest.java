package dev.weir.proxy.brownout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.proxy.TestSettings;
import dev.weir.proxy.config.BrownoutSettings;
import dev.weir.proxy.path.Step;
import dev.weir.routing.EngineSettings;
import dev.weir.routing.Rendered;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.RouteQuery.Route;
import dev.weir.routing.RoutingEngine;
import dev.weir.routing.StopSignal;
import dev.weir.routing.graphhopper.GraphHopperEngine;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A prepared search is only taken for a flexible one where it finds the same route. */
final class SameRouteTest {

  private static final int PAIRS = 40;

  @Test
  void aPreparedSearchFindsTheRouteOfAFlexibleOne() throws Exception {
    EngineSettings settings = TestSettings.monaco().engine();
    Ladder ladder = new Ladder(settings, () -> BrownoutSettings.OFF);
    SplittableRandom random = new SplittableRandom(7);
    int compared = 0;
    try (RoutingEngine engine = GraphHopperEngine.open(settings, _ -> {}, System::nanoTime)) {
      while (compared < PAIRS) {
        if (!(engine.sample(random) instanceof Route sample)) {
          continue;
        }
        Route asked =
            Less.hints(
                Less.defaultAlgorithm(sample), Map.of("ch.disable", true, "lm.disable", true));
        RouteQuery reduced = Objects.requireNonNull(ladder.reduce(asked, EnumSet.of(Step.SEARCH)));
        RouteOutcome flexible = engine.compute(asked, StopSignal.NEVER);
        RouteOutcome prepared = engine.compute(reduced, StopSignal.NEVER);
        if (flexible instanceof RouteOutcome.Found expected
            && prepared instanceof RouteOutcome.Found actual) {
          compared++;
          assertSame(path(expected), path(actual), asked);
          assertTrue(actual.visitedNodes() <= expected.visitedNodes(), asked::toString);
        } else {
          assertEquals(flexible.getClass(), prepared.getClass(), asked::toString);
        }
      }
    }
  }

  /** Times are rounded per edge in one mode, and per shortcut in the other. */
  private static void assertSame(JsonNode expected, JsonNode actual, Route asked) {
    assertEquals(
        expected.get("weight").asDouble(), actual.get("weight").asDouble(), 0.5, asked::toString);
    assertEquals(
        expected.get("distance").asDouble(), actual.get("distance").asDouble(), 1, asked::toString);
  }

  private static JsonNode path(RouteOutcome.Found found) throws IOException {
    return new ObjectMapper().readTree(((Rendered) found.answer()).body()).at("/paths/0");
  }
}
