package dev.weir.benchmarks.riders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static List<Long> arrivals(Shape shape, long seed) {
    Schedule schedule = new Schedule(shape, seed);
    List<Long> all = new ArrayList<>();
    for (long at = schedule.nextNanos(); at != Schedule.OVER; at = schedule.nextNanos()) {
      all.add(at);
    }
    assertEquals(Schedule.OVER, schedule.nextNanos());
    return all;
  }

  private static long between(List<Long> arrivals, double fromSeconds, double toSeconds) {
    return arrivals.stream()
        .filter(at -> at >= fromSeconds * SECOND && at < toSeconds * SECOND)
        .count();
  }

  /** Within five standard deviations of a Poisson number. */
  private static void assertAbout(double expected, long actual) {
    assertEquals(expected, (double) actual, 5 * Math.sqrt(expected) + 1);
  }

  @Test
  void theSameSeedGivesTheSameArrivalsAndAnotherSeedOthers() {
    Shape shape = Shape.ramp(100, MINUTE);
    assertEquals(arrivals(shape, 7), arrivals(shape, 7));
    assertTrue(!arrivals(shape, 7).equals(arrivals(shape, 8)));
  }

  @Test
  void aConstantRateIsKeptInEveryPart() {
    List<Long> arrivals = arrivals(Shape.constant(200, MINUTE), 1);
    for (int part = 0; part < 6; part++) {
      assertAbout(2_000, between(arrivals, part * 10, part * 10 + 10));
    }
  }

  @Test
  void gapsAreExponential() {
    List<Long> arrivals = arrivals(Shape.constant(1_000, MINUTE), 2);
    long longer = 0;
    for (int i = 1; i < arrivals.size(); i++) {
      longer += arrivals.get(i) - arrivals.get(i - 1) > SECOND / 1_000 ? 1 : 0;
    }
    // a gap exceeds its mean with probability 1/e
    assertAbout(arrivals.size() / Math.E, longer);
  }

  @Test
  void aRampRisesAndFallsEvenly() {
    List<Long> arrivals = arrivals(Shape.ramp(1_000, MINUTE), 3);
    // from 100/s to 1,000/s in 30 s: 30/s more every second
    assertAbout((100 + 400) / 2.0 * 10, between(arrivals, 0, 10));
    assertAbout((700 + 1_000) / 2.0 * 10, between(arrivals, 20, 30));
    assertAbout((700 + 1_000) / 2.0 * 10, between(arrivals, 30, 40));
    assertAbout((100 + 400) / 2.0 * 10, between(arrivals, 50, 60));
  }

  @Test
  void aSpikeIsHighInItsThirdPartAlone() {
    List<Long> arrivals = arrivals(Shape.spike(1_000, MINUTE), 4);
    assertAbout(2_400, between(arrivals, 0, 24));
    assertAbout(12_000, between(arrivals, 24, 36));
    assertAbout(2_400, between(arrivals, 36, 60));
  }

  @Test
  void stepsRiseToTheRateAndEndLow() {
    List<Long> arrivals = arrivals(Shape.steps(1_000, MINUTE), 5);
    assertAbout(1_200, between(arrivals, 0, 12));
    assertAbout(12_000, between(arrivals, 36, 48));
    assertAbout(1_200, between(arrivals, 48, 60));
  }

  @Test
  void nobodyComesWhileTheRateIsZero() {
    Duration second = Duration.ofSeconds(1);
    Shape shape =
        new Shape(
            List.of(
                new Shape.Leg(second, 500, 500),
                new Shape.Leg(second, 0, 0),
                new Shape.Leg(second, 0, 1_000)));
    List<Long> arrivals = arrivals(shape, 6);
    assertEquals(0, between(arrivals, 1, 2));
    assertAbout(500, between(arrivals, 2, 3));
    assertEquals(1_000.0 / 3, shape.meanRate(), 1e-9);
  }

  @Test
  void aLeadInHasTheRateOfTheBeginning() {
    Shape shape = Shape.constant(100, MINUTE).after(Duration.ofSeconds(10));
    assertEquals(Duration.ofSeconds(70), shape.length());
    assertAbout(1_000, between(arrivals(shape, 9), 0, 10));
  }

  @Test
  void aLoadWithoutRequestsIsNone() {
    assertThrows(IllegalArgumentException.class, () -> Shape.constant(0, MINUTE));
    assertThrows(IllegalArgumentException.class, () -> Shape.constant(-1, MINUTE));
    assertThrows(IllegalArgumentException.class, () -> Shape.constant(1, Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> Shape.constant(Double.NaN, MINUTE));
  }
}
