package dev.weir.proxy.admit.limit;

/**
 * TCP Vegas [1] as Netflix's concurrency-limits brought it to servers [2]: keeps the number of
 * calls that seem to queue between two marks.
 *
 * <pre>
 *   q = ceil(L (1 − noload / rtt)),  lg = max(1, ⌊log10 L⌋)
 *   dropped, or q &gt; 6 lg   L' = L − lg
 *   2 × in flight &lt; L      L' = L
 *   q ≤ lg                 L' = L + 6 lg
 *   q &lt; 3 lg               L' = L + lg
 *   L' in [1, 1000], from 20
 * </pre>
 *
 * {@code noload} is the shortest latency seen; after between 15 L and 30 L samples it is forgotten
 * for the latency of that moment.
 *
 * <p>Not the default because it knows two states on work that is all computing, and both are wrong:
 * where calls cost much alike, forgetting takes a congested latency for an idle one and the limit
 * runs away; where costs are spread, the shortest latency is that of a tiny call, all others seem
 * to queue, and the limit is pinned at six however many processors there are.
 *
 * <p>The library's dice for when to forget are a golden-ratio sequence here, so that the same
 * windows give the same limits.
 *
 * <p>[1] L. Brakmo, S. O'Malley, L. Peterson, "TCP Vegas: New Techniques for Congestion Detection
 * and Avoidance", SIGCOMM 1994. [2] {@code VegasLimit} of concurrency-limits 0.5.
 */
public final class Vegas implements LimitPolicy {

  private static final double GOLDEN = 0.6180339887498949;
  private static final double PROBE_MULTIPLIER = 30;
  private static final double LEAST = 1;
  private static final double MOST = 1000;
  private static final double INITIAL = 20;

  private double noLoadNanos = Double.POSITIVE_INFINITY;
  private double jitter = GOLDEN;
  private double samplesSinceProbe;

  @Override
  public double initial() {
    return INITIAL;
  }

  @Override
  public double next(double limit, Window window) {
    if (window.samples() == 0 && window.dropped() == 0) {
      return limit;
    }
    samplesSinceProbe += window.samples();
    double rttNanos = Math.max(1, (double) window.meanNanos());
    if (samplesSinceProbe >= (0.5 + jitter / 2) * PROBE_MULTIPLIER * limit) {
      samplesSinceProbe = 0;
      jitter = (jitter + GOLDEN) % 1;
      noLoadNanos = rttNanos;
      return limit;
    }
    if (window.samples() > 0) {
      noLoadNanos = Math.min(noLoadNanos, Math.max(1, (double) window.minNanos()));
    }
    return Math.clamp(limit + step(limit, window, rttNanos), LEAST, MOST);
  }

  private double step(double limit, Window window, double rttNanos) {
    double lg = Math.max(1, Math.floor(Math.log10(limit)));
    double queued = Math.ceil(limit * (1 - Math.min(1, noLoadNanos / rttNanos)));
    if (window.dropped() > 0) {
      return -lg;
    }
    if (2.0 * window.maxInFlight() < limit) {
      return 0;
    }
    if (queued <= lg) {
      return 6 * lg;
    }
    if (queued < 3 * lg) {
      return lg;
    }
    return queued > 6 * lg ? -lg : 0;
  }
}
