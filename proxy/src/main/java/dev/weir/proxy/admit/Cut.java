package dev.weir.proxy.admit;

import dev.weir.proxy.path.Profile;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which calls of one tier are to be let in while it is asked for more than there is: directly from
 * what was asked for, in one step. Immutable.
 *
 * <p>A part of what is asked for can be had. Of each family of calls as many are let in as would be
 * without any regard to cost, the smaller ones first; since those cost less than the average of
 * their family, much is left over. Of that large calls get what they lack to their reserve, and the
 * smallest calls of all the rest. And of every sort, however large, a quarter as many are let in as
 * without regard to cost. So no family is worse off than in a queue that is blind to cost, nobody
 * is shut out, and many are better off. Among calls of one sort, the cohort decides.
 */
/*
 * Calls of a family form two lines, of small and of large ones, each in the order of their sizes.
 * What is let in of a line is said by one number, its border: sizes below it, and of the size that
 * it falls into the fraction; of what is beyond it, the floor. So it is also said for sizes that
 * nobody has asked for lately.
 */
final class Cut {

  /** Everybody is let in. */
  static final Cut NONE =
      new Cut(0, Double.POSITIVE_INFINITY, false, -1, 0, 0, new double[Sorts.COUNT], Sizes.COUNT);

  private static final int LINES = 2 * Sorts.FAMILIES;

  /** Parts other than the tier's own for which borders are worked out: 1, 1/2, 1/4 … */
  private static final int POWERS = 8;

  /**
   * Of each family a somewhat larger part is let in than that: calls that seem small among their
   * like are often those that were estimated too low.
   */
  private static final double GENEROSITY = 1.15;

  /** Of any sort so much is let in, of what would be without regard to cost. */
  private static final double FLOOR = 0.25;

  private static final double SECOND_NANOS = 1e9;

  /** Small calls always keep a part of the processor time. */
  private static final double MOST_LARGE = 0.9;

  private final double demand;
  private final double level;
  private final boolean ofAverage;
  private final int ticks;
  private final long turnNanos;
  private final double average;
  private final int firstLarge;
  private final double largeShare;

  private final double reserve;
  private final double[] sorts;
  private final int[] families;

  /** The border of each line for the tier's own part; infinite where nobody asked. */
  private final double[] mine;

  /** The same by power, worked out when a tenant has about such a part, by whoever asks first. */
  private final AtomicReferenceArray<double @Nullable []> borders =
      new AtomicReferenceArray<>(POWERS);

  /** By line, the largest size that was asked for: a larger one counts as that. */
  private final int[] largest = new int[LINES];

  /**
   * @param capacity what the tier can have, in nanoseconds per window; infinite if that is enough
   * @param level of the tier's tenants, see {@link Demand#level}
   * @param ofAverage whether that is by what was asked for in a second, rather than a window
   * @param ticks since the tier is cut
   * @param turnNanos how long a tenant that has nothing waiting waits for its turn
   * @param reserve part of it that is kept for large calls
   * @param sorts what was asked for by sort; it keeps the array
   * @param firstLarge the first size that counts as large
   */
  Cut(
      double capacity,
      double level,
      boolean ofAverage,
      int ticks,
      long turnNanos,
      double reserve,
      double[] sorts,
      int firstLarge) {
    this.level = level;
    this.ofAverage = ofAverage;
    this.ticks = ticks;
    this.turnNanos = turnNanos;
    this.firstLarge = firstLarge;
    this.reserve = reserve;
    this.sorts = sorts;
    this.families = families(sorts);
    this.demand = Arrays.stream(sorts).sum();
    this.average = demand > 0 ? Math.min(1, capacity / demand) : 1;
    if (demand > 0) {
      for (int sort = 0; sort < Sorts.COUNT; sort++) {
        if (sorts[sort] > 0) {
          largest[line(Sorts.family(sort), Sorts.size(sort))] = Sorts.size(sort);
        }
      }
      Division division = new Division(average);
      this.mine = division.borders;
      this.largeShare = Math.max(reserve, Math.min(MOST_LARGE, division.largeShare()));
    } else {
      this.mine = new double[0];
      this.largeShare = reserve;
    }
  }

  private double[] borders(int power) {
    double[] known = borders.get(power);
    if (known != null) {
      return known;
    }
    double[] made = new Division(Math.scalb(1.0, -power)).borders;
    borders.set(power, made);
    return made;
  }

  private int line(int family, int size) {
    return 2 * family + (size < firstLarge ? 0 : 1);
  }

  private static double floor(double part) {
    return Math.floor(FLOOR * part * Profile.COHORTS) / Profile.COHORTS;
  }

  /** Families that anything was asked for of. */
  private static int[] families(double[] sorts) {
    return IntStream.range(0, Sorts.FAMILIES)
        .filter(family -> sum(sorts, family, 0, Sizes.COUNT) > 0)
        .toArray();
  }

  private static double sum(double[] sorts, int family, int from, int until) {
    double sum = 0;
    for (int size = from; size < until; size++) {
      sum += sorts[Sorts.of(family, size)];
    }
    return sum;
  }

