package dev.weir.benchmarks.riders;

import java.util.Locale;

/**
 * Whether the figures of a stage are the server's: not if the generator may have been the
 * bottleneck.
 *
 * @param lagP99Millis from when requests were due to when they were sent
 * @param busyPart of its time in which the generator's thread had work
 */
public record Claim(double lagP99Millis, double busyPart) {
  /** Beyond, the lag shows in latencies that are to be below 10 ms themselves. */
  private static final double MAX_LAG_MILLIS = 10;

  /** Beyond, a queue builds up in the generator by itself. */
  private static final double MAX_BUSY = 0.9;

  /** Whether they are. */
  public boolean holds() {
    return lagP99Millis <= MAX_LAG_MILLIS && busyPart <= MAX_BUSY;
  }

  /** One sentence, for people. */
  public String sentence() {
    return String.format(
        Locale.ROOT,
        "%sthe generator sent %.2f ms late at p99 and was busy %.0f %% of the time",
        holds() ? "" : "not claimed: the generator was the bottleneck; ",
        lagP99Millis,
        100 * busyPart);
  }
}
