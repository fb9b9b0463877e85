package dev.weir.benchmarks.load;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;

/**
 * Keeps an event loop from sleeping, and counts the time in which it has work: what lies between a
 * look that found something to do and the next look. Used by the loop's thread.
 */
final class Spin implements SelectStrategy {
  private long workNanos;
  private long lookedAtNanos;
  private boolean working;

  @Override
  public int calculateStrategy(IntSupplier poll, boolean hasTasks) throws Exception {
    if (working) {
      workNanos += System.nanoTime() - lookedAtNanos;
    }
    int ready = poll.get();
    working = hasTasks || ready > 0;
    lookedAtNanos = System.nanoTime();
    return ready;
  }

  long workNanos() {
    return workNanos;
  }
}
