package dev.weir.routing.graphhopper;

import dev.weir.routing.StopSignal;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One computation's permission to go on: the caller's {@link StopSignal} and, if the query brought
 * a time limit of its own, that limit for the whole computation. Used by one thread.
 *
 * <p>It reaches the inside of GraphHopper's searches as a scoped value, read where routers are
 * made, because GraphHopper has no parameter to hand it through.
 */
final class StopTicket {

  /** The ticket of the computation that runs on this thread. */
  static final ScopedValue<StopTicket> CURRENT = ScopedValue.newInstance();

  /** GraphHopper's hint by which a query limits its own time. */
  static final String TIMEOUT_HINT = "timeout_ms";

  private final StopSignal signal;
  private final LongSupplier nanoTime;
  private final boolean limited;
  private final long limitAtNanos;

  /**
   * @param ownLimit value of {@link #TIMEOUT_HINT}; as in GraphHopper it counts only if it is a
   *     number
   */
  StopTicket(StopSignal signal, @Nullable Object ownLimit, LongSupplier nanoTime) {
    this.signal = signal;
    this.nanoTime = nanoTime;
    this.limited = ownLimit instanceof Number;
    long limitNanos =
        ownLimit instanceof Number millis
            // A century at most, so that the sum below cannot pass for a moment in the past.
            ? TimeUnit.MILLISECONDS.toNanos(Math.clamp(millis.longValue(), 0, 3_000_000_000_000L))
            : 0;
    this.limitAtNanos = limited ? nanoTime.getAsLong() + limitNanos : 0;
  }

  /** The ticket of the running computation, {@code null} if it need not be watched. */
  static @Nullable StopTicket current() {
    return CURRENT.isBound() && CURRENT.get().watched() ? CURRENT.get() : null;
  }

  /** Whether anything can stop this computation; if not, its searches run unwrapped. */
  private boolean watched() {
    return limited || !signal.equals(GraphHopperEngine.UNWATCHED);
  }

  /** Throws if the computation should end. Costs some ten nanoseconds. */
  void poll() {
    StopSignal.Cause cause = signal.cause();
    if (cause != null) {
      throw new StoppedSearch(cause);
    }
    if (limited && nanoTime.getAsLong() - limitAtNanos >= 0) {
      throw new StoppedSearch(StopSignal.Cause.DEADLINE_PASSED);
    }
  }
}
