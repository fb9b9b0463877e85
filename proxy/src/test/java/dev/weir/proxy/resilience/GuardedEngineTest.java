package dev.weir.proxy.resilience;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.weir.proxy.ManualTicker;
import dev.weir.proxy.config.BreakerSettings;
import dev.weir.proxy.config.Live;
import dev.weir.proxy.path.BreakerSwitch.Position;
import dev.weir.proxy.path.Computation;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.routing.Coordinate;
import dev.weir.routing.Problem;
import dev.weir.routing.Rendered;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.StopSignal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class GuardedEngineTest {

  private static final Duration OPEN_FOR = Duration.ofSeconds(5);
  private static final Duration SLOW = Duration.ofSeconds(1);
  private static final RouteOutcome FOUND =
      new RouteOutcome.Found(new Rendered(Rendered.Media.JSON, new byte[0], 1), 1);
  private static final RouteQuery QUERY = new RouteQuery.Nearest(new Coordinate(0, 0), false);

  private final ManualTicker ticker = new ManualTicker();
  private Computation engine = (query, stop) -> FOUND;
  private final Live<BreakerSettings> settings = new Live<>(afterFailures(4));
  private final GuardedEngine guarded =
      new GuardedEngine((query, stop) -> engine.compute(query, stop), settings, 1, ticker);

  private static BreakerSettings afterFailures(int calls) {
    return new BreakerSettings(50, SLOW, 80, 10, calls, OPEN_FOR, 2);
  }

  private void compute() throws Computation.Refused {
    guarded.compute(QUERY, StopSignal.NEVER);
  }

  private void fail(int times) {
    Computation before = engine;
    engine =
        (query, stop) -> {
          throw new IllegalStateException("planted");
        };
    for (int call = 0; call < times; call++) {
      assertThrows(IllegalStateException.class, this::compute);
    }
    engine = before;
  }

  private void assertRefused() {
    Computation.Refused refused = assertThrows(Computation.Refused.class, this::compute);
    assertEquals(Reason.ENGINE_UNWELL, refused.refusal().reason());
    assertEquals(OPEN_FOR, refused.refusal().retryAfter());
  }

  @Test
  void opensWhenTheEngineFailsAndRefusesWithoutAskingIt() {
    fail(4);
    assertEquals(Position.OPEN, guarded.position());
    assertNotNull(guarded.refusal());
    assertRefused();
  }

  @Test
  void beginsAnewWithOtherSettings() {
    fail(4);
    settings.set(afterFailures(2));
    assertEquals(Position.CLOSED, guarded.position());
    assertNull(guarded.refusal());

    fail(2);
    assertEquals(Position.OPEN, guarded.position());
    assertRefused();
  }

  @Test
  void staysOpenUnderOtherSettingsIfAnOperatorForcedItOpen() {
    guarded.force(Position.FORCED_OPEN);
    settings.set(afterFailures(2));

    assertEquals(Position.FORCED_OPEN, guarded.position());
    assertRefused();
  }

  @Test
  void letsProbesThroughAfterTheWaitAndClosesWhenTheySucceed() throws Computation.Refused {
    fail(4);
    ticker.advance(OPEN_FOR.plusNanos(1));
    assertNull(guarded.refusal());
    compute();
    assertEquals(Position.HALF_OPEN, guarded.position());
    compute();
    assertEquals(Position.CLOSED, guarded.position());
  }

  @Test
  void isNotHalfOpenForEverWhenAProbeHangs() throws Computation.Refused {
    fail(4);
    ticker.advance(OPEN_FOR.plusNanos(1));
    compute();
    assertEquals(Position.HALF_OPEN, guarded.position());
    engine =
        (query, stop) -> {
          guarded.lost();
          return FOUND;
        };
    compute();
    assertEquals(Position.OPEN, guarded.position());
  }

  @Test
  void opensAgainWhenAProbeFails() {
    fail(4);
    ticker.advance(OPEN_FOR.plusNanos(1));
    fail(2);
    assertEquals(Position.OPEN, guarded.position());
    assertNotNull(guarded.refusal());
  }

  @Test
  void opensWhenCallsAreFarTooSlow() throws Computation.Refused {
    engine =
        (query, stop) -> {
          ticker.advance(SLOW.plusMillis(1));
          return FOUND;
        };
    for (int call = 0; call < 4; call++) {
      compute();
    }
    assertEquals(Position.OPEN, guarded.position());
  }

  @Test
  void mistakesOfCallersAndGivenUpCallsDoNotOpenIt() throws Computation.Refused {
    Problem problem = Problem.of(Problem.Kind.ENGINE, "no", null);
    engine = (query, stop) -> new RouteOutcome.BadRequest(problem, 0);
    for (int call = 0; call < 20; call++) {
      compute();
    }
    engine = (query, stop) -> new RouteOutcome.Cancelled(1);
    for (int call = 0; call < 20; call++) {
      compute();
    }
    assertEquals(Position.CLOSED, guarded.position());
  }

  @Test
  void anOperatorCanForceEveryPosition() throws Computation.Refused {
    for (Position position : Position.values()) {
      guarded.force(position);
      assertEquals(position, guarded.position());
    }
    assertEquals(Position.FORCED_OPEN, guarded.position());
    ticker.advance(OPEN_FOR.multipliedBy(10));
    assertRefused();
    assertNotNull(guarded.refusal());
    guarded.force(Position.CLOSED);
    compute();
    guarded.force(Position.CLOSED);
    guarded.force(Position.HALF_OPEN);
    assertEquals(Position.HALF_OPEN, guarded.position());
  }

  @Test
  void theBulkheadKeepsCallsBeyondThePermitsFromTheEngine() throws Computation.Refused {
    engine =
        (query, stop) -> {
          Computation.Refused refused = assertThrows(Computation.Refused.class, this::compute);
          assertEquals(Reason.QUEUE_FULL, refused.refusal().reason());
          return FOUND;
        };
    compute();
    engine = (query, stop) -> FOUND;
    compute();
  }
}
