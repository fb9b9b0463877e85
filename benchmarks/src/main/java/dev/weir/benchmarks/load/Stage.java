package dev.weir.benchmarks.load;

import java.time.Duration;

/**
 * A time of constant offered load.
 *
 * @param perSecond mean rate of the Poisson arrivals
 * @param leadIn offered at the same rate but not counted: what an empty queue answers in its first
 *     moments says nothing about the rate
 * @param counted arrivals due in this time, after the lead-in, are counted
 * @param objective an answer later than this after it was due is not good
 * @param grace how long to wait after the last arrival before the rest counts as unanswered
 * @param seed of the arrivals
 */
record Stage(
    double perSecond,
    Duration leadIn,
    Duration counted,
    Duration objective,
    Duration grace,
    long seed) {

  Stage {
    if (!(perSecond > 0) || counted.isZero() || counted.isNegative() || leadIn.isNegative()) {
      throw new IllegalArgumentException("a stage needs a rate and a length");
    }
  }

  /** Total time in which requests are sent. */
  Duration length() {
    return leadIn.plus(counted);
  }
}
