package dev.weir.proxy.path;

import dev.weir.routing.RequestKind;
import org.jspecify.annotations.Nullable;

/** Step 5: who gets in. Thread-safe; never blocks. */
public interface Gate {

  /** What {@link #admit} would refuse for whatever the call's content; reserves nothing. */
  @Nullable Refusal screen(RequestKind kind, String tenant, long remainingNanos);

  /** Lets the call in and counts it, or refuses it. */
  Admission admit(Profile profile);

  /** The verdict on one call. */
  sealed interface Admission {

    record Admitted(Permit permit) implements Admission {}

    record Refused(Refusal refusal) implements Admission {}
  }

  /** The right of one call to be in the house; given back exactly once. Thread-safe. */
  interface Permit {

    /** The call has reached a worker and waits no longer; at most once, before {@link #settle}. */
    void started();

    /** Gives the permit back; only the first call counts. */
    void settle(Ending ending);
  }

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
