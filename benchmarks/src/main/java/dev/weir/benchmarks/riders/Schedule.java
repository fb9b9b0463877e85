package dev.weir.benchmarks.riders;

import java.util.SplittableRandom;

/**
 * A Poisson process whose rate follows a {@link Shape}: independent riders, as many as the shape
 * says. Exact: the unit-rate process is mapped through the inverse of the integrated rate. The same
 * seed gives the same schedule. Used by one thread.
 */
final class Schedule {
  /** There is no further arrival. */
  static final long OVER = Long.MAX_VALUE;

  private static final double NANOS_PER_SECOND = 1e9;

  private final Shape shape;
  private final SplittableRandom random;
  private int leg;
  private long legBeganNanos;
  private double passed;

  Schedule(Shape shape, long seed) {
    this.shape = shape;
    this.random = new SplittableRandom(seed);
  }

  /** Time of the next arrival in nanoseconds since the start, or {@link #OVER}; never decreases. */
  long nextNanos() {
    passed -= Math.log(1.0 - random.nextDouble());
    while (leg < shape.legs().size()) {
      Shape.Leg now = shape.legs().get(leg);
      if (passed < now.expected()) {
        return legBeganNanos + (long) (NANOS_PER_SECOND * seconds(now, passed));
      }
      passed -= now.expected();
      legBeganNanos += now.length().toNanos();
      leg++;
    }
    return OVER;
  }

  /** When so many are expected: the root of {@code from t + slope t² / 2 = expected}. */
  private static double seconds(Shape.Leg leg, double expected) {
    double slope = (leg.to() - leg.from()) / leg.seconds();
    double root = Math.sqrt(Math.max(0, leg.from() * leg.from() + 2 * slope * expected));
    return expected == 0 ? 0 : 2 * expected / (leg.from() + root);
  }
}
