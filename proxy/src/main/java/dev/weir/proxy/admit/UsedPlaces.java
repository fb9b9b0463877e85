package dev.weir.proxy.admit;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntConsumer;
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

  /**
   * Visits the used places of a stretch in their order.
   *
   * @param from a multiple of 64, as {@code until}
   */
  void forEach(int from, int until, IntConsumer visitor) {
    for (int word = from / Long.SIZE; word < until / Long.SIZE; word++) {
      for (long left = bits.get(word); left != 0; left &= left - 1) {
        visitor.accept(word * Long.SIZE + Long.numberOfTrailingZeros(left));
      }
    }
  }
}
