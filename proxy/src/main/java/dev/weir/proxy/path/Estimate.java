package dev.weir.proxy.path;

/**
 * What a call is expected to cost, in time on one processor.
 *
 * @param cell where the model keeps what it knows of such calls; of no meaning to anybody else
 * @param family number of what is asked for, from 0: a route in speed mode, say, or an isochrone.
 *     Calls of one family are alike but for their size, and compete with each other first
 * @param meanNanos expected cost, at least 1
 * @param highNanos cost that few such calls exceed (the 99th percentile), at least the mean
 */
public record Estimate(int cell, int family, long meanNanos, long highNanos) {

  /** There are fewer than this. */
  public static final int FAMILIES = 32;

  public Estimate {
    if (family < 0 || family >= FAMILIES) {
      throw new IllegalArgumentException("no such family: " + family);
    }
  }

  /** An estimate of which nothing will be learned. */
  public static Estimate of(long meanNanos) {
    return new Estimate(-1, 0, meanNanos, meanNanos);
  }
}
