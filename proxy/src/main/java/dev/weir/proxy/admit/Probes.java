package dev.weir.proxy.admit;

import dev.weir.proxy.path.Place;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Calls that are let in although their estimates say that they cannot be done in time. What is
 * refused for its cost is not measured, so without them an estimate that a pause of the machine
 * spoiled would stand for good. One at a time, and for a thirtieth of the time of one processor.
 * Thread-safe, lock-free.
 */
final class Probes {

  /** Between two of them it takes so many times as long as the first one took. */
  private static final int PAUSES = 30;

  private final AtomicReference<@Nullable Place> current = new AtomicReference<>();
  private volatile long startedNanos;
  private volatile long mostNanos;
  private volatile long notBeforeNanos;

  Probes(long nowNanos) {
    notBeforeNanos = nowNanos;
  }

  /** Whether that call is one, from now on; none that is late. To be told of its end then. */
  boolean begins(Place place, long nowNanos) {
    long remainingNanos = place.profile().deadline().remainingNanos(nowNanos);
    boolean due = remainingNanos > 0 && nowNanos - notBeforeNanos >= 0;
    if (!due || !current.compareAndSet(null, place)) {
      return false;
    }
    mostNanos = remainingNanos;
    startedNanos = nowNanos;
    return true;
  }

  /**
   * A call has ended, this or another one. A probe costs no more than it had time for: what is
   * beyond that was a pause of the machine.
   */
  void ended(Place place, long nowNanos) {
    if (current.get() == place) {
      notBeforeNanos = nowNanos + PAUSES * Math.min(nowNanos - startedNanos, mostNanos);
      current.set(null);
    }
  }
}
