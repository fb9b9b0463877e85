package dev.weir.proxy.admit;

import dev.weir.proxy.path.Priority;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The cuts of all tiers, made anew at every tick: each tier may have what higher ones leave.
 * Written by the thread that ticks, read by any.
 *
 * <p>Calls come at random, so in a short time somewhat more is asked for than can be done although
 * there is room for all in the long run. A tier is cut only if the excess is more than chance:
 * three standard deviations of a sum of independent calls, whose variance is the sum of their
 * squared costs. A flood shows within one window; a little too much of dear calls shows in the
 * average of a second.
 */
final class Cuts {

  private static final Priority[] TIERS = Priority.values();

  /** Windows that the average is worth; neighbouring ones overlap. */
  private static final double AVERAGED_WINDOWS = 20;

  private static final double CERTAINTY = 3;

  private final Demand demand;
  private volatile Cut[] cuts = new Cut[TIERS.length];
  private volatile @Nullable Priority lowestAdmitted = Priority.BATCH;
  private volatile int loadPercent;
  private volatile double largeShare;

  Cuts(Demand demand, double largeReserve) {
    this.largeShare = largeReserve;
    this.demand = demand;
    Arrays.fill(cuts, Cut.NONE);
  }

  Cut of(int tier) {
    return cuts[tier];
  }

  /** The lowest tier above which nothing is cut, itself included; {@code null} if there is none. */
  @Nullable Priority lowestAdmitted() {
    return lowestAdmitted;
  }

  /** What was asked for in the last second over what could be done, as an average. */
  int loadPercent() {
    return loadPercent;
  }

  void tick(Forecast forecast, double largeReserve) {
    double capacity = forecast.effectiveProcessors() * Demand.WINDOW_NANOS;
    Asked recently = new Asked(capacity, demand.windows());
    Asked inLongRun = new Asked(capacity, AVERAGED_WINDOWS);
    Cut[] next = new Cut[TIERS.length];
    Priority lowest = null;
    boolean everybody = true;
    for (int tier = 0; tier < TIERS.length; tier++) {
      double leftRecently = recently.add(tier, false);
      double leftInLongRun = inLongRun.add(tier, true);
      next[tier] = Cut.NONE;
      if (recently.tooMuch()) {
        next[tier] = cut(tier, false, leftRecently, forecast, largeReserve);
      } else if (inLongRun.tooMuch()) {
        next[tier] = cut(tier, true, leftInLongRun, forecast, largeReserve);
      }
      everybody &= next[tier] == Cut.NONE;
      lowest = everybody ? TIERS[tier] : lowest;
    }
    loadPercent = (int) Math.clamp(100 * inLongRun.sum / capacity, 0, Integer.MAX_VALUE);
    lowestAdmitted = lowest;
    cuts = next;
    largeShare = share(next, largeReserve);
  }

  /** Where several tiers are cut, the highest gets something at all. */
  private static double share(Cut[] cuts, double largeReserve) {
    for (Cut cut : cuts) {
      if (cut.cuts()) {
        return cut.largeShare();
      }
    }
    return largeReserve;
  }

  /** Part of the processor time that large calls get while small ones wait. */
  double largeShare() {
    return largeShare;
  }

  /** What tiers have asked for, from the highest down. */
  private final class Asked {
    private final double capacity;
    private final double windows;
    private double sum;
    private double squares;

    Asked(double capacity, double windows) {
      this.capacity = capacity;
      this.windows = windows;
    }

    /** Returns what higher tiers have left. */
    double add(int tier, boolean average) {
      double left = Math.max(0, capacity - sum);
      int sort = demand.nextSort(tier, 0);
      while (sort < Sorts.COUNT) {
        double nanos = demand.ofSort(tier, sort, average);
        sum += nanos;
        squares += nanos * Sizes.nanos(Sorts.size(sort));
        sort = demand.nextSort(tier, sort + 1);
      }
      return left;
    }

    boolean tooMuch() {
      return sum > capacity + CERTAINTY * Math.sqrt(squares / windows);
    }
  }

  private double[] sorts(int tier, boolean average) {
    double[] asked = new double[Sorts.COUNT];
    int sort = demand.nextSort(tier, 0);
    while (sort < Sorts.COUNT) {
      asked[sort] = demand.ofSort(tier, sort, average);
      sort = demand.nextSort(tier, sort + 1);
    }
    return asked;
  }

  private Cut cut(
      int tier, boolean average, double capacity, Forecast forecast, double largeReserve) {
    return new Cut(
        capacity,
        demand.level(tier, capacity, average),
        average,
        cuts[tier].ticks() + 1,
        forecast.turnNanos(demand.tenants()),
        largeReserve,
        sorts(tier, average),
        forecast.firstLarge());
  }
}
