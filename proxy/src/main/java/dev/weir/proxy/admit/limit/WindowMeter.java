package dev.weir.proxy.admit.limit;

import java.util.Arrays;

/**
 * Adds up what happens until it is asked for the {@link Window}. Not thread-safe: confined to one
 * thread or guarded by a lock of its owner. Makes no objects but the windows.
 *
 * <p>Latencies go into a histogram of 32 steps per power of two, so percentiles are at most 3 % too
 * low.
 */
public final class WindowMeter {

  private static final int STEP_BITS = 5;
  private static final int STEPS = 1 << STEP_BITS;

  private final int[] histogram = new int[(Long.SIZE - STEP_BITS) * STEPS];
  private long openedNanos;
  private long changedNanos;
  private int inFlight;
  private int maxInFlight;
  private double inFlightNanos;
  private long samples;
  private long dropped;
  private long minNanos;
  private long maxNanos;
  private long sumNanos;
  private long workNanos;

  /**
   * @param nowNanos where the first window begins
   */
  public WindowMeter(long nowNanos) {
    open(nowNanos);
  }

  private void open(long nowNanos) {
    openedNanos = nowNanos;
    changedNanos = nowNanos;
    maxInFlight = inFlight;
    inFlightNanos = 0;
    samples = 0;
    dropped = 0;
    minNanos = Long.MAX_VALUE;
    maxNanos = 0;
    sumNanos = 0;
    workNanos = 0;
    Arrays.fill(histogram, 0);
  }

  /** A computation begins. */
  public void started(long nowNanos) {
    pass(nowNanos);
    inFlight++;
    maxInFlight = Math.max(maxInFlight, inFlight);
  }

  /**
   * A computation came to its end.
   *
   * @param latencyNanos it took
   * @param costNanos it was expected to take on one processor
   */
  public void served(long nowNanos, long latencyNanos, long costNanos) {
    pass(nowNanos);
    inFlight--;
    samples++;
    minNanos = Math.min(minNanos, latencyNanos);
    maxNanos = Math.max(maxNanos, latencyNanos);
    sumNanos += latencyNanos;
    workNanos += costNanos;
    histogram[step(latencyNanos)]++;
  }

  /** A computation was given up for want of time. */
  public void dropped(long nowNanos) {
    dropped++;
    ignored(nowNanos);
  }

  /** A computation ended for a reason that says nothing about load. */
  public void ignored(long nowNanos) {
    pass(nowNanos);
    inFlight--;
  }

  private void pass(long nowNanos) {
    inFlightNanos += (double) (nowNanos - changedNanos) * inFlight;
    changedNanos = nowNanos;
  }

  /** Calls that were computed to their end in the window that is open. */
  public long samples() {
    return samples;
  }

  /** Age of the window that is open. */
  public long openNanos(long nowNanos) {
    return nowNanos - openedNanos;
  }

  /**
   * Closes the window and opens the next.
   *
   * @param nowNanos later than the last window's end
   */
  public Window close(long nowNanos) {
    pass(nowNanos);
    long durationNanos = nowNanos - openedNanos;
    Window window =
        new Window(
            durationNanos,
            samples,
            dropped,
            samples == 0 ? 0 : minNanos,
            samples == 0 ? 0 : sumNanos / samples,
            percentile(0.5),
            percentile(0.9),
            maxNanos,
            inFlightNanos / durationNanos,
            maxInFlight,
            workNanos);
    open(nowNanos);
    return window;
  }

  private long percentile(double part) {
    long rank = (long) Math.ceil(part * samples);
    long seen = 0;
    for (int step = 0; rank > 0 && step < histogram.length; step++) {
      seen += histogram[step];
      if (seen >= rank) {
        return Math.clamp(floor(step), minNanos, maxNanos);
      }
    }
    return 0;
  }

  /** Values below 64 have a step each; above, each power of two has 32. */
  private static int step(long nanos) {
    long value = Math.max(0, nanos);
    int shift = Math.max(0, Long.SIZE - 1 - STEP_BITS - Long.numberOfLeadingZeros(value));
    return shift * STEPS + (int) (value >>> shift);
  }

  private static long floor(int step) {
    int shift = Math.max(0, step / STEPS - 1);
    return (step - (long) shift * STEPS) << shift;
  }
}
