package dev.weir.benchmarks.load;

import java.util.SplittableRandom;

/**
 * A Poisson process: independent arrivals at a given mean rate, as of many riders who do not know
 * of each other. The same seed gives the same schedule. Used by one thread.
 */
public final class Arrivals {
  private static final double NANOS_PER_SECOND = 1e9;

  private final SplittableRandom random;
  private final double meanGapNanos;
  private double atNanos;

  public Arrivals(double perSecond, long seed) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("rate must be positive, not " + perSecond);
    }
    random = new SplittableRandom(seed);
    meanGapNanos = NANOS_PER_SECOND / perSecond;
  }

  /** Time of the next arrival in nanoseconds since the start; never decreases. */
  public long nextNanos() {
    atNanos -= Math.log(1.0 - random.nextDouble()) * meanGapNanos;
    return (long) atNanos;
  }
}
