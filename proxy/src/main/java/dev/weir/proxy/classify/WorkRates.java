package dev.weir.proxy.classify;

/**
 * Tells work from waiting: how long a visited node takes, per kind of work. A call that took much
 * longer than its nodes explain was held up by the machine, by a collection of garbage or because
 * its worker was not running, and says little about the next such call. Thread-safe, lock-free.
 */
final class WorkRates {

  /** Before so many samples nothing is cut off. */
  private static final int LEAST_SAMPLES = 16;

  private static final double DEVIATIONS = 3;

  /** Whatever the deviation: so much more is nothing special. */
  private static final double LEAST_FACTOR_LOG = Math.log(4);

  /** Looking up places and writing the answer, in nodes. */
  private static final double FIXED_NODES = 300;

  private final Moments nanosPerNode;

  WorkRates(int kinds) {
    nanosPerNode = new Moments(kinds);
  }

  Moments moments() {
    return nanosPerNode;
  }

  /**
   * Learns from a call.
   *
   * @return logarithm of the nanoseconds that were work
   */
  double learn(int kind, long busyNanos, long visitedNodes) {
    long known = nanosPerNode.word(kind);
    double nodes = Math.log(visitedNodes + FIXED_NODES);
    double rate = Math.log((double) Math.max(1, busyNanos)) - nodes;
    if (Moments.count(known) >= LEAST_SAMPLES) {
      double usual = DEVIATIONS * Math.sqrt(Moments.variance(known));
      rate = Math.min(rate, Moments.meanLog(known) + Math.max(usual, LEAST_FACTOR_LOG));
    }
    nanosPerNode.learn(kind, rate);
    return rate + nodes;
  }
}
