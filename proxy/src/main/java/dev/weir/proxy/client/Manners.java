package dev.weir.proxy.client;

import dev.weir.proxy.client.CallSettings.Priority;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What all calls to one server share. Thread-safe. */
final class Manners {

  /** What a call that was not sent ends with. */
  static final Status THROTTLED =
      Status.UNAVAILABLE.withDescription(
          "not sent: the server refused most of the calls of the last two minutes");

  private final LongSupplier clockNanos;
  private final InstantSource clock;
  private final DoubleSupplier random;
  private final Timer timer;
  private final RetryBudget budget = new RetryBudget();
  private final ConcurrentMap<String, AdaptiveThrottle> throttles = new ConcurrentHashMap<>();

  Manners(LongSupplier clockNanos, InstantSource clock, DoubleSupplier random, Timer timer) {
    this.clockNanos = clockNanos;
    this.clock = clock;
    this.random = random;
    this.timer = timer;
  }

  /** Each priority has its own: that the server refuses one says little of the others. */
  AdaptiveThrottle throttle(@Nullable Priority priority) {
    return throttles.computeIfAbsent(
        String.valueOf(priority), _ -> new AdaptiveThrottle(clockNanos, random));
  }

  RetryBudget budget() {
    return budget;
  }

  InstantSource clock() {
    return clock;
  }

  DoubleSupplier random() {
    return random;
  }

  Timer timer() {
    return timer;
  }

  /**
   * What the caller gave up on, by itself or by deadline, says nothing of the server; but a server
   * in whose queue the deadline passed has too much to do.
   */
  static void settle(AdaptiveThrottle throttle, Status status, Metadata trailers) {
    switch (status.getCode()) {
      case CANCELLED -> {}
      case DEADLINE_EXCEEDED -> {
        if (Details.expiredInQueue(trailers)) {
          throttle.settled(false);
        }
      }
      default -> throttle.settled(!RetryTime.isRefusal(status));
    }
  }
}
