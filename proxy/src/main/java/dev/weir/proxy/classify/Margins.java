package dev.weir.proxy.classify;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * By how many deviations the high estimate lies above the typical cost, per kind of work, kept such
 * that one call in a hundred exceeds it. Thread-safe, lock-free.
 *
 * <p>A normal logarithm would have 2.33 of them, but costs have tails of their own: unreachable
 * targets, other parts of a map. Moving the margin up by much at each call above and down by little
 * at each below settles where the wished share is above, whatever the distribution is, and does so
 * again when it changes [1].
 *
 * <p>[1] Gibbs and Candès, Adaptive conformal inference under distribution shift, NeurIPS 2021.
 */
final class Margins {

  private static final double WISHED_ABOVE = 0.01;
  private static final double STEP = 0.2;
  private static final double NORMAL = 2.33;
  private static final double LEAST = 1;
  private static final double MOST = 8;

  /** Difference to the normal margin; so words of zero are the start. */
  private static final double SCALE = 1e6;

  private final AtomicLongArray words;

  Margins(int kinds) {
    words = new AtomicLongArray(kinds);
  }

  AtomicLongArray words() {
    return words;
  }

  double deviations(int kind) {
    return Math.clamp(NORMAL + words.getOpaque(kind) / SCALE, LEAST, MOST);
  }

  void learn(int kind, boolean above) {
    double step = STEP * (above ? 1 - WISHED_ABOVE : -WISHED_ABOVE);
    long next;
    long known;
    do {
      known = words.get(kind);
      next = Math.round((Math.clamp(NORMAL + known / SCALE + step, LEAST, MOST) - NORMAL) * SCALE);
    } while (!words.compareAndSet(kind, known, next));
  }
}
