package dev.weir.proxy.admit.limit;

/**
 * Processors that are shared by all calls in flight, with always enough calls: the window that such
 * a machine shows at a limit, by arithmetic.
 */
record Machine(int processors, long serviceNanos, long windowNanos) {

  static final long MILLI = 1_000_000;

  static Machine of(int processors) {
    return new Machine(processors, 10 * MILLI, 1_000 * MILLI);
  }

  /** All calls cost the same. */
  Window at(double limit) {
    return at(limit, 1, processors);
  }

  /**
   * @param shortest cost of the shortest call over the mean cost
   * @param useful most calls in flight that add to throughput; above the number of processors for
   *     work that also waits
   */
  Window at(double limit, double shortest, double useful) {
    int inFlight = (int) limit;
    double workRate = Math.min(inFlight, useful);
    double stretch = inFlight / workRate;
    long meanNanos = (long) (serviceNanos * stretch);
    long samples = (long) (workRate * windowNanos / serviceNanos);
    return new Window(
        windowNanos,
        samples,
        0,
        (long) (meanNanos * shortest),
        meanNanos,
        meanNanos,
        meanNanos,
        meanNanos,
        inFlight,
        inFlight,
        samples * serviceNanos);
  }

  /** The limit after so many windows of sustained overload. */
  double settle(LimitPolicy policy, double from, int windows, double shortest) {
    double limit = from;
    for (int i = 0; i < windows; i++) {
      limit = policy.next(limit, at(limit, shortest, processors));
    }
    return limit;
  }
}
