package dev.weir.proxy.admit;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When the running calls are expected to end. Thread-safe, lock-free; a look at it costs the same
 * however many run.
 */
/*
 * What is expected of all running calls of a class together is the sum of their expected ends less
 * their number times now, as long as none of them runs longer than expected. So sum and number are
 * kept in one word, changed in one step, and a call that exceeds its estimate is taken out of them:
 * by whoever looks first a millisecond after the earliest of the expected ends. Until then it takes
 * from what is expected of others by how late it is, so a millisecond at most. That look costs in
 * proportion to the number of calls that run.
 *
 * Ends are kept in steps of 16 ns. The sum is in the upper 52 bits of the word and wraps around, as
 * differences to it do: right as long as all calls together are expected to take less than 26 days.
 *
 * Slots are taken lowest first, by a bit for each.
 */
final class Runs {

  /** Classes of running calls; kept in the lowest bits of the expected end. */
  static final int SMALL = 1;

  static final int LARGE = 2;
  static final int CRITICAL = 3;

  private static final int CLASSES = 4;
  private static final long CLASS = 3;

  /** In the expected end of a call that has exceeded its estimate. */
  private static final long OVERDUE = 4;

  /** Steps of expected ends. */
  private static final long STEP = 16;

  /** From the place of an end to that in the word of its class. */
  private static final int SHIFT = 12;

  private static final int COUNT_BITS = 16;
  private static final long NUMBER = (1L << COUNT_BITS) - 1;

  private static final long LEAST_NANOS = 100_000_000;

  /** Overdue calls are looked for no more often than this. */
  private static final long LOOK_NANOS = 1_000_000;

  /** A time that nothing is expected to last. */
  private static final long NEVER_NANOS = Long.MAX_VALUE / 4;

  /** By slot; 0 while the slot is free or somebody is about to use it. */
  private final AtomicLongArray ends;

  /** A bit for each slot that is taken. */
  private final AtomicLongArray taken;

  /** By class, the ends of calls that are not overdue, and the number of those. */
  private final AtomicLongArray due = new AtomicLongArray(CLASSES);

  /** Calls that run, sixteen bits for each class. */
  private final AtomicLong counts = new AtomicLong();

  /** No call is overdue that is not known to be before this. */
  private final AtomicLong earliest;

  private final long[] startedNanos;
  private final int[] beside;

  /**
   * @param most calls run at the same time
   */
  Runs(int most, long nowNanos) {
    taken = new AtomicLongArray((most + Long.SIZE - 1) / Long.SIZE);
    ends = new AtomicLongArray(most);
    startedNanos = new long[most];
    beside = new int[most];
    earliest = new AtomicLong(nowNanos + NEVER_NANOS);
  }

  /** Returns the slot; there is one for each thread. */
  int begin(int share, long nowNanos, long expectedNanos) {
    int slot = take();
    long end = (nowNanos + expectedNanos) & -STEP;
    startedNanos[slot] = nowNanos;
    beside[slot] = sum(counts.addAndGet(one(share)));
    due.getAndAdd(share, inWord(end));
    ends.setRelease(slot, end | share);
    expect(end);
    return slot;
  }

  private int take() {
    for (int word = 0; word < taken.length(); word++) {
      long seen = taken.get(word);
      int bit = Long.numberOfTrailingZeros(~seen);
      while (bit < Long.SIZE && word * Long.SIZE + bit < startedNanos.length) {
        if (taken.compareAndSet(word, seen, seen | (1L << bit))) {
          return word * Long.SIZE + bit;
        }
        seen = taken.get(word);
        bit = Long.numberOfTrailingZeros(~seen);
      }
    }
    throw new IllegalStateException("more calls run than there are threads for");
  }

  private static long one(int share) {
    return 1L << (share * COUNT_BITS);
  }

  private static int sum(long counts) {
    long sum = 0;
    for (long left = counts; left != 0; left >>>= COUNT_BITS) {
      sum += left & NUMBER;
    }
    return (int) sum;
  }

