package dev.weir.routing.graphhopper;

import dev.weir.routing.StopSignal;

/**
 * Unwinds a search whose result nobody needs any more. Thrown from the inside of GraphHopper's
 * loops, which catch nothing but {@link IllegalArgumentException}; one shared instance per cause,
 * without a stack trace, because a search may be stopped at any load.
 */
final class StoppedSearch extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final StopSignal.Cause reason;

  StoppedSearch(StopSignal.Cause reason) {
    super(reason.name(), null, false, false);
    this.reason = reason;
  }

  StopSignal.Cause reason() {
    return reason;
  }
}
