package dev.weir.proxy.client;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Adaptive throttling on the side of the client [1]: a server that refuses most calls still spends
 * time on each, so the client refuses some of them by itself. Over the last two minutes it counts
 * requests and how many of them were accepted, and refuses with the probability max(0, (requests -
 * K accepts) / (requests + 8)), K being 2. Those it refused itself are requests, too. Thread-safe.
 *
 * <p>[1] Site Reliability Engineering, O'Reilly 2016, chapter 21, "Handling Overload".
 */
final class AdaptiveThrottle {

  private static final int K = 2;

  /**
   * Stands in the formula where the book has 1: a client that asks seldom would otherwise fall
   * silent after its first refusal. The value of gRPC's own adaptive throttler, that of route
   * look-ups.
   */
  private static final int PADDING = 8;

  private static final int SLOTS = 24;
  private static final long SLOT_NANOS = TimeUnit.SECONDS.toNanos(120) / SLOTS;

  private final LongSupplier clockNanos;
  private final DoubleSupplier random;
  private final long startNanos;
  private final long[] requests = new long[SLOTS];
  private final long[] accepts = new long[SLOTS];
  private long newest;

  /**
   * @param clockNanos never goes back; from any start
   * @param random from 0 to below 1; thread-safe
   */
  AdaptiveThrottle(LongSupplier clockNanos, DoubleSupplier random) {
    this.clockNanos = clockNanos;
    this.random = random;
    this.startNanos = clockNanos.getAsLong();
  }

  /** How likely the next call is refused here, 0 to below 1. */
  synchronized double probability() {
    forget();
    long asked = Arrays.stream(requests).sum();
    long accepted = Arrays.stream(accepts).sum();
    return Math.max(0, (asked - (double) K * accepted) / (asked + PADDING));
  }

  /** Whether the next call is refused here. If so, it is counted already. */
  synchronized boolean refuses() {
    boolean refused = random.getAsDouble() < probability();
    if (refused) {
      requests[slot()]++;
    }
    return refused;
  }

  /** A call came back from the server. */
  synchronized void settled(boolean accepted) {
    forget();
    requests[slot()]++;
    if (accepted) {
      accepts[slot()]++;
    }
  }

  private int slot() {
    return (int) (newest % SLOTS);
  }

  /** Empties the slots that the time has passed since the last look. */
  private void forget() {
    long now = (clockNanos.getAsLong() - startNanos) / SLOT_NANOS;
    if (now - newest >= SLOTS) {
      Arrays.fill(requests, 0);
      Arrays.fill(accepts, 0);
      newest = now;
    }
    while (newest < now) {
      newest++;
      requests[slot()] = 0;
      accepts[slot()] = 0;
    }
  }
}
