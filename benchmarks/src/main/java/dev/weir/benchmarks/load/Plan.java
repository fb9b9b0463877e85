package dev.weir.benchmarks.load;

import java.time.Duration;
import java.util.List;

/**
 * How a server's turn goes.
 *
 * @param ladder offered rates as factors of the estimated peak, ascending
 * @param overload factor of the measured peak in the flood
 * @param counted length of a stage's counted part
 * @param leadIn before it
 * @param objective answers later than this are not good
 * @param connections open in every stage
 * @param sources loopback addresses they come from
 * @param seed of requests and arrivals
 */
record Plan(
    List<Double> ladder,
    double overload,
    Duration counted,
    Duration leadIn,
    Duration objective,
    int connections,
    int sources,
    long seed) {
  private static final Duration GRACE_AFTER_OBJECTIVE = Duration.ofSeconds(2);

  Plan {
    ladder = List.copyOf(ladder);
    require(!ladder.isEmpty() && ladder.stream().allMatch(f -> f > 0), "steps above 0");
    require(overload > 0, "an overload above 0");
    require(counted.isPositive(), "stages longer than 0 s");
    require(objective.isPositive(), "an objective above 0 ms");
    require(connections > 0, "at least one connection");
    require(sources > 0 && sources <= 250, "1 to 250 sources");
  }

  private static void require(boolean held, String what) {
    if (!held) {
      throw new IllegalArgumentException("needs " + what);
    }
  }

  /** The same arrivals for every server: {@code step} tells the stages of a turn apart. */
  Stage stage(double perSecond, int pair, int step) {
    Duration grace = objective.plus(GRACE_AFTER_OBJECTIVE);
    long stageSeed = seed + 1_000L * pair + step;
    return new Stage(perSecond, leadIn, counted, objective, grace, stageSeed);
  }
}
