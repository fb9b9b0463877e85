package dev.weir.proxy.admit;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When the running calls are expected to end. Thread-safe, lock-free; a look at it costs in
 * proportion to the number of calls that may run, not to that of callers.
 */
final class Runs {

  /**
   * Classes of running calls; kept in the two lowest bits of the expected end, 0 for a free slot.
   */
  static final int SMALL = 1;

  static final int LARGE = 2;
  static final int CRITICAL = 3;

  private static final long CLASS = 3;

  private static final long LEAST_NANOS = 100_000_000;

  private final AtomicLongArray ends;
  private final AtomicInteger running = new AtomicInteger();
  private final long[] startedNanos;
  private final int[] beside;

  /**
   * @param most calls run at the same time
   */
  Runs(int most) {
    ends = new AtomicLongArray(most);
    startedNanos = new long[most];
    beside = new int[most];
  }

  /** Returns the slot; there is one for each thread. */
  int begin(int share, long nowNanos, long expectedNanos) {
    long end = ((nowNanos + expectedNanos) & ~CLASS) | share;
    for (int slot = 0; slot < ends.length(); slot++) {
      if (ends.get(slot) == 0 && ends.compareAndSet(slot, 0, end)) {
        startedNanos[slot] = nowNanos;
        beside[slot] = running.incrementAndGet();
        return slot;
      }
    }
    throw new IllegalStateException("more calls run than there are threads for");
  }

  /** Calls that ran at the same time as this one, itself included: mean of its start and now. */
  double beside(int slot) {
    return (beside[slot] + running.get()) / 2.0;
  }

  /** Frees the slot and says how long the call ran. */
  long end(int slot, long nowNanos) {
    long ranNanos = nowNanos - startedNanos[slot];
    running.decrementAndGet();
    ends.set(slot, 0);
    return ranNanos;
  }

  /** What is still expected of running calls of one class. */
  long residueNanos(int share, long nowNanos) {
    long sum = 0;
    for (int slot = 0; slot < ends.length(); slot++) {
      long end = ends.get(slot);
      if ((end & CLASS) == share) {
        sum += Math.max(0, end - nowNanos);
      }
    }
    return sum;
  }

  int count(int share) {
    int count = 0;
    for (int slot = 0; slot < ends.length(); slot++) {
      if ((ends.get(slot) & CLASS) == share) {
        count++;
      }
    }
    return count;
  }

  int count() {
    return running.get();
  }

  /**
   * How many times its estimate the call has run that exceeds it most, of those that have run for
   * 100 ms at least: less may be a moment in which the system ran something else. 0 if there is
   * none.
   */
  double overrun(long nowNanos) {
    double most = 0;
    for (int slot = 0; slot < ends.length(); slot++) {
      long end = ends.get(slot);
      if (end != 0) {
        long startNanos = startedNanos[slot];
        long ranNanos = nowNanos - startNanos;
        double expected = Math.max(1, end - startNanos);
        most = ranNanos < LEAST_NANOS ? most : Math.max(most, ranNanos / expected);
      }
    }
    return most;
  }
}
