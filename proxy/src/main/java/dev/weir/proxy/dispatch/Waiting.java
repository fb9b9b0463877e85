package dev.weir.proxy.dispatch;

import dev.weir.proxy.path.Dispatcher.Task;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Profile;
import org.jspecify.annotations.Nullable;

/** A call that waits for a worker. Immutable but for the link that the inbox owns. */
final class Waiting extends Heap.Node {

  /**
   * How much later a call may arrive and still go first, per unit by which it is cheaper. Ten lets
   * a route of a millisecond pass an isochrone of a hundred for a second and no longer: that is the
   * ageing.
   */
  private static final int HEAD_START = 10;

  private final Task task;
  private final boolean large;
  private final long rankNanos;

  /** The call that was put into the inbox before this one. */
  @Nullable Waiting earlier;

  Waiting(Task task, boolean large, long nowNanos) {
    this.task = task;
    this.large = large;
    this.rankNanos = nowNanos + HEAD_START * task.profile().estimate().meanNanos();
  }

  Task task() {
    return task;
  }

  Profile profile() {
    return task.profile();
  }

  boolean large() {
    return large;
  }

  Priority priority() {
    return profile().priority();
  }

  String tenant() {
    return profile().identity().tenant();
  }

  double weight() {
    return profile().identity().weight();
  }

  long costNanos() {
    return profile().estimate().meanNanos();
  }

  /** Within a tenant: small before large, and nobody waits for ever. */
  boolean before(Waiting other) {
    return rankNanos - other.rankNanos < 0;
  }
}
