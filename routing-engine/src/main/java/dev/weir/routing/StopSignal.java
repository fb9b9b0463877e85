package dev.weir.routing;

import org.jspecify.annotations.Nullable;

/**
 * Tells a computation that its result is of no use any more. Polled from inside the search on the
 * worker's thread, set from any other; once {@link #cause} is not {@code null} it stays so.
 */
public interface StopSignal {

  /** Why work should stop, or {@code null} to go on. Cheap enough for every hundredth edge. */
  @Nullable Cause cause();

  /** Nanoseconds until the deadline; zero or negative once it has passed. */
  long remainingNanos();

  /** Reasons to stop. */
  enum Cause {
    DEADLINE_PASSED,
    CALLER_GONE,
    /** It costs far more than expected while others wait. */
    OVER_BUDGET,
    SHUTTING_DOWN
  }

  /** Never stops. */
  StopSignal NEVER =
      new StopSignal() {
        @Override
        public @Nullable Cause cause() {
          return null;
        }

        @Override
        public long remainingNanos() {
          return Long.MAX_VALUE;
        }
      };
}
