package dev.weir.proxy.admit.limit;

/**
 * What was seen in one stretch of time. Latencies are those of computed calls, from the start of
 * the computation (not of the wait) to its end; they are 0 if {@code samples} is.
 *
 * @param durationNanos length of the window, positive
 * @param samples calls that were computed to their end
 * @param dropped calls given up for want of time
 * @param minNanos shortest latency
 * @param meanNanos mean latency
 * @param p50Nanos median latency
 * @param p90Nanos 90th percentile of latency
 * @param maxNanos longest latency
 * @param meanInFlight calls being computed, averaged over time
 * @param maxInFlight most calls computed at the same time
 * @param workNanos what the completed calls were worth: their costs on one processor, summed up, as
 *     estimated before they ran; so a machine that gets slower does less work, not slower work
 */
public record Window(
    long durationNanos,
    long samples,
    long dropped,
    long minNanos,
    long meanNanos,
    long p50Nanos,
    long p90Nanos,
    long maxNanos,
    double meanInFlight,
    int maxInFlight,
    long workNanos) {

  public Window {
    if (durationNanos <= 0) {
      throw new IllegalArgumentException("a window lasts longer than " + durationNanos + " ns");
    }
  }

  /** Work done per time: how many processors of standard speed seemed to be at work. */
  public double workRate() {
    return (double) workNanos / durationNanos;
  }
}
