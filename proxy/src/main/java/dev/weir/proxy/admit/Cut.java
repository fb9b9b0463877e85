package dev.weir.proxy.admit;

import dev.weir.proxy.path.Profile;

/**
 * Which calls of one tier are to be let in while it is asked for more than there is: directly from
 * what was asked for in the last 100 ms, in one step. Immutable.
 *
 * <p>Calls are lined up from small to large and, among equals, by cohort; small and large ones
 * apart, with a reserve for the large. A call is let in if the work before it in that line is
 * within what its tenant may have.
 */
final class Cut {

  /** Everybody is let in. */
  static final Cut NONE = new Cut(0, Double.POSITIVE_INFINITY, 0, 0, new double[Sizes.COUNT], 0);

  private final double demand;
  private final double level;
  private final long turnNanos;
  private final double average;
  private final double reserve;
  private final double smallDemand;
  private final int firstLarge;
  private final double[] below = new double[Sizes.COUNT];
  private final double[] own = new double[Sizes.COUNT];

  /**
   * @param capacity what the tier can have, in nanoseconds per window; infinite if that is enough
   * @param level of the tier's tenants, see {@link Demand#level}
   * @param turnNanos how long a tenant that has nothing waiting waits for its turn
   * @param sizes what was asked for by size
   * @param firstLarge the first size that counts as large
   */
  Cut(
      double capacity,
      double level,
      long turnNanos,
      double reserve,
      double[] sizes,
      int firstLarge) {
    double sum = 0;
    double small = 0;
    for (int size = 0; size < Sizes.COUNT; size++) {
      sum += sizes[size];
      small += size < firstLarge ? sizes[size] : 0;
    }
    this.demand = sum;
    this.level = level;
    this.turnNanos = turnNanos;
    this.average = sum > 0 ? capacity / sum : 1;
    this.reserve = reserve;
    this.smallDemand = small;
    this.firstLarge = firstLarge;
    fill(sizes);
  }

  private void fill(double[] sizes) {
    double before = 0;
    for (int size = 0; size < Sizes.COUNT; size++) {
      if (size == firstLarge) {
        before = 0;
      }
      double lane = size < firstLarge ? smallDemand : demand - smallDemand;
      below[size] = lane > 0 ? before / lane : 0;
      own[size] = lane > 0 ? sizes[size] / lane : 0;
      before += sizes[size];
    }
  }

  boolean cuts() {
    return level < Double.POSITIVE_INFINITY;
  }

  /**
   * The part of what it asks for that a tenant may have.
   *
   * @param asked by the tenant, ÷ its weight, in nanoseconds per window
   */
  double part(double asked) {
    return asked <= level ? 1 : level / asked;
  }

  /** What a tenant within its share waits at most: the queue takes its turn among tenants. */
  long turnNanos() {
    return turnNanos;
  }

  /** Part of what the tier asks for that there is room for. */
  double admittedPart() {
    return cuts() ? Math.min(1, average) : 1;
  }

  /** Whether a tenant with that part is cut for its own sake rather than with all others. */
  boolean overShare(double part) {
    return part < 0.75 * average;
  }

  boolean admits(int size, int cohort, double part) {
    if (part >= 1) {
      return true;
    }
    double largeDemand = demand - smallDemand;
    if (size < firstLarge ? smallDemand <= 0 : largeDemand <= 0 && reserve > 0) {
      return true; // the first of its lane for a while has the part that is kept for that lane
    }
    double budget = part * demand;
    double large = Math.min(largeDemand, Math.max(reserve * budget, budget - smallDemand));
    double allowed =
        size < firstLarge ? (budget - large) / smallDemand : large / Math.max(1, largeDemand);
    return below[size] + own[size] * (cohort + 0.5) / Profile.COHORTS < allowed;
  }
}
