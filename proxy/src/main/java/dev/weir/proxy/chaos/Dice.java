package dev.weir.proxy.chaos;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** The same throws in the same order for the same seed, whoever throws. Thread-safe. */
final class Dice {

  private final long seed;
  private final AtomicLong thrown = new AtomicLong();

  Dice(long seed) {
    this.seed = seed;
  }

  /** The next throw. */
  SplittableRandom next() {
    return new SplittableRandom(seed + thrown.getAndIncrement() * 0x9E37_79B9_7F4A_7C15L);
  }

  /** Whether the next throw is among so large a part of all. */
  boolean hits(double part) {
    return next().nextDouble() < part;
  }
}
