package dev.weir.proxy.path;

import dev.weir.routing.RequestKind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hears how every call ended. Thread-safe; called on the thread that ended the call. */
public interface PathObserver extends GateObserver {

  /** Refused before any work was done; called on event loops, possibly 100,000 times a second. */
  void refused(RequestKind kind, Refusal.Reason reason);

  /**
   * The gate decided on a call; called on event loops.
   *
   * @param reason {@code null} if it was let in
   */
  void decided(Priority priority, Refusal.@Nullable Reason reason);

  /**
   * A call was admitted, and is about to wait for a worker; called on event loops.
   *
   * @return hears of its way; {@code null} if nobody cares
   */
  default @Nullable Passage admitted(Call call, Profile profile) {
    return null;
  }

  /**
   * An admitted call ended.
   *
   * @param trace what it is called
   * @param queueNanos from admission to worker, or to its end if it reached none
   * @param engineNanos time on a worker, 0 if it reached none
   * @param totalNanos from arrival to reply
   */
  void ended(
      RequestKind kind,
      Trace trace,
      Outcome outcome,
      long queueNanos,
      long engineNanos,
      long totalNanos);

  /**
   * A call was answered with less than it asked for.
   *
   * @param left what the answer does without
   */
  void degraded(RequestKind kind, Set<Step> left);

  /**
   * A call was computed to its end, so that one can tell how good its estimate was.
   *
   * @param busyNanos what it did cost
   */
  void estimated(RequestKind kind, Estimate estimate, long busyNanos);

  /**
   * A fault was caught; the log is to tell of it under the request's id.
   *
   * @param asker whose call it was
   */
  void failed(RequestKind kind, Trace trace, Identity asker, Throwable fault);

  /** Hears of the way of one admitted call. */
  interface Passage {

    /** It has reached a worker; called there. */
    void started();

    /** It has ended; called once, and without the former if it reached no worker. */
    void ended(Outcome outcome);
  }

  /** How an admitted call ended, in the words of the metrics. */
  enum Outcome {
    ROUTED,
    UNREACHABLE,
    INVALID,
    EXPIRED_IN_QUEUE,
    /** Taken out of the queue before its deadline, since there was no room for it after all. */
    SHED,
    TOO_LATE,
    /** Stopped because it cost far more than estimated while others waited. */
    OVER_BUDGET,
    /** The caller went away. */
    ABANDONED,
    /** The search neither ended nor listened; it was answered without, long after its deadline. */
    HUNG,
    REFUSED_BY_GUARD,
    /** There was room for less only, and the query turned out to allow no less. */
    IRREDUCIBLE,
    DRAINED,
    FAILED
  }
}
