package dev.weir.proxy.path;

import org.jspecify.annotations.Nullable;

/** Step 5: who gets in. Thread-safe; never blocks. */
public interface Gate {

  /** What {@link #admit} would refuse however cheap the call is; reserves nothing. */
  @Nullable Refusal screen(Identity identity, long remainingNanos);

  /**
   * Lets the call in and counts it, or refuses it. Whoever is let in is {@link #settle}d once.
   *
   * @param place nowhere yet
   * @return {@code null} if it is in
   */
  @Nullable Refusal admit(Place place);

  /**
   * A call is refused for good: neither what it asked for was let in nor less of it. Changes
   * nothing; a gate that has listeners may tell them.
   */
  default void turnedAway(Profile asked, Refusal.Reason reason) {}

  /** The call has reached a worker and waits no longer; only the first call counts. */
  void started(Place place);

  /** The call has left; only the first call counts. */
  void settle(Place place, Ending ending);

  /**
   * How long the computation of a call may take while {@link #othersWait}, on the machine as it is
   * now.
   */
  long budgetNanos(Profile profile);

  /** Whether somebody waits for whom a call that is over its budget is to be stopped. */
  boolean othersWait(Profile profile);

  /** How an admitted call ended. */
  enum Ending {
    /** Computed to its end. */
    SERVED,
    /** Given up for want of time: a sign of load. */
    DROPPED,
    /** Ended for a reason that says nothing about load: the caller left, or the query was wrong. */
    IGNORED
  }
}