  private static long inWord(long end) {
    return ((end & -STEP) << SHIFT) + 1;
  }

  private void expect(long end) {
    long seen = earliest.get();
    while (end - seen < 0 && !earliest.compareAndSet(seen, end)) {
      seen = earliest.get();
    }
  }

  /** Calls that ran at the same time as this one, itself included: mean of its start and now. */
  double beside(int slot) {
    return (beside[slot] + count()) / 2.0;
  }

  /** Frees the slot and says how long the call ran. */
  long end(int slot, long nowNanos) {
    long ranNanos = nowNanos - startedNanos[slot];
    long end = ends.getAndSet(slot, 0);
    int share = (int) (end & CLASS);
    if ((end & OVERDUE) == 0) {
      due.getAndAdd(share, -inWord(end));
    }
    counts.getAndAdd(-one(share));
    taken.getAndAdd(slot / Long.SIZE, -(1L << slot));
    return ranNanos;
  }

  /** What is still expected of running calls of one class. */
  long residueNanos(int share, long nowNanos) {
    if (nowNanos - earliest.get() >= LOOK_NANOS) {
      findOverdue(nowNanos);
    }
    long seen = due.get(share);
    long number = seen & NUMBER;
    long sum = (seen - number) >>> SHIFT;
    return Math.max(0, (sum - number * nowNanos) << SHIFT >> SHIFT);
  }

  private void findOverdue(long nowNanos) {
    long next = nowNanos + NEVER_NANOS;
    for (int word = 0; word < taken.length(); word++) {
      for (long left = taken.get(word); left != 0; left &= left - 1) {
        int slot = word * Long.SIZE + Long.numberOfTrailingZeros(left);
        long end = ends.get(slot);
        if (end == 0 || (end & OVERDUE) != 0) {
          continue;
        }
        long atNanos = end & -STEP;
        if (atNanos - nowNanos > 0) {
          next = atNanos - next < 0 ? atNanos : next;
        } else if (ends.compareAndSet(slot, end, end | OVERDUE)) {
          due.getAndAdd((int) (end & CLASS), -inWord(end));
        }
      }
    }
    earliest.set(next);
  }

  int count(int share) {
    return (int) ((counts.get() >>> (share * COUNT_BITS)) & NUMBER);
  }

  int count() {
    return sum(counts.get());
  }

  /**
   * How many times its estimate the call has run that exceeds it most, of those that have run for
   * 100 ms at least: less may be a moment in which the system ran something else. And of those that
   * began after another one ended last: if others end beside it, it is that call that hangs and not
   * the machine. 0 if there is none. To be called now and then: a call that began during a look for
   * overdue ones may have been missed by it.
   *
   * @param awakeNanos since when this process has run without a pause: in a pause no call runs
   */
  double overrun(long nowNanos, long lastEndNanos, long awakeNanos) {
    findOverdue(nowNanos);
    double most = 0;
    for (int word = 0; word < taken.length(); word++) {
      for (long left = taken.get(word); left != 0; left &= left - 1) {
        int slot = word * Long.SIZE + Long.numberOfTrailingZeros(left);
        if (startedNanos[slot] - lastEndNanos >= 0) {
          most = Math.max(most, overrun(slot, nowNanos, awakeNanos));
        }
      }
    }
    return most;
  }

  private double overrun(int slot, long nowNanos, long awakeNanos) {
    long end = ends.get(slot);
    long startNanos = startedNanos[slot];
    long ranNanos = nowNanos - (awakeNanos - startNanos > 0 ? awakeNanos : startNanos);
    boolean tells = end != 0 && ranNanos >= LEAST_NANOS; if (tells && ranNanos / (double) Math.max(1, (end & -STEP) - startNanos) > 8) System.out.printf("   OVERRUN ran %.1f expected %.2f class %d count %d%n", ranNanos/1e6, ((end & -STEP) - startNanos)/1e6, end & CLASS, count());
    return tells ? ranNanos / (double) Math.max(1, (end & -STEP) - startNanos) : 0;
  }
}
