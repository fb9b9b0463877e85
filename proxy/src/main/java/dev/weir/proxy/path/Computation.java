package dev.weir.proxy.path;

import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.StopSignal;

/** Step 8, and the guards of step 7 around it. Called on workers. */
@FunctionalInterface
public interface Computation {

  /**
   * @throws Refused if a guard lets nothing through
   * @throws RuntimeException for a fault of the engine
   */
  RouteOutcome compute(RouteQuery query, StopSignal stop) throws Refused;

  /** A computation that is under way is not waited for any more: it neither ends nor listens. */
  default void lost() {}

  /** A guard's no. */
  final class Refused extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Refusal refusal;

    public Refused(Refusal refusal) {
      super(refusal.reason().code(), null, false, false);
      this.refusal = refusal;
    }

    public Refusal refusal() {
      return refusal;
    }
  }
}
