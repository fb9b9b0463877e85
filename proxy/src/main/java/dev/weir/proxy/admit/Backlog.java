package dev.weir.proxy.admit;

import dev.weir.proxy.path.Priority;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Estimated work that waits, by tier and size. Thread-safe, lock-free; sums are read while others
 * write, so they may miss calls of the same moment.
 */
final class Backlog {

  private static final int TIERS = Priority.values().length;

  private final AtomicLongArray nanos = new AtomicLongArray(TIERS * Sizes.COUNT);
  private final AtomicLongArray totals = new AtomicLongArray(TIERS);
  private final AtomicLong total = new AtomicLong();

  void add(int tier, int size, long costNanos) {
    nanos.getAndAdd(tier * Sizes.COUNT + size, costNanos);
    totals.getAndAdd(tier, costNanos);
    total.getAndAdd(costNanos);
  }

  /** Everything that waits, in nanoseconds. */
  long nanos() {
    return total.get();
  }

  /** What waits in higher tiers. */
  long above(int tier) {
    long sum = 0;
    for (int higher = 0; higher < tier; higher++) {
      sum += totals.get(higher);
    }
    return sum;
  }

  /** What waits in a tier from one size to another, both included. */
  long between(int tier, int least, int most) {
    long sum = 0;
    if (totals.get(tier) == 0) {
      return 0;
    }
    for (int size = least; size <= most; size++) {
      sum += nanos.get(tier * Sizes.COUNT + size);
    }
    return sum;
  }

  long of(int tier) {
    return totals.get(tier);
  }

  long of(int tier, int size) {
    return nanos.get(tier * Sizes.COUNT + size);
  }
}
