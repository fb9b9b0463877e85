package dev.weir.proxy.path;

/** What calls cost, learned from calls that were computed. Thread-safe; costs nanoseconds. */
public interface CostModel {

  /** Expected time on one processor. */
  Estimate estimate(Traits traits);

  /**
   * A call was computed to its end.
   *
   * @param estimate what this model had said of it
   * @param busyNanos time on its worker
   * @param visitedNodes as the engine counted them, 0 if it does not
   */
  void learn(Estimate estimate, long busyNanos, long visitedNodes);

  /**
   * A call was stopped before its end: it would have cost at least this much. News only if that is
   * more than expected.
   */
  void learnAtLeast(Estimate estimate, long busyNanos);
}
