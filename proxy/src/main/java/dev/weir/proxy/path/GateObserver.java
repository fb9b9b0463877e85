package dev.weir.proxy.path;

import dev.weir.routing.RequestKind;
import org.jspecify.annotations.Nullable;

/** Hears why a gate decides as it does. Thread-safe; called on event loops. */
public interface GateObserver {

  /** A rule that is only tried out would have refused a call. */
  void wouldHaveRefused(RequestKind kind, Refusal.Reason reason);

  /**
   * One decision in a thousand or so, with what led to it.
   *
   * @param reason {@code null} if the call was let in
   * @param waitNanos what it was expected to wait
   * @param part of what its tenant asks for that was to be let in; 1 if there was room for all
   */
  void sampled(Profile profile, Refusal.@Nullable Reason reason, long waitNanos, double part);

  /**
   * A call was refused by the gate, with what led to it; of many at a time only a few are told.
   *
   * @param asked what was refused: what the call asked for
   * @param waitNanos as above
   * @param part as above
   */
  default void turnedAway(Profile asked, Refusal.Reason reason, long waitNanos, double part) {}

  /** Hears nothing. */
  GateObserver DEAF =
      new GateObserver() {
        @Override
        public void wouldHaveRefused(RequestKind kind, Refusal.Reason reason) {}

        @Override
        public void sampled(
            Profile profile, Refusal.@Nullable Reason reason, long waitNanos, double part) {}
      };
}
