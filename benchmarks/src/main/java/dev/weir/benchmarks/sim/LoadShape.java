package dev.weir.benchmarks.sim;

import java.time.Duration;
import java.util.List;

/**
 * Offered load over time, in steps; 1 is what the machine can just do.
 *
 * @param steps in order of time, the first at zero
 */
public record LoadShape(List<Step> steps) {

  /**
   * @param from when it begins
   */
  public record Step(Duration from, double load) {}

  public LoadShape {
    steps = List.copyOf(steps);
    if (steps.isEmpty() || !steps.getFirst().from().isZero()) {
      throw new IllegalArgumentException("the first step begins at zero");
    }
  }

  public static LoadShape steady(double load) {
    return new LoadShape(List.of(new Step(Duration.ZERO, load)));
  }

  /** Calm, flood, calm. */
  public static LoadShape flood(double calm, double flood, Duration from, Duration until) {
    return new LoadShape(
        List.of(new Step(Duration.ZERO, calm), new Step(from, flood), new Step(until, calm)));
  }

  /** The highest load. */
  double peak() {
    return steps.stream().mapToDouble(Step::load).max().orElseThrow();
  }
}
