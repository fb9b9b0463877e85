package dev.weir.proxy.admit.limit;

/**
 * The rule of Kratos' aegis, go-zero and, much alike, Sentinel [1], after TCP BBR [2]: allow what
 * the best throughput of late times the best latency of late would hold in flight.
 *
 * <pre>
 *   processors less than 80 % busy, moving mean over 0.5 s   L' = 1000: everybody passes
 *   else   L' = (most calls ended per second) × (least mean latency) + 0.5,  both of the last 10 s
 * </pre>
 *
 * Not the default because nothing pulls the limit back on work that is all computing: throughput is
 * C / S whatever the limit, latency is S L / C, and their product is the L that happens to be in
 * force. BBR probes for the empty pipe to get out of that circle; its likenesses do not.
 *
 * <p>[1] {@code ratelimit/bbr} of go-kratos/aegis; {@code core/load} of go-zero; {@code
 * SystemRuleManager} of Sentinel 1.8. [2] N. Cardwell et al., "BBR: Congestion-Based Congestion
 * Control", ACM Queue 14(5), 2016.
 */
public final class BbrLike implements LimitPolicy {

  private static final long MEMORY_NANOS = 10_000_000_000L;

  /** The memory is kept in slices, so that it is bounded however short the windows are. */
  private static final int SLICES = 100;

  private static final long SLICE_NANOS = MEMORY_NANOS / SLICES;
  private static final double BUSY = 0.8;
  private static final double BUSY_MEMORY_NANOS = 500_000_000.0;
  private static final double EVERYBODY = 1000;

  private final double processors;
  private final double[] endedPerNano = new double[SLICES];
  private final double[] meanNanos = new double[SLICES];
  private double busy;
  private int slice;
  private long sliceNanos;
  private long sliceEnded;
  private double sliceLatencyNanos;

  public BbrLike(int processors) {
    this.processors = processors;
  }

  @Override
  public double initial() {
    return EVERYBODY;
  }

  @Override
  public double next(double limit, Window window) {
    double weight = 1 - Math.exp(-window.durationNanos() / BUSY_MEMORY_NANOS);
    busy += weight * (Math.min(1, window.meanInFlight() / processors) - busy);
    remember(window);
    if (busy < BUSY) {
      return EVERYBODY;
    }
    double most = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < SLICES; i++) {
      if (endedPerNano[i] > 0) {
        most = Math.max(most, endedPerNano[i]);
        least = Math.min(least, meanNanos[i]);
      }
    }
    return most == 0 ? limit : Math.clamp(most * least + 0.5, 1, EVERYBODY);
  }

  private void remember(Window window) {
    sliceNanos += window.durationNanos();
    sliceEnded += window.samples();
    sliceLatencyNanos += (double) window.meanNanos() * window.samples();
    if (sliceNanos < SLICE_NANOS) {
      return;
    }
    long slices = Math.min(SLICES, sliceNanos / SLICE_NANOS);
    for (long i = 0; i < slices; i++) {
      endedPerNano[slice] = (double) sliceEnded / sliceNanos;
      meanNanos[slice] = sliceEnded == 0 ? 0 : sliceLatencyNanos / sliceEnded;
      slice = (slice + 1) % SLICES;
    }
    sliceNanos = 0;
    sliceEnded = 0;
    sliceLatencyNanos = 0;
  }
}
