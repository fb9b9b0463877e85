package dev.weir.proxy.admit;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntPredicate;

/**
 * Which places of a large array are worth a look: a bit for each, so that the others cost a 64th.
 * Thread-safe, lock-free: any thread adds, one looks and takes out.
 *
 * <p>Who writes to a place does so before adding it, and who takes it out looks at it again after
 * that; so one of the two sees the other.
 */
final class UsedPlaces {

  private final AtomicLongArray bits;

  /**
   * @param places a multiple of 64
   */
  UsedPlaces(int places) {
    bits = new AtomicLongArray(places / Long.SIZE);
  }

  void add(int place) {
    int word = place / Long.SIZE;
    long bit = 1L << place;
    long seen = bits.get(word);
    while ((seen & bit) == 0 && !bits.compareAndSet(word, seen, seen | bit)) {
      seen = bits.get(word);
    }
  }

  /**
   * Takes out a place that is used no more.
   *
   * @param used whether somebody has written to it meanwhile
   */
  void remove(int place, IntPredicate used) {
    bits.getAndAccumulate(place / Long.SIZE, 1L << place, (all, bit) -> all & ~bit);
    if (used.test(place)) {
      add(place);
    }
  }

  /** The first used place from that one on; the number of places if there is none. */
  int next(int from) {
    int word = from / Long.SIZE;
    long left = word < bits.length() ? bits.get(word) & (-1L << from) : 0;
    while (left == 0 && ++word < bits.length()) {
      left = bits.get(word);
    }
    return left == 0
        ? bits.length() * Long.SIZE
        : word * Long.SIZE + Long.numberOfTrailingZeros(left);
  }
}
