package dev.weir.proxy.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.Profiles;
import dev.weir.proxy.path.Place;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Profile;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ForecastTest {

  private static final long MILLI = 1_000_000;
  private static final double RESERVE = 0.4;
  private static final Profiles ROUTE = Profiles.ROUTE;
  private static final Profiles ISOCHRONE = ROUTE.costing(Duration.ofMillis(100));

  private long nowNanos = Long.MAX_VALUE - 1_000;
  private final Forecast forecast = new Forecast(2, 8, nowNanos);

  private void wait(Profiles call, int calls) {
    for (int i = 0; i < calls; i++) {
      forecast.enters(call.at(nowNanos));
    }
  }

  private Place run(Profiles call) {
    Place place = new Place(call.at(nowNanos));
    forecast.enters(place.profile());
    forecast.starts(place, nowNanos);
    return place;
  }

  private long waitNanos(Profiles call) {
    Profile profile = call.at(nowNanos);
    int size = Sizes.of(profile.estimate().meanNanos());
    return forecast.waitNanos(profile.priority().rank(), size, RESERVE, nowNanos);
  }

  private static void assertMillis(double millis, long nanos) {
    assertEquals(millis, (double) nanos / MILLI, 0.001 * millis);
  }

  private void learnSizes() {
    for (int tick = 0; tick < 50; tick++) {
      for (int call = 0; call < 10; call++) {
        forecast.asked(MILLI);
      }
      forecast.tick(RESERVE, nowNanos);
    }
  }

  @Test
  void nobodyWaitsWhereAProcessorIsFree() {
    run(ROUTE);
    assertEquals(0, waitNanos(ROUTE));
  }

  @Test
  void whatWaitsAndWhatRunsIsSharedByTheProcessors() {
    run(ROUTE);
    run(ROUTE);
    wait(ROUTE, 10);
    assertMillis(6, waitNanos(ROUTE));
    nowNanos += MILLI;
    assertMillis(5, waitNanos(ROUTE));
  }

  @Test
  void whatLeavesTheQueueIsWaitedForNoLonger() {
    wait(ROUTE, 10);
    forecast.leaves(ROUTE.at(nowNanos));
    assertEquals(9 * MILLI, forecast.backlogNanos());
  }

  @Test
  void lowerTiersAndLargerCallsAreNotAheadAndHigherTiersAre() {
    run(ROUTE);
    run(ROUTE);
    wait(ROUTE.of(Priority.BATCH), 10);
    wait(ROUTE.costing(Duration.ofMillis(3)), 10);
    assertMillis(1, waitNanos(ROUTE));
    wait(ROUTE.of(Priority.CRITICAL), 10);
    assertMillis(6, waitNanos(ROUTE));
  }

  @Test
  void criticalCallsWaitForTheirLikeOnly() {
    run(ROUTE);
    run(ROUTE);
    wait(ROUTE, 100);
    assertEquals(0, waitNanos(ROUTE.of(Priority.CRITICAL)));
    wait(ROUTE.of(Priority.CRITICAL), 4);
    assertMillis(2, waitNanos(ROUTE.of(Priority.CRITICAL)));
  }

  @Test
  void aCallIsLargeFromFourTimesTheAverage() {
    assertFalse(forecast.large(ISOCHRONE.at(nowNanos)));
    learnSizes();
    assertTrue(forecast.large(ISOCHRONE.at(nowNanos)));
    assertTrue(forecast.large(ROUTE.costing(Duration.ofNanos(4_200_000)).at(nowNanos)));
    assertFalse(forecast.large(ROUTE.costing(Duration.ofMillis(2)).at(nowNanos)));
    assertMillis(1, forecast.averageNanos());
  }

  @Test
  void smallAndLargeCallsDoNotWaitForEachOther() {
    learnSizes();
    run(ISOCHRONE);
    run(ISOCHRONE);
    wait(ISOCHRONE, 10);
    assertEquals(0, waitNanos(ROUTE));
    assertMillis(600, waitNanos(ISOCHRONE));
  }

  @Test
  void aLaneThatTheOtherOneLeavesNothingToGoesAtItsReserve() {
    learnSizes();
    for (int tick = 0; tick < 500; tick++) {
      for (int call = 0; call < 20; call++) {
        forecast.ends(run(ROUTE), nowNanos + MILLI, true);
      }
      nowNanos += 10 * MILLI;
      forecast.tick(RESERVE, nowNanos);
    }
    run(ISOCHRONE);
    wait(ISOCHRONE, 4);
    assertEquals(500 / (2 * RESERVE), (double) waitNanos(ISOCHRONE) / MILLI, 5);
  }

  @Test
  void whereAllProcessorsWorkCriticalCallsTakeTheirPartFromWhateverRunsBesideThem() {
    assertMillis(100, forecast.runNanos(ISOCHRONE.at(nowNanos)));
    for (int tick = 0; tick < 500; tick++) {
      for (int call = 0; call < 10; call++) {
        forecast.ends(run(ROUTE.of(Priority.CRITICAL)), nowNanos + MILLI, true);
      }
      nowNanos += 10 * MILLI;
      forecast.tick(RESERVE, nowNanos);
    }
    assertMillis(100, forecast.runNanos(ISOCHRONE.at(nowNanos)));
    run(ROUTE);
    run(ROUTE);
    assertMillis(100, forecast.runNanos(ISOCHRONE.of(Priority.CRITICAL).at(nowNanos)));
    assertEquals(200, forecast.runNanos(ISOCHRONE.at(nowNanos)) / 1e6, 5);
  }

  @Test
  void theQueueIsToldWhatHeldAtTheLastTick() {
    wait(ROUTE, 10);
    assertEquals(0, forecast.waitNanos(ROUTE.at(nowNanos), RESERVE));
    forecast.tick(RESERVE, nowNanos);
    assertMillis(4.5, forecast.waitNanos(ROUTE.at(nowNanos), RESERVE));
  }

  @Test
  void aCallThatWaitsDoesNotWaitForItself() {
    run(ISOCHRONE);
    run(ISOCHRONE);
    wait(ISOCHRONE, 1);
    forecast.tick(RESERVE, nowNanos);
    assertMillis(100, forecast.waitNanos(ISOCHRONE.at(nowNanos), RESERVE));
  }

  @Test
  void aTenantWaitsForOneCallOfEachOther() {
    learnSizes();
    assertMillis(5, forecast.turnNanos(10));
  }

  @Test
  void moreProcessorsAreCountedAtOnce() {
    wait(ROUTE, 8);
    forecast.processors(4);
    assertEquals(2 * MILLI, waitNanos(ROUTE));
    assertEquals(4, forecast.effectiveProcessors());
  }
}
