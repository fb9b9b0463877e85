package dev.weir.benchmarks.sim;

import dev.weir.proxy.path.Deadline;
import dev.weir.proxy.path.Estimate;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.Profile;
import dev.weir.routing.RequestKind;
import org.jspecify.annotations.Nullable;

/** One call in virtual time. What it really costs is known to the machine alone. */
public final class Job {

  /** Where it is, or how it ended. */
  public enum State {
    /** Offered to the contestant and not started or refused: it waits. */
    WAITING,
    RUNNING,
    /** Computed before its deadline. */
    GOOD,
    /** Computed, but nobody waited any more. */
    LATE,
    /** Taken off the machine before it was done. */
    STOPPED,
    /** Not computed. */
    REFUSED
  }

  final long costNanos;
  final int sizeClass;
  final int tenant;
  final int tier;
  State state = State.WAITING;
  long startedNanos;

  /** Service received by any job that runs all the time, when this one is done. */
  double doneAt;

  /** Where the machine keeps it while it runs. */
  int heapIndex = -1;

  private final long number;
  private final long arrivedNanos;
  private final long deadlineNanos;
  private final Identity identity;
  private final RequestKind kind;
  private final int cohort;
  private final long meanNanos;
  private final long highNanos;
  private @Nullable Profile profile;
  private @Nullable Object note;

  Job(Draft draft) {
    this.number = draft.number;
    this.arrivedNanos = draft.arrivedNanos;
    this.deadlineNanos = draft.deadlineNanos;
    this.costNanos = draft.costNanos;
    this.meanNanos = draft.meanNanos;
    this.highNanos = draft.highNanos;
    this.sizeClass = draft.sizeClass;
    this.tenant = draft.tenant;
    this.tier = draft.tier;
    this.identity = draft.identity;
    this.kind = draft.kind;
    this.cohort = draft.cohort;
  }

  /** What the source fills in; one is used for all. */
  static final class Draft {
    long number;
    long arrivedNanos;
    long deadlineNanos;
    long costNanos;
    long meanNanos;
    long highNanos;
    int sizeClass;
    int tenant;
    int tier;
    int cohort;
    RequestKind kind = RequestKind.ROUTE;
    Identity identity = Identity.of("");
  }

  /** 0 for the first that arrived, and so on. */
  public long number() {
    return number;
  }

  public State state() {
    return state;
  }

  public long arrivedNanos() {
    return arrivedNanos;
  }

  public long deadlineNanos() {
    return deadlineNanos;
  }

  public Identity identity() {
    return identity;
  }

  /** Index of its priority, 0 for the highest. */
  public int tier() {
    return tier;
  }

  /** 0 to 127: of its rider. */
  public int cohort() {
    return cohort;
  }

  /** Expected cost; wrong, as estimates are. */
  public long estimateNanos() {
    return meanNanos;
  }

  /** When it was started; of no meaning before. */
  public long startedNanos() {
    return startedNanos;
  }

  /** Whether its caller has left. */
  public boolean gone(long nowNanos) {
    return nowNanos - deadlineNanos >= 0;
  }

  /** What gate and queue may know of it. */
  public Profile profile() {
    if (profile == null) {
      profile =
          new Profile(
              kind,
              identity,
              cohort,
              new Deadline(deadlineNanos),
              new Estimate(sizeClass, meanNanos, highNanos));
    }
    return profile;
  }

  /** What the contestant has noted on it, {@code null} if nothing. */
  public @Nullable Object note() {
    return note;
  }

  /** For the contestant: its place in the gate, say. */
  public void note(Object object) {
    note = object;
  }
}
