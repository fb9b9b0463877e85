package dev.weir.proxy.path;

/** The circuit breaker as an operator sees it. Thread-safe. */
public interface BreakerSwitch {

  Position position();

  /** Puts the breaker there; {@link Position#CLOSED} also ends a forced opening. */
  void force(Position position);

  /** Positions of the breaker. */
  enum Position {
    /** Calls pass. */
    CLOSED,
    /** Calls are refused until the wait is over. */
    OPEN,
    /** A few calls pass to find out whether the engine is well again. */
    HALF_OPEN,
    /** Calls are refused until an operator closes it. */
    FORCED_OPEN
  }
}
