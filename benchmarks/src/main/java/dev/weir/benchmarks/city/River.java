package dev.weir.benchmarks.city;

/**
 * A meandering river, about along one axis of the lattice. Immutable.
 *
 * @param eastward flows along u, otherwise along v
 * @param at where it is on the other axis, on average
 * @param swing how far it leaves that
 * @param bend length that belongs to one radian of its meanders
 * @param from where it begins on its own axis
 * @param to where it ends
 * @param halfWidth from its middle to a bank
 */
record River(
    boolean eastward,
    double at,
    double swing,
    double bend,
    double phase,
    double from,
    double to,
    double halfWidth) {

  /** Where its middle is across, if it is so far along. */
  double middle(double along) {
    return at
        + swing * StrictMath.sin(along / bend + phase)
        + swing / 3 * StrictMath.sin(along / bend * 2.6 + 2 * phase);
  }

  private double along(double u, double v) {
    return eastward ? u : v;
  }

  /** How far from the middle, negative on one side; in lattice units, measured across. */
  double offset(double u, double v) {
    return (eastward ? v : u) - middle(along(u, v));
  }

  private boolean flowsBy(double u, double v) {
    return along(u, v) >= from && along(u, v) <= to;
  }

  /** Whether a place is less than this far from a bank, or in the water. */
  boolean near(double u, double v, double distance) {
    return along(u, v) >= from - distance
        && along(u, v) <= to + distance
        && Math.abs(offset(u, v)) < halfWidth + distance;
  }

  /** Whether whoever goes straight from one place to the other gets wet. */
  boolean between(double u1, double v1, double u2, double v2) {
    boolean here = flowsBy(u1, v1);
    boolean there = flowsBy(u2, v2);
    double first = offset(u1, v1);
    double second = offset(u2, v2);
    return (here && Math.abs(first) < halfWidth)
        || (there && Math.abs(second) < halfWidth)
        || ((here || there) && first > 0 != second > 0);
  }
}
