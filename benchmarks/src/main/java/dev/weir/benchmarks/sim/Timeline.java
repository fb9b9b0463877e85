package dev.weir.benchmarks.sim;

import java.time.Duration;
import java.util.Arrays;

/**
 * Waits and latencies over time, in slices of 10 ms; for runs in which the load changes. Counts
 * from the beginning of the run, warm-up included. Written by one thread, read afterwards.
 */
public final class Timeline {

  private static final Duration TENTH = Duration.ofMillis(100);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final long SLICE_NANOS = Duration.ofMillis(10).toNanos();

  private final long[] offered;
  private final long[] started;
  private final long[] waitNanos;
  private final long[] good;
  private final long[] longestNanos;

  Timeline(long lengthNanos) {
    int slices = Math.toIntExact(lengthNanos / SLICE_NANOS) + 1;
    offered = new long[slices];
    started = new long[slices];
    waitNanos = new long[slices];
    good = new long[slices];
    longestNanos = new long[slices];
  }

  private int slice(long nowNanos) {
    return (int) Math.min(offered.length - 1, nowNanos / SLICE_NANOS);
  }

  void offered(long nowNanos) {
    offered[slice(nowNanos)]++;
  }

  void started(long nowNanos, long afterNanos) {
    int slice = slice(nowNanos);
    started[slice]++;
    waitNanos[slice] += afterNanos;
  }

  void good(long nowNanos, long latencyNanos) {
    int slice = slice(nowNanos);
    good[slice]++;
    longestNanos[slice] = Math.max(longestNanos[slice], latencyNanos);
  }

  /** Mean wait of the calls that were started in a stretch of time; 0 if none was. */
  public Duration meanWait(Duration from, Duration until) {
    int first = slice(from.toNanos());
    int last = slice(until.toNanos());
    long calls = Arrays.stream(started, first, last).sum();
    long nanos = Arrays.stream(waitNanos, first, last).sum();
    return Duration.ofNanos(calls == 0 ? 0 : nanos / calls);
  }

  /** Good answers in a stretch of time. */
  public long good(Duration from, Duration until) {
    return Arrays.stream(good, slice(from.toNanos()), slice(until.toNanos())).sum();
  }

  /** The longest latency of a good answer in a stretch of time. */
  public Duration longestLatency(Duration from, Duration until) {
    long nanos =
        Arrays.stream(longestNanos, slice(from.toNanos()), slice(until.toNanos())).max().orElse(0);
    return Duration.ofNanos(nanos);
  }

  /**
   * Time after {@code change} until the calls that were started in the next tenth of a second, and
   * those in the next second, had waited for no longer than {@code target} on average.
   */
  public Duration settled(Duration change, Duration until, Duration target) {
    Duration at = change;
    while (at.compareTo(until) < 0
        && (meanWait(at, at.plus(TENTH)).compareTo(target) > 0
            || meanWait(at, min(at.plus(SECOND), until)).compareTo(target) > 0)) {
      at = at.plusNanos(SLICE_NANOS);
    }
    return at.minus(change);
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
