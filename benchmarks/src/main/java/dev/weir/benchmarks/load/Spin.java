package dev.weir.benchmarks.load;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;

/**
 * Keeps an event loop from sleeping, and counts the time in which it has work: what lies between a
 * look that found something to do and the next look. A task may also become due right after a look
 * that found nothing; it shows by the time until the next one. So does a loop that the system took
 * off its processor, which then is rightly called busy: it could not have sent anything. Used by
 * the loop's thread.
 */
final class Spin implements SelectStrategy {
  /** A turn of the loop without any work takes about a fifth of this. */
  private static final long IDLE_TURN_NANOS = 5_000;

  private long workNanos;
  private long lookedAtNanos = System.nanoTime();
  private boolean working;

  @Override
  public int calculateStrategy(IntSupplier poll, boolean hasTasks) throws Exception {
    long turnNanos = System.nanoTime() - lookedAtNanos;
    if (working || turnNanos > IDLE_TURN_NANOS) {
      workNanos += turnNanos;
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
