package dev.weir.proxy.dispatch;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;

/**
 * The right to run, counted by class in one word, so that the bounds between the classes hold at
 * any moment. Thread-safe, lock-free.
 *
 * <p>A computing call cannot be put aside for another, but the system can divide processors between
 * threads. So critical calls may run beside whatever runs, up to twice the limit in all; among
 * themselves neither the large nor the small ones are more than the limit, for what they would gain
 * by sharing the processors with each other, all would lose. Other small ones always have the part
 * of the permits that is not reserved for large ones, and at least one.
 */
final class Permits {

  /** Classes of calls that are bounded apart. */
  enum Share {
    SMALL(0),
    LARGE(16),
    CRITICAL(32),
    LARGE_CRITICAL(48);

    private final int shift;

    Share(int shift) {
      this.shift = shift;
    }

    boolean large() {
      return this == LARGE || this == LARGE_CRITICAL;
    }

    boolean critical() {
      return this == CRITICAL || this == LARGE_CRITICAL;
    }

    private long one() {
      return 1L << shift;
    }

    private int in(long word) {
      return (int) (word >>> shift) & MASK;
    }
  }

  /** Sixteen bits each. */
  private static final int MASK = (1 << 16) - 1;

  private static final Share[] SHARES = Share.values();

  private final IntSupplier limit;
  private final DoubleSupplier largeReserve;
  private final AtomicLong word = new AtomicLong();

  /**
   * @param limit calls that may run at the same time, at least 1; may change
   * @param largeReserve part of them that small calls leave to large ones; may change
   */
  Permits(IntSupplier limit, DoubleSupplier largeReserve) {
    this.limit = limit;
    this.largeReserve = largeReserve;
  }

  boolean tryTake(Share share, boolean smallWaits) {
    long seen = word.get();
    while (allows(seen, share, smallWaits)) {
      if (word.compareAndSet(seen, seen + share.one())) {
        return true;
      }
      seen = word.get();
    }
    return false;
  }

  /** Whether a permit could be taken at this moment. */
  boolean available(Share share, boolean smallWaits) {
    return allows(word.get(), share, smallWaits);
  }

  private boolean allows(long seen, Share share, boolean smallWaits) {
    int most = limit.getAsInt();
    int small = Share.SMALL.in(seen);
    int large = Share.LARGE.in(seen);
    int smallCritical = Share.CRITICAL.in(seen);
    int largeCritical = Share.LARGE_CRITICAL.in(seen);
    int critical = smallCritical + largeCritical;
    int all = small + large + critical;
    int forLarge = Math.max(1, (int) Math.round(largeReserve.getAsDouble() * most));
    return switch (share) {
      case CRITICAL -> smallCritical < most && all < 2 * most;
      case LARGE_CRITICAL -> largeCritical < most && all < 2 * most;
      case SMALL -> small + critical < Math.max(1, most - Math.min(large, forLarge));
      case LARGE -> all < most && (large < forLarge || !smallWaits);
    };
  }

  void giveBack(Share share) {
    word.addAndGet(-share.one());
  }

  /** Calls that run. */
  int running() {
    long seen = word.get();
    int sum = 0;
    for (Share share : SHARES) {
      sum += share.in(seen);
    }
    return sum;
  }
}
