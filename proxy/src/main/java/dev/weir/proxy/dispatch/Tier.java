package dev.weir.proxy.dispatch;

import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The waiting calls of one priority. Small ones go before large ones, but where both wait, large
 * ones get their reserve of the processor time: whichever lane has had less for its part is next
 * (stride scheduling [1]). Not thread-safe.
 *
 * <p>[1] C. Waldspurger and W. Weihl, "Stride Scheduling: Deterministic Proportional-Share Resource
 * Management", MIT LCS TM-528, 1995.
 */
final class Tier {

  private final Lane small = new Lane();
  private final Lane large = new Lane();
  private double smallPass;
  private double largePass;

  void add(Waiting waiting) {
    Lane lane = lane(waiting.large());
    if (lane.size() == 0) {
      catchUp(waiting.large());
    }
    lane.add(waiting);
  }

  /** A lane that had nothing to do has saved nothing up. */
  private void catchUp(boolean ofLarge) {
    if (ofLarge) {
      largePass = Math.max(largePass, smallPass);
    } else {
      smallPass = Math.max(smallPass, largePass);
    }
  }

  private Lane lane(boolean ofLarge) {
    return ofLarge ? large : small;
  }

  /**
   * Takes out the call that is next.
   *
   * @param mayRun whether there is a permit for a small call, or a large one; takes it if so
   */
  @Nullable Waiting poll(double largeReserve, Predicate<Waiting> mayRun) {
    boolean largeFirst = small.size() == 0 || (large.size() > 0 && largePass < smallPass);
    Waiting taken = poll(largeFirst, largeReserve, mayRun);
    return taken != null ? taken : poll(!largeFirst, largeReserve, mayRun);
  }

  private @Nullable Waiting poll(boolean ofLarge, double largeReserve, Predicate<Waiting> mayRun) {
    Lane lane = lane(ofLarge);
    Waiting first = lane.peek();
    if (first == null || !mayRun.test(first)) {
      return null;
    }
    if (ofLarge) {
      largePass += first.costNanos() / Math.max(largeReserve, 0.01);
    } else {
      smallPass += first.costNanos() / Math.max(1 - largeReserve, 0.01);
    }
    return lane.poll();
  }

  void removeIf(Predicate<Waiting> test, Consumer<Waiting> removed) {
    small.removeIf(test, removed);
    large.removeIf(test, removed);
  }

  int size() {
    return small.size() + large.size();
  }

  boolean smallWaits() {
    return small.size() > 0;
  }
}
