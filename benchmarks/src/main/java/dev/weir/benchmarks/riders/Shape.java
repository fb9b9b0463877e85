package dev.weir.benchmarks.riders;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Offered load over time, piece by piece. Immutable.
 *
 * @param legs in their order
 */
record Shape(List<Leg> legs) {
  private static final double[] STEPS = {0.1, 0.25, 0.5, 1, 0.1};
  private static final double LOW = 0.1;
  private static final int SPIKE_PARTS = 5;
  private static final int SPIKE_AT = 2;

  Shape {
    legs = List.copyOf(legs);
    if (legs.stream().noneMatch(leg -> leg.expected() > 0)) {
      throw new IllegalArgumentException("a load needs a rate above 0 for some time");
    }
  }

  /**
   * A rate that changes evenly.
   *
   * @param from requests per second at the beginning
   * @param to requests per second at the end
   */
  record Leg(Duration length, double from, double to) {
    Leg {
      if (!length.isPositive() || !(from >= 0) || !(to >= 0)) {
        throw new IllegalArgumentException("a part of a load needs a length and rates from 0 on");
      }
    }

    double seconds() {
      return length.toNanos() / 1e9;
    }

    /** Mean number of requests. */
    double expected() {
      return (from + to) / 2 * seconds();
    }
  }

  /** One rate for all the time. */
  static Shape constant(double rate, Duration length) {
    return new Shape(List.of(new Leg(length, rate, rate)));
  }

  /** Up in steps to the rate, and down to a tenth. */
  static Shape steps(double rate, Duration length) {
    List<Leg> legs = new ArrayList<>();
    for (double factor : STEPS) {
      legs.add(new Leg(length.dividedBy(STEPS.length), factor * rate, factor * rate));
    }
    return new Shape(legs);
  }

  /** Evenly up from a tenth to the rate, and down again: does it come back as it went? */
  static Shape ramp(double rate, Duration length) {
    Duration half = length.dividedBy(2);
    return new Shape(List.of(new Leg(half, LOW * rate, rate), new Leg(half, rate, LOW * rate)));
  }

  /** A tenth of the rate, but all of it in the third of five parts. */
  static Shape spike(double rate, Duration length) {
    List<Leg> legs = new ArrayList<>();
    for (int part = 0; part < SPIKE_PARTS; part++) {
      double now = part == SPIKE_AT ? rate : LOW * rate;
      legs.add(new Leg(length.dividedBy(SPIKE_PARTS), now, now));
    }
    return new Shape(legs);
  }

  Duration length() {
    return legs.stream().map(Leg::length).reduce(Duration.ZERO, Duration::plus);
  }

  /** Mean requests per second. */
  double meanRate() {
    return legs.stream().mapToDouble(Leg::expected).sum() / (length().toNanos() / 1e9);
  }

  /** The same load after some time at the rate with which it begins. */
  Shape after(Duration leadIn) {
    if (leadIn.isZero()) {
      return this;
    }
    List<Leg> all = new ArrayList<>(legs);
    double rate = legs.getFirst().from();
    all.addFirst(new Leg(leadIn, rate, rate));
    return new Shape(all);
  }
}
