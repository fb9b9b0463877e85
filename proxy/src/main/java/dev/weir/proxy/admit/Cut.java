package dev.weir.proxy.admit;

import dev.weir.proxy.path.Profile;

/**
 * Which calls of one tier are to be let in while it is asked for more than there is: directly from
 * what was asked for, in one step. Immutable.
 *
 * <p>A part of what is asked for can be had. By cost, sizes fall into groups of an octave. Of each
 * group so much is let in that the same part of its calls is served as without any regard to cost,
 * the smaller ones of the group first; since those cost less than the average of the group,
 * something is left over, and that goes to the smallest calls of all. So nobody is worse off than
 * in a queue that is blind to cost, and many are better off. Large calls get their reserve if that
 * is more. Among calls of one size, the cohort decides.
 */
final class Cut {

  /** Everybody is let in. */
  static final Cut NONE =
      new Cut(0, Double.POSITIVE_INFINITY, false, -1, 0, 0, new double[Sizes.COUNT], Sizes.COUNT);

  /** Groups of sizes, the first and the last without an end. */
  private static final int GROUPS = 9;

  private static final int LARGE_GROUP = 4;
  private static final int SIZES_PER_GROUP = 2;

  /** Parts for which the groups are worked out: 1, 1/2, 1/4 … and the tier's own. */
  private static final int PARTS = 9;

  /**
   * Of each group a somewhat larger part is let in than that: calls that seem small among their
   * like are often those that were estimated too low.
   */
  private static final double GENEROSITY = 1.15;

  private final double demand;
  private final double level;
  private final boolean ofAverage;
  private final int ticks;
  private final long turnNanos;
  private final double average;
  private final int firstLarge;
  private final double[] sizes;
  private final double[] groups = new double[GROUPS];

  /** For each size, work of its group that is before it, and its own, as parts of the group's. */
  private final double[] below = new double[Sizes.COUNT];

  private final double[] own = new double[Sizes.COUNT];

  /** By part, what of each group is let in. */
  private final double[][] allowed = new double[PARTS][];

  private final double largeShare;

  /**
   * @param capacity what the tier can have, in nanoseconds per window; infinite if that is enough
   * @param level of the tier's tenants, see {@link Demand#level}
   * @param ofAverage whether that is by what was asked for in a second, rather than a window
   * @param ticks since the tier is cut
   * @param turnNanos how long a tenant that has nothing waiting waits for its turn
   * @param reserve part of it that is kept for large calls
   * @param sizes what was asked for by size
   * @param firstLarge the first size that counts as large
   */
  Cut(
      double capacity,
      double level,
      boolean ofAverage,
      int ticks,
      long turnNanos,
      double reserve,
      double[] sizes,
      int firstLarge) {
    this.level = level;
    this.ofAverage = ofAverage;
    this.ticks = ticks;
    this.turnNanos = turnNanos;
    this.firstLarge = firstLarge;
    this.sizes = sizes.clone();
    double sum = 0;
    for (int size = 0; size < Sizes.COUNT; size++) {
      sum += sizes[size];
      groups[group(size)] += sizes[size];
    }
    this.demand = sum;
    this.average = sum > 0 ? Math.min(1, capacity / sum) : 1;
    lineUp();
    for (int power = 0; power < PARTS - 1; power++) {
      allowed[power] = divide(Math.scalb(1.0, -power), reserve);
    }
    double[] mine = divide(average, reserve);
    allowed[PARTS - 1] = mine;
    double large = 0;
    for (int group = LARGE_GROUP; group < GROUPS; group++) {
      large += mine[group] * groups[group];
    }
    largeShare = sum > 0 ? Math.max(reserve, large / Math.max(1, average * sum)) : reserve;
  }

  private int group(int size) {
    return Math.clamp(
        LARGE_GROUP + Math.floorDiv(size - firstLarge, SIZES_PER_GROUP), 0, GROUPS - 1);
  }

  /** The first size of a group, as far as there is one. */
  private int firstOf(int group) {
    int first = firstLarge + (group - LARGE_GROUP) * SIZES_PER_GROUP;
    return group == 0 ? 0 : Math.clamp(first, 0, Sizes.COUNT);
  }

