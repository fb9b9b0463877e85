package dev.weir.benchmarks.load;

/**
 * One stage of one server, in figures: the row of the JSON report. Times in milliseconds since
 * requests were due, rates per second, shares in percent.
 *
 * @param pair number of the A/B pair, from 1
 * @param flood whether this is the stage far beyond the peak, not a step of the ladder
 * @param factor of the estimated peak, or of the measured one if a flood
 * @param due requests that came due while counted; the sum of the six counts that follow
 * @param connections open at the beginning of the stage
 * @param generatorKeptUp false if the generator may have been the bottleneck: claim nothing
 */
record Measurement(
    String server,
    int pair,
    boolean flood,
    double factor,
    double offeredPerSecond,
    double seconds,
    long due,
    long good,
    long late,
    long refused,
    long errors,
    long unanswered,
    long noConnection,
    double goodPerSecond,
    double goodP50Millis,
    double goodP99Millis,
    double bytesPerGood,
    double refusedP50Millis,
    double refusedP99Millis,
    double sendLagP99Millis,
    Usage.Share cpu,
    int connections,
    boolean generatorKeptUp) {

  /** A hundredth of the usual objective: beyond, the generator's lag shows in the figures. */
  private static final double MAX_SEND_LAG_P99_MILLIS = 5;

  /** Above, the generator's own queue is no longer negligible. */
  private static final double MAX_GENERATOR_PERCENT = 90;

  static Measurement of(
      String server,
      int pair,
      boolean flood,
      double factor,
      Stage stage,
      Tally tally,
      Usage.Share cpu,
      int connections) {
    double seconds = stage.counted().toNanos() / 1e9;
    double lag = tally.sendLagMillis(99);
    return new Measurement(
        server,
        pair,
        flood,
        factor,
        stage.perSecond(),
        seconds,
        tally.due(),
        tally.count(Verdict.GOOD),
        tally.count(Verdict.LATE),
        tally.count(Verdict.REFUSED),
        tally.count(Verdict.ERROR),
        tally.count(Verdict.UNANSWERED),
        tally.count(Verdict.NO_CONNECTION),
        tally.count(Verdict.GOOD) / seconds,
        tally.goodMillis(50),
        tally.goodMillis(99),
        tally.bytesPerGood(),
        tally.refusedMillis(50),
        tally.refusedMillis(99),
        lag,
        cpu,
        connections,
        lag <= MAX_SEND_LAG_P99_MILLIS && cpu.generatorPercent() <= MAX_GENERATOR_PERCENT);
  }
}
