package dev.weir.benchmarks.load;

import java.util.Map;

/**
 * One stage of one server, in figures: an element of the JSON report. Rates are per second.
 *
 * @param pair number of the A/B pair, from 1
 * @param factor of the estimated peak, or of the measured one if a flood
 * @param verdicts how the requests ended that came due while counted
 * @param good latency of good answers
 * @param refused latency of refusals
 * @param bytesPerGood mean body of a good answer; less than under less load means that the long
 *     routes starve
 * @param connections open at the beginning of the stage
 * @param generatorKeptUp false if the generator may have been the bottleneck: claim nothing
 */
record Measurement(
    String server,
    int pair,
    Role role,
    double factor,
    double offeredPerSecond,
    double seconds,
    Map<Verdict, Long> verdicts,
    double goodPerSecond,
    Tally.Latency good,
    Tally.Latency refused,
    double bytesPerGood,
    Tally.Latency sendLag,
    Usage.Share cpu,
    int connections,
    boolean generatorKeptUp) {

  /** A hundredth of the usual objective: beyond, the generator's lag shows in the figures. */
  private static final double MAX_SEND_LAG_P99_MILLIS = 5;

  Measurement {
    verdicts = Map.copyOf(verdicts);
  }

  /** Who was measured, and in which stage. */
  record Label(String server, int pair, Role role, double factor) {}

  /** What a stage is for. */
  enum Role {
    /** A step of the ladder on which the peak is found. */
    STEP,
    /** The best step again, right before a flood. */
    REFERENCE,
    /** Far beyond the peak. */
    FLOOD
  }

  static Measurement of(Label label, Stage stage, Tally tally, Usage.Share cpu, int connections) {
    double seconds = stage.counted().toNanos() / 1e9;
    Tally.Latency lag = tally.sendLag();
    return new Measurement(
        label.server(),
        label.pair(),
        label.role(),
        label.factor(),
        stage.perSecond(),
        seconds,
        tally.verdicts(),
        tally.count(Verdict.GOOD) / seconds,
        tally.good(),
        tally.refused(),
        tally.bytesPerGood(),
        lag,
        cpu,
        connections,
        lag.p99Millis() <= MAX_SEND_LAG_P99_MILLIS);
  }

  long count(Verdict verdict) {
    return verdicts.getOrDefault(verdict, 0L);
  }
}
