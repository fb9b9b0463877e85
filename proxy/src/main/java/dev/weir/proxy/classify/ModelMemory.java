package dev.weir.proxy.classify;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Remembers which custom models were computed lately: the engine has compiled those and keeps them,
 * while a new one costs it milliseconds. Thread-safe, lock-free, of fixed size; of two models that
 * share a slot the later one is remembered, and races lose no more than that.
 */
final class ModelMemory {

  /** About as many as GraphHopper keeps; a power of two. */
  static final int SLOTS = 1_024;

  /** The values of {@link #state}. */
  static final int NONE = 0;

  static final int SEEN = 1;
  static final int NEW = 2;
  static final int STATES = 3;

  // A model that is asked for is announced, and counts as seen only when a call with it was
  // computed: a refused one compiles nothing.
  private final AtomicLongArray announced = new AtomicLongArray(SLOTS);
  private final AtomicLongArray seen = new AtomicLongArray(SLOTS);

  static int slot(long hash) {
    return (int) (hash ^ (hash >>> 32)) & (SLOTS - 1);
  }

  /**
   * @param hash 0 for no model
   */
  int state(long hash) {
    if (hash == 0) {
      return NONE;
    }
    int slot = slot(hash);
    if (seen.getOpaque(slot) == hash) {
      return SEEN;
    }
    announced.setOpaque(slot, hash);
    return NEW;
  }

  /** A call with the model that was last announced there was computed. */
  void computed(int slot) {
    seen.setOpaque(slot, announced.getOpaque(slot));
  }
}
