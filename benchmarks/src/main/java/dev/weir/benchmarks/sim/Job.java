package dev.weir.benchmarks.sim;

import dev.weir.proxy.path.Deadline;
import dev.weir.proxy.path.Estimate;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.Profile;
import dev.weir.routing.RequestKind;
import org.jspecify.annotations.Nullable;

/**
 * One call in virtual time. What it really costs is known to the machine alone. When it has ended
 * and the contestant was told so, or has refused it, it becomes another call: nobody may keep it.
 */
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

  private static final Identity NOBODY = Identity.of("");

  long costNanos;
  int sizeClass;
  int tenant;
  int tier;
  int cohort;
  long number;
  long arrivedNanos;
  long deadlineNanos;
  long meanNanos;
  long highNanos;
  RequestKind kind = RequestKind.ROUTE;
  Identity identity = NOBODY;
  State state = State.WAITING;
  long startedNanos;

  /** Where heaps keep it while it runs. */
  int completionPlace;

  int deadlinePlace;

  private @Nullable Profile profile;
  private @Nullable Object note;
  private long mark;

  /** Makes it as good as new; what was noted on it stays, to be used again. */
  void renew() {
    state = State.WAITING;
    profile = null;
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
              new Estimate(sizeClass, sizeClass, meanNanos, highNanos));
    }
    return profile;
  }

  /** What the contestant has noted on it or on the call that it was before, if anything. */
  public @Nullable Object note() {
    return note;
  }

  /** For the contestant: its place in the gate, say. */
  public void note(Object object) {
    note = object;
  }

  /** A number that the contestant has noted on it. */
  public long mark() {
    return mark;
  }

  /** For the contestant. */
  public void mark(long number) {
    mark = number;
  }
}
