package dev.weir.proxy.admit.limit;

/**
 * Netflix's Gradient2 [1]: shrinks the limit as latency rises over its own long-term mean.
 *
 * <pre>
 *   long  mean of the first 10 windows, then moving mean over 600; 5 % off while long &gt; 2 × short
 *   if in flight &lt; L / 2, L stays
 *   g  = clamp(1.5 × long / short, 0.5, 1)
 *   L' = 0.8 L + 0.2 (g L + 4)
 *   L' in [20, 200], from 20
 * </pre>
 *
 * Not the default because latency on work that is all computing is proportional to the limit
 * itself: the long-term mean follows, the gradient is 1 again, and the limit drifts by 0.8 a window
 * to its maximum, however few processors there are.
 *
 * <p>[1] {@code Gradient2Limit} of concurrency-limits 0.5 with its defaults, in windows of a second
 * ({@code WindowedLimit}), of which it takes the mean latency.
 */
public final class Gradient2 implements LimitPolicy {

  private static final int WARM_UP_WINDOWS = 10;
  private static final int LONG_WINDOWS = 600;
  private static final double RECOVERY = 0.95;
  private static final double TOLERANCE = 1.5;
  private static final double QUEUE = 4;
  private static final double SMOOTHING = 0.2;
  private static final double LEAST = 20;
  private static final double MOST = 200;

  private long windows;
  private double longNanos;

  @Override
  public double initial() {
    return LEAST;
  }

  @Override
  public double next(double limit, Window window) {
    if (window.samples() == 0) {
      return limit;
    }
    double shortNanos = Math.max(1, (double) window.meanNanos());
    remember(shortNanos);
    if (window.maxInFlight() < limit / 2) {
      return limit;
    }
    double gradient = Math.clamp(TOLERANCE * longNanos / shortNanos, 0.5, 1.0);
    double next = (1 - SMOOTHING) * limit + SMOOTHING * (gradient * limit + QUEUE);
    return Math.clamp(next, LEAST, MOST);
  }

  private void remember(double shortNanos) {
    if (windows < WARM_UP_WINDOWS) {
      windows++;
      longNanos += (shortNanos - longNanos) / windows;
    } else {
      longNanos += (shortNanos - longNanos) * 2 / (LONG_WINDOWS + 1);
    }
    if (longNanos > 2 * shortNanos) {
      longNanos *= RECOVERY;
    }
  }
}
