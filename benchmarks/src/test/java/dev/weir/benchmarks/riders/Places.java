package dev.weir.benchmarks.riders;

import dev.weir.benchmarks.riders.City.Point;
import dev.weir.benchmarks.riders.City.Trip;

/** For tests. */
final class Places {
  /** From somewhere to somewhere. */
  static final Trip TRIP = new Trip(new Point(49.1, 8.1), new Point(49.2, 8.2));

  private Places() {}
}
