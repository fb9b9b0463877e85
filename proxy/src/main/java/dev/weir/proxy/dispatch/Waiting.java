package dev.weir.proxy.dispatch;

import dev.weir.proxy.path.Dispatcher.Task;
import dev.weir.proxy.path.Profile;
import org.jspecify.annotations.Nullable;

/** A call that waits for a worker. Immutable but for what inbox and line note on it. */
final class Waiting extends Heap.Node {

  /**
   * How much later a call may arrive and still go first, per unit by which it is cheaper. Ten lets
   * a route of a millisecond pass an isochrone of a hundred for a second and no longer: that is the
   * ageing. Large ones age faster, since their lane is as full as it may be for as long as more is
   * asked for than there is: whoever always lets others pass there is not served at all.
   */
  private static final int HEAD_START = 10;

  private static final int LARGE_HEAD_START = 2;

  private final Task task;
  private final Permits.Share share;
  private final long arrivedNanos;
  private final long rankNanos;
  private long mayWaitUntilNanos;

  /** The call that was put into the inbox before this one. */
  @Nullable Waiting earlier;

  /**
   * @param share of which permits it is going to take one
   */
  Waiting(Task task, Permits.Share share, long nowNanos) {
    this.task = task;
    this.share = share;
    this.arrivedNanos = nowNanos;
    int headStart = share.large() ? LARGE_HEAD_START : HEAD_START;
    this.rankNanos = nowNanos + headStart * task.profile().estimate().meanNanos();
  }

  Task task() {
    return task;
  }

  Profile profile() {
    return task.profile();
  }

  Permits.Share share() {
    return share;
  }

  boolean large() {
    return share.large();
  }

  long arrivedNanos() {
    return arrivedNanos;
  }

  /** How long its line lets it wait. */
  void mayWaitUntil(long nanos) {
    mayWaitUntilNanos = nanos;
  }

  long mayWaitUntilNanos() {
    return mayWaitUntilNanos;
  }

  /** Whether nobody waits for it, or it would be too late after so long. */
  boolean useless(long nowNanos, long needNanos) {
    long remainingNanos = task.deadline().remainingNanos(nowNanos);
    return task.abandoned() || remainingNanos <= 0 || remainingNanos < needNanos;
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
