package dev.weir.proxy.transport;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;

/**
 * Numbers that spread evenly, any few successive ones as well as many: multiples of the golden
 * ratio, taken modulo one. Dice would clump. Thread-safe.
 */
public final class Spread implements IntUnaryOperator {

  /** 2³² divided by the golden ratio, made odd: Knuth, The Art of Computer Programming 3, 6.4. */
  private static final int GOLDEN = 0x9E3779B9;

  private final AtomicInteger state;

  public Spread(int seed) {
    state = new AtomicInteger(seed);
  }

  @Override
  public int applyAsInt(int bound) {
    long fraction = Integer.toUnsignedLong(state.getAndAdd(GOLDEN));
    return (int) ((fraction * bound) >>> Integer.SIZE);
  }
}