  private void lineUp() {
    double before = 0;
    for (int size = 0; size < Sizes.COUNT; size++) {
      int group = group(size);
      before = size > 0 && group(size - 1) == group ? before : 0;
      double all = Math.max(1, groups[group]);
      below[size] = before / all;
      own[size] = sizes[size] / all;
      before += sizes[size];
    }
  }

  /** What of each group is let in where a part of all can be had. */
  private double[] divide(double part, double reserve) {
    double budget = part * demand;
    double[] needed = new double[GROUPS];
    for (int group = 0; group < GROUPS; group++) {
      needed[group] = costOfPart(group, Math.min(1, GENEROSITY * part));
    }
    double fits = Math.min(1, budget / Math.max(1, small(needed) + large(needed)));
    double kept = Math.min(large(groups), reserve * budget);
    double large = Math.max(fits * large(needed), kept);
    double small = Math.min(budget - large, small(groups));
    double[] given = new double[GROUPS];
    fill(given, needed, 0, LARGE_GROUP, small);
    fill(given, needed, LARGE_GROUP, GROUPS, budget - small);
    return given;
  }

  /** Divides the budget of a lane: what each group needs, and the rest to the smallest. */
  private void fill(double[] given, double[] needed, int from, int until, double budget) {
    double fits = Math.min(1, budget / Math.max(1, sum(needed, from, until)));
    double left = budget - fits * sum(needed, from, until);
    for (int group = from; group < until; group++) {
      double own = fits * needed[group];
      double extra = Math.max(0, Math.min(left, groups[group] - own));
      left -= extra;
      given[group] = groups[group] > 0 ? (own + extra) / groups[group] : 1;
    }
  }

  private static double small(double[] byGroup) {
    return sum(byGroup, 0, LARGE_GROUP);
  }

  private static double large(double[] byGroup) {
    return sum(byGroup, LARGE_GROUP, GROUPS);
  }

  private static double sum(double[] byGroup, int from, int until) {
    double sum = 0;
    for (int group = from; group < until; group++) {
      sum += byGroup[group];
    }
    return sum;
  }

  /** What a part of a group's calls costs, the smallest first. */
  private double costOfPart(int group, double part) {
    if (groups[group] == 0) {
      return 0;
    }
    int until = group == GROUPS - 1 ? Sizes.COUNT : firstOf(group + 1);
    double calls = 0;
    for (int size = firstOf(group); size < until; size++) {
      calls += sizes[size] / Sizes.nanos(size);
    }
    double left = part * calls;
    double cost = 0;
    for (int size = firstOf(group); size < until; size++) {
      double taken = Math.min(left, sizes[size] / Sizes.nanos(size));
      cost += taken * Sizes.nanos(size);
      left -= taken;
    }
    return cost;
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

  /** Whether tenants are judged by what they asked for in a second, rather than a window. */
  boolean ofAverage() {
    return ofAverage;
  }

  /** For how many ticks the tier has been cut; -1 if it is not. */
  int ticks() {
    return ticks;
  }

  /** What a tenant within its share waits at most: the queue takes its turn among tenants. */
  long turnNanos() {
    return turnNanos;
  }

  /** Part of the processor time that large calls get. */
  double largeShare() {
    return largeShare;
  }

  /** Part of what the tier asks for that there is room for. */
  double admittedPart() {
    return cuts() ? average : 1;
  }

  /** Whether a tenant with that part is cut for its own sake rather than with all others. */
  boolean overShare(double part) {
    return part < 0.75 * average;
  }

  boolean admits(int size, int cohort, double part) {
    if (part >= 1) {
      return true;
    }
    return below[size] + own[size] * (cohort + 0.5) / Profile.COHORTS < allowed(group(size), part);
  }

  private double allowed(int group, double part) {
    if (Math.abs(part - average) <= 0.01 * average) {
      return allowed[PARTS - 1][group];
    }
    double power = Math.min(-Math.log(part) / Math.log(2), PARTS - 2.0);
    int whole = Math.min((int) power, PARTS - 3);
    double fraction = power - whole;
    return allowed[whole][group] * (1 - fraction) + allowed[whole + 1][group] * fraction;
  }
}
