package dev.weir.proxy.chaos;

import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.StopSignal;

/** A fault around every computation. {@link #around} is called by many workers at a time. */
interface EngineFault extends Fault {

  /** Does what is around the engine: another fault, or the engine itself. */
  @FunctionalInterface
  interface Inner {
    RouteOutcome compute(RouteQuery query, StopSignal stop);
  }

  /** Computes, with the fault if it is on. */
  RouteOutcome around(RouteQuery query, StopSignal stop, Inner inner);
}