  /**
   * By how much calls that come at random are more in some seconds than on average, as a part of
   * it. Where they are few it is much, and what cannot be kept waiting then is lost: it does not
   * come back when fewer come.
   *
   * @param calls in a window
   */
  private static double chance(double calls) {
    return 1 / Math.sqrt(Math.max(1, calls * SECOND_NANOS / Demand.WINDOW_NANOS));
  }

  /** How a part of what is asked for is divided. */
  private final class Division {
    private final double floor;
    private final double[] borders = new double[LINES];

    Division(double part) {
      this.floor = floor(part);
      double budget = part * demand;
      serve(part, GENEROSITY);
      if (demand - missing(0, Sizes.COUNT) > budget) {
        serve(part, 1); // costs no more than this part of all, smaller ones being first
      }
      double left = budget - demand + missing(0, Sizes.COUNT);
      double reserved = Math.min(reserve * budget, asked(firstLarge, Sizes.COUNT)) - large();
      left -= raise(firstLarge, Sizes.COUNT, Math.min(left, reserved));
      left -= raise(0, firstLarge, left);
      raise(firstLarge, Sizes.COUNT, left);
    }

    /**
     * Draws borders so that this part of the calls of each family is served.
     *
     * @param times so much more if that is above 1, and still more where that is but a few calls
     */
    private void serve(double part, double times) {
      Arrays.fill(borders, Double.POSITIVE_INFINITY);
      for (int family : families) {
        double calls = 0;
        for (int size = 0; size < Sizes.COUNT; size++) {
          calls += calls(family, size);
        }
        double more = times > 1 ? times + chance(part * calls) / 2 : 1;
        begin(family, 0, firstLarge);
        begin(family, firstLarge, Sizes.COUNT);
        double left = (Math.min(1, more * part) - floor) * calls;
        for (int size = 0; size < Sizes.COUNT && left > 0; size++) {
          double missing = (1 - floor) * calls(family, size);
          if (missing > 0) {
            borders[line(family, size)] = size + Math.min(1, left / missing);
            left -= missing;
          }
        }
      }
    }

    private void begin(int family, int from, int until) {
      if (sum(sorts, family, from, until) > 0) {
        borders[line(family, from)] = from;
      }
    }

    private double calls(int family, int size) {
      return sorts[Sorts.of(family, size)] / Sizes.nanos(size);
    }

    /** What is let in of large calls. */
    double large() {
      return asked(firstLarge, Sizes.COUNT) - missing(firstLarge, Sizes.COUNT);
    }

    /** The part of the processor time that large calls need so that what is let in is served. */
    double largeShare() {
      double calls = 0;
      for (int size = firstLarge; size < Sizes.COUNT; size++) {
        calls += (asked(size, size + 1) - missing(size, size + 1)) / Sizes.nanos(size);
      }
      return (1 + chance(calls)) * large() / Math.max(1, average * demand);
    }

    /** What is asked for of some sizes. */
    private double asked(int from, int until) {
      double sum = 0;
      for (int family : families) {
        sum += sum(sorts, family, from, until);
      }
      return sum;
    }

    /** What is not let in of that. */
    private double missing(int from, int until) {
      double sum = 0;
      for (int size = from; size < until; size++) {
        for (int family : families) {
          sum += (1 - floor) * (1 - below(family, size)) * sorts[Sorts.of(family, size)];
        }
      }
      return sum;
    }

    /** The part of a sort that is below the border of its line. */
    private double below(int family, int size) {
      return Cut.below(borders[line(family, size)], size);
    }

    /** Lets in more, the smallest first, and returns what it costs. */
    private double raise(int from, int until, double most) {
      double cost = 0;
      for (int size = from; size < until && cost < most; size++) {
        double missing = missing(size, size + 1);
        if (missing > most - cost) {
          raise(size, (most - cost) / missing);
          return most;
        }
        raise(size, 1);
        cost += missing;
      }
      return cost;
    }

    private void raise(int size, double part) {
      for (int family : families) {
        double below = below(family, size);
        if (below < 1) {
          borders[line(family, size)] = size + below + (1 - below) * part;
        }
      }
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

  boolean admits(int sort, int cohort, double part) {
    if (part >= 1 || demand == 0) {
      return true;
    }
    double turn = (cohort + 0.5) / Profile.COHORTS;
    int line = line(Sorts.family(sort), Sorts.size(sort));
    double below = below(line, Math.min(Sorts.size(sort), largest[line]), part);
    return turn < below + (1 - below) * floor(part);
  }

  /** The part of a sort that is below the border, in between for a part that is in between. */
  private double below(int line, int size, double part) {
    if (Math.abs(part - average) <= 0.01 * average) {
      return below(mine[line], size);
    }
    double power = Math.min(-Math.log(part) / Math.log(2), POWERS - 1.0);
    int whole = Math.min((int) power, POWERS - 2);
    double fraction = power - whole;
    return below(borders(whole)[line], size) * (1 - fraction)
        + below(borders(whole + 1)[line], size) * fraction;
  }

  private static double below(double border, int size) {
    return Math.clamp(border - size, 0, 1);
  }
}
