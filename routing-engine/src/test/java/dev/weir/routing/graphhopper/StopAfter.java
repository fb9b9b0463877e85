package dev.weir.routing.graphhopper;

import dev.weir.routing.StopSignal;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Stops a computation at the n-th look at the signal; counts the looks. */
final class StopAfter implements StopSignal {

  private final Cause cause;
  private final int looks;
  private final AtomicInteger seen = new AtomicInteger();

  StopAfter(Cause cause, int looks) {
    this.cause = cause;
    this.looks = looks;
  }

  @Override
  public @Nullable Cause cause() {
    return seen.incrementAndGet() >= looks ? cause : null;
  }

  @Override
  public long remainingNanos() {
    return seen.get() >= looks ? 0 : Long.MAX_VALUE;
  }

  int looked() {
    return seen.get();
  }
}
