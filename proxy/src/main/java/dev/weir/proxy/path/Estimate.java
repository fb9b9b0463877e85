package dev.weir.proxy.path;

/**
 * What a call is expected to cost, in time on one processor.
 *
 * @param cell where the model keeps what it knows of such calls; of no meaning to anybody else
 * @param meanNanos expected cost, at least 1
 * @param highNanos cost that few such calls exceed (the 99th percentile), at least the mean
 */
public record Estimate(int cell, long meanNanos, long highNanos) {

  /** An estimate of which nothing will be learned. */
  public static Estimate of(long meanNanos) {
    return new Estimate(-1, meanNanos, meanNanos);
  }
}
