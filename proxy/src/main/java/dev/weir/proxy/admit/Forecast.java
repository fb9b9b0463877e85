package dev.weir.proxy.admit;

import dev.weir.proxy.path.Place;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Profile;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long a call would wait: the work that goes before it ÷ what the processors do now.
 * Thread-safe; {@link #tick} is for one thread.
 *
 * <p>Small before large, so before a small call goes what is small and not larger than it, and
 * before a large one what is large and not larger; each at the part of the processors that its lane
 * gets while the other one wants the rest. Critical calls run beside whatever runs and wait for
 * their like only.
 */
final class Forecast {

  /** A call is large from so many times the average cost. */
  private static final double LARGE = 4;

  /** Weight of 10 ms in the averages of what is asked for and done: some 300 ms. */
  private static final double FOLLOW = 0.03;

  /** Whatever the reserve says, each lane has a permit. */
  private static final double LEAST_PART = 0.1;

  /** Critical calls double what runs at most, so others take twice as long at most. */
  private static final double MOST_CRITICAL = 0.5;

  /** A tick that comes so late tells that the process, or the machine, has paused. */
  private static final long PAUSE_NANOS = 5 * CostGate.TICK_NANOS;

  private static final int CALLS_BITS = 20;
  private static final int CRITICAL = Priority.CRITICAL.rank();
  private static final int TIERS = Priority.values().length;
  private static final long[] NOBODY_WAITS = new long[TIERS * Sizes.COUNT];

  private volatile int processors;
  private final Backlog backlog = new Backlog();
  private final Runs runs;
  private final Speed speed = new Speed();

  /** What is asked for between ticks: microseconds above, calls in the lowest bits. */
  private final AtomicLong asked = new AtomicLong();

  private volatile long lastEndNanos;
  private long tickedNanos;
  private long awakeNanos;

  private final AtomicLong smallDone = new AtomicLong();
  private final AtomicLong largeDone = new AtomicLong();
  private final AtomicLong criticalDone = new AtomicLong();
  private double smallAverage;
  private double largeAverage;
  private double criticalAverage;
  private volatile double smallPart;
  private volatile double largePart;
  private volatile double criticalPart;
  private volatile double averageCost;
  private volatile int firstLarge = Sizes.COUNT;
  private volatile long[] waits = NOBODY_WAITS;

  Forecast(int processors, int threads, long nowNanos) {
    this.processors = processors;
    this.runs = new Runs(threads, nowNanos);
    this.lastEndNanos = nowNanos;
    this.tickedNanos = nowNanos;
    this.awakeNanos = nowNanos;
  }

  void enters(Profile profile) {
    long costNanos = profile.estimate().meanNanos();
    backlog.add(tier(profile), Sizes.of(costNanos), costNanos);
  }

  void leaves(Profile profile) {
    long costNanos = profile.estimate().meanNanos();
    backlog.add(tier(profile), Sizes.of(costNanos), -costNanos);
  }

  void starts(Place place, long nowNanos) {
    Profile profile = place.profile();
    leaves(profile);
    long expectedNanos =
        Math.min(costNanos(profile), Math.max(0, profile.deadline().remainingNanos(nowNanos)));
    place.slot(runs.begin(share(profile), nowNanos, expectedNanos));
  }

  /** The engine has so many processors from now on. */
  void processors(int number) {
    processors = number;
  }

  /** Returns how long it ran. */
  long ends(Place place, long nowNanos, boolean served) {
    double share = Math.min(1, processors / runs.beside(place.slot()));
    long ranNanos = runs.end(place.slot(), nowNanos);
    lastEndNanos = nowNanos;
    long costNanos = place.profile().estimate().meanNanos();
    (large(place.profile()) ? largeDone : smallDone).addAndGet(costNanos);
    if (place.profile().priority() == Priority.CRITICAL) {
      criticalDone.addAndGet(costNanos);
    }
    if (served) {
      long dueNanos = (long) (ranNanos * share);
      long toldNanos = place.workedNanos();
      long workedNanos = toldNanos < 0 ? Math.min(costNanos, dueNanos) : toldNanos;
      speed.observe(costNanos, workedNanos, dueNanos);
    }
    return ranNanos;
  }

  private static int tier(Profile profile) {
    return profile.priority().rank();
  }

  private int share(Profile profile) {
    if (profile.priority() == Priority.CRITICAL) {
      return Runs.CRITICAL;
    }
    return large(profile) ? Runs.LARGE : Runs.SMALL;
  }

  boolean large(Profile profile) {
    return Sizes.of(profile.estimate().meanNanos()) >= firstLarge;
  }

  /** The first size that counts as large. */
  int firstLarge() {
    return firstLarge;
  }

  /** Time on one processor as it is now. */
  long costNanos(Profile profile) {
    return (long) (profile.estimate().meanNanos() / speed.factor());
  }

  /**
   * Time that a call is going to run: where all processors have work, critical calls beside it take
   * their part of them.
   */
  long runNanos(Profile profile) {
    boolean alone = profile.priority() == Priority.CRITICAL || idle();
    return (long) (costNanos(profile) / (alone ? 1 : 1 - criticalPart));
  }

  /** Processors, in units of what estimates were learned from. */
  double effectiveProcessors() {
    return processors * speed.factor();
  }

  /** Time in which each of so many tenants gets one call of average cost done. */
  long turnNanos(int tenants) {
    return (long) (tenants * averageCost / effectiveProcessors());
  }

  long backlogNanos() {
    return backlog.nanos();
  }

  int running() {
    return runs.count();
  }

  /** A processor has nothing to do. */
  boolean idle() {
    return backlog.nanos() == 0 && runs.count() < processors;
  }

  /** How long a call of that tier and size would wait if it came now. */
  long waitNanos(int tier, int size, double largeReserve, long nowNanos) {
    boolean large = large(tier, size);
    long alike = backlog.between(tier, large ? firstLarge : 0, size);
    return waitNanos(tier, large, alike, largeReserve, nowNanos);
  }

  /** Critical calls have but one lane. */
  private boolean large(int tier, int size) {
    return tier != CRITICAL && size >= firstLarge;
  }

  /**
   * @param alikeNanos what is ahead in the call's own tier and lane
   */
  private long waitNanos(
      int tier, boolean large, long alikeNanos, double largeReserve, long nowNanos) {
    long residue = runs.residueNanos(Runs.CRITICAL, nowNanos);
    int running = runs.count(Runs.CRITICAL);
    if (tier == CRITICAL) {
      return drain(alikeNanos, residue, running, 1);
    }
    int own = large ? Runs.LARGE : Runs.SMALL;
    residue += runs.residueNanos(own, nowNanos);
    running += runs.count(own);
    return drain(
        backlog.above(tier) + alikeNanos, residue, running, part(tier, large, largeReserve));
  }

  /** The part of the processors that a lane gets while the other one wants the rest. */
  private double part(int tier, boolean large, double largeReserve) {
    if (tier == CRITICAL) {
      return 1;
    }
    double part =
        large ? Math.max(largeReserve, 1 - smallPart) : Math.max(1 - largeReserve, 1 - largePart);
    return Math.max(part, LEAST_PART);
  }

  private long drain(long aheadNanos, long residueNanos, int running, double part) {
    if (aheadNanos == 0 && running < Math.max(1, (int) (processors * part))) {
      return 0;
    }
    return (long) ((aheadNanos / speed.factor() + residueNanos) / (processors * part));
  }

  /**
   * How long a call that waits is going to wait from now on, as of the last tick. Those of its size
   * count as if they went before it, but for itself.
   */
  long waitNanos(Profile profile, double largeReserve) {
    int tier = tier(profile);
    int size = Sizes.of(profile.estimate().meanNanos());
    double part = part(tier, large(tier, size), largeReserve);
    long own = (long) (costNanos(profile) / (processors * part));
    return Math.max(0, waits[tier * Sizes.COUNT + size] - own);
  }

  /** A call was asked for, whatever became of it. */
  void asked(long costNanos) {
    asked.getAndAdd(((costNanos / 1_000) << CALLS_BITS) + 1);
  }

  /** What calls cost on average that are asked for. */
  long averageNanos() {
    return (long) averageCost;
  }

  /** Whether anybody waits in that tier or a higher one. */
  boolean waiting(int tier) {
    return backlog.above(tier) + backlog.of(tier) > 0;
  }

  /** To be called every 10 ms. */
  void tick(double largeReserve, long nowNanos) {
    if (nowNanos - tickedNanos > PAUSE_NANOS) {
      awakeNanos = nowNanos;
    }
    tickedNanos = nowNanos;
    speed.tick(runs.overrun(nowNanos, lastEndNanos, awakeNanos));
    smallAverage += (smallDone.getAndSet(0) - smallAverage) * FOLLOW;
    largeAverage += (largeDone.getAndSet(0) - largeAverage) * FOLLOW;
    criticalAverage += (criticalDone.getAndSet(0) - criticalAverage) * FOLLOW;
    double windowNanos = CostGate.TICK_NANOS * effectiveProcessors();
    smallPart = Math.min(1, smallAverage / windowNanos);
    largePart = Math.min(1, largeAverage / windowNanos);
    criticalPart = Math.min(MOST_CRITICAL, criticalAverage / windowNanos);
    long offered = asked.getAndSet(0);
    long calls = offered & ((1 << CALLS_BITS) - 1);
    if (calls > 0) {
      double weight = Math.min(0.5, FOLLOW * calls);
      double mean = (offered >>> CALLS_BITS) * 1_000.0 / calls;
      averageCost = averageCost == 0 ? mean : averageCost + (mean - averageCost) * weight;
      firstLarge = Sizes.of((long) (LARGE * averageCost));
    }
    waits = backlog.nanos() == 0 ? NOBODY_WAITS : expected(largeReserve, nowNanos);
  }

  /** A size waits as long as the next smaller one if nothing of its own waits. */
  private long[] expected(double largeReserve, long nowNanos) {
    long[] expected = new long[TIERS * Sizes.COUNT];
    for (int tier = 0; tier < TIERS; tier++) {
      boolean none = backlog.of(tier) == 0;
      long alike = 0;
      for (int size = 0; size < Sizes.COUNT; size++) {
        int place = tier * Sizes.COUNT + size;
        boolean large = large(tier, size);
        boolean first = size == 0 || (large && size == firstLarge);
        long own = none ? 0 : backlog.of(tier, size);
        alike = first ? own : alike + own;
        expected[place] =
            first || own > 0
                ? waitNanos(tier, large, alike, largeReserve, nowNanos)
                : expected[place - 1];
      }
    }
    return expected;
  }
}
