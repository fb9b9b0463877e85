package dev.weir.proxy.playground;

import java.util.concurrent.atomic.AtomicLongArray;

/** Counts times by size, to a twelfth of each. Thread-safe. */
final class Latencies {

  /** Of a bucket per the one before. */
  private static final double STEP = 1.08;

  /** The last one begins at a quarter of an hour. */
  private static final int BUCKETS = 270;

  private static final double NANOS_PER_MICRO = 1_000;
  private static final double MICROS_PER_MILLI = 1_000;

  private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);

  void add(long nanos) {
    double micros = Math.max(1, nanos / NANOS_PER_MICRO);
    int bucket = (int) (Math.log(micros) / Math.log(STEP));
    counts.incrementAndGet(Math.min(bucket, BUCKETS - 1));
  }

  /**
   * What so much of them does not exceed, in milliseconds; 0 if there are none.
   *
   * @param part above 0, at most 1
   */
  double quantileMillis(double part) {
    long all = 0;
    for (int i = 0; i < BUCKETS; i++) {
      all += counts.get(i);
    }
    long left = (long) Math.ceil(part * all);
    for (int i = 0; i < BUCKETS && all > 0; i++) {
      left -= counts.get(i);
      if (left <= 0) {
        return Math.pow(STEP, i + 1) / MICROS_PER_MILLI;
      }
    }
    return 0;
  }
}
