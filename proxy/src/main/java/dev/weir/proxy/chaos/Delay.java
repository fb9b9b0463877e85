package dev.weir.proxy.chaos;

import dev.weir.proxy.path.Ticker;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.StopSignal;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Lets time pass on the calling thread. Thread-safe. */
final class Delay {

  /** How a thread spends it. */
  enum How {
    /** Asleep, as if for a disk or a lock: the processor is free for others. */
    WAIT,
    /** Computing, as a search does. */
    BURN
  }

  /** A stopped search ends within milliseconds; so does a delayed one. */
  private static final long LOOK_NANOS = 1_000_000;

  private final Ticker ticker;
  private final LongConsumer park;

  /**
   * @param ticker a clock that does not jump
   * @param park puts the calling thread to sleep for so many nanoseconds at most
   */
  Delay(Ticker ticker, LongConsumer park) {
    this.ticker = ticker;
    this.park = park;
  }

  long nanos() {
    return ticker.nanos();
  }

  /**
   * Returns after so long, or as soon as the call is told to stop.
   *
   * @return how a stopped call ends; {@code null} if the time has passed
   */
  @Nullable RouteOutcome spend(long nanos, How how, StopSignal stop) {
    long untilNanos = ticker.nanos() + nanos;
    long leftNanos = nanos;
    while (leftNanos > 0) {
      StopSignal.Cause cause = stop.cause();
      if (cause != null) {
        return switch (cause) {
          case DEADLINE_PASSED -> new RouteOutcome.TooLate(0);
          case OVER_BUDGET -> new RouteOutcome.OverBudget(0);
          case CALLER_GONE, SHUTTING_DOWN -> new RouteOutcome.Cancelled(0);
        };
      }
      pass(Math.min(leftNanos, LOOK_NANOS), how);
      leftNanos = untilNanos - ticker.nanos();
    }
    return null;
  }

  /** Returns when the condition does not hold any more; listens to nothing else. */
  void whileHolds(BooleanSupplier condition, How how) {
    while (condition.getAsBoolean()) {
      pass(LOOK_NANOS, how);
    }
  }

  private void pass(long nanos, How how) {
    switch (how) {
      case WAIT -> park.accept(nanos);
      case BURN -> {
        long untilNanos = ticker.nanos() + nanos;
        while (untilNanos - ticker.nanos() > 0) {
          Thread.onSpinWait();
        }
      }
    }
  }
}
