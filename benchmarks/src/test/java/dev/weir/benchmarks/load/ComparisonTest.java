package dev.weir.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.weir.benchmarks.load.Comparison.Spread;
import dev.weir.benchmarks.load.Measurement.Role;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ComparisonTest {

  @Test
  void thePeakIsTheBestStepAndNeverTheFlood() {
    List<Measurement> turn =
        List.of(step("weir", 1, 90), step("weir", 1, 120), flood("weir", 1, 130, 0.2));
    assertEquals(120, Comparison.peak(turn));
  }

  @Test
  void ratiosAreTakenWithinAPair() {
    Comparison comparison =
        Comparison.of(
            List.of(
                step("stock", 1, 100), step("weir", 1, 150),
                step("stock", 2, 50), step("weir", 2, 70),
                step("stock", 3, 100), step("weir", 3, 160)));
    assertEquals(new Spread(3, 1.5, 1.4, 1.6), comparison.peakRatio());
    assertEquals(new Spread(3, 100, 50, 100), comparison.peakPerSecond().get("stock"));
  }

  @Test
  void whatAFloodLeavesIsComparedWithTheOwnBestRateRightBeforeIt() {
    Comparison comparison =
        Comparison.of(
            List.of(
                step("weir", 1, 110),
                reference("weir", 1, 100),
                flood("weir", 1, 96, 1),
                reference("weir", 1, 200),
                flood("weir", 1, 194, 1),
                step("weir", 2, 210),
                reference("weir", 2, 200),
                flood("weir", 2, 196, 2)));
    assertEquals(new Spread(3, 0.97, 0.96, 0.98), comparison.retention().get("weir"));
    assertEquals(new Spread(3, 1, 1, 2), comparison.refusedP99Millis().get("weir"));
    assertNull(comparison.peakRatio());
  }

  @Test
  void aPairInWhichTheGeneratorWasTheBottleneckIsNotClaimed() {
    Comparison comparison =
        Comparison.of(
            List.of(
                step("stock", 1, 100), step("weir", 1, 150),
                step("stock", 2, 100), measurement("weir", 2, Role.STEP, 400, 0, 5.1)));
    Spread ratio = comparison.peakRatio();
    assertNotNull(ratio);
    assertEquals(1, ratio.of());
    assertEquals(1.5, ratio.median());
    assertEquals(1, comparison.disowned());
  }

  private static Measurement step(String server, int pair, double goodPerSecond) {
    return measurement(server, pair, Role.STEP, goodPerSecond, 0, 0.1);
  }

  private static Measurement reference(String server, int pair, double goodPerSecond) {
    return measurement(server, pair, Role.REFERENCE, goodPerSecond, 0, 0.1);
  }

  private static Measurement flood(
      String server, int pair, double goodPerSecond, double refusedP99) {
    return measurement(server, pair, Role.FLOOD, goodPerSecond, refusedP99, 0.1);
  }

  private static Measurement measurement(
      String server,
      int pair,
      Role role,
      double goodPerSecond,
      double refusedMillis,
      double lagMillis) {
    Tally tally = new Tally();
    tally.sent((long) (lagMillis * 1e6));
    for (int i = 0; i < goodPerSecond; i++) {
      tally.record(Verdict.GOOD, 1_000_000);
    }
    if (refusedMillis > 0) {
      tally.record(Verdict.REFUSED, (long) (refusedMillis * 1e6));
    }
    Duration second = Duration.ofSeconds(1);
    Stage stage = new Stage(1, second, second, second, second, 1);
    Usage.Share cpu = new Usage.Share(100, 0, 0);
    return Measurement.of(new Measurement.Label(server, pair, role, 1), stage, tally, cpu, 10);
  }
}
