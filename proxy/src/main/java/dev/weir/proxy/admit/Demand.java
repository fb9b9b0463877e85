package dev.weir.proxy.admit;

import dev.weir.proxy.path.Priority;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Function;

/**
 * What was asked for in the last 100 ms, in units of cost: by tier and sort, and by tier and
 * tenant. When calls suddenly come faster, what has come since is counted apart; while that is more
 * than the last 100 ms say, it is taken for what it would be in 100 ms. So what is asked for is
 * known 20 ms after a step, not diluted by the calm before it. Tenants are hashed into two rows of
 * slots, of which the smaller one is believed [1], so that memory and time do not depend on their
 * number. Written by event loops, turned over by {@link #tick} from one thread; lock-free.
 *
 * <p>[1] G. Cormode and S. Muthukrishnan, "An improved data stream summary: the count-min sketch
 * and its applications", Journal of Algorithms 55(1), 2005.
 */
final class Demand {

  static final long WINDOW_NANOS = 100_000_000;
  static final int SLOTS = 1024;

  /** Of the averages: a second of ticks. */
  private static final double FOLLOW = 0.01;

  /** Deviations of a number of calls that come independently; chance has no part in so many. */
  private static final double CERTAINTY = 5;

  /** So many calls in one tick may come together without being a flood: 20. */
  private static final double BATCH = 16;

  private static final int TIERS = Priority.values().length;
  private static final int ROWS = 2;

  private final Generation[] generations = {new Generation(), new Generation()};

  /** What came since a jump, for as long as that is looked at. */
  private final Generation since = new Generation();

  /** Weight of the tenant that was last seen in a slot; of row 0. */
  private final double[] weights = new double[SLOTS];

  /** Averages over a second, of what a window holds; written by the thread that ticks. */
  private final double[] sorts = new double[TIERS * Sorts.COUNT];

  private final double[] tenants = new double[ROWS * TIERS * SLOTS];

  /** Places that are not all zeros. */
  private final UsedPlaces usedSorts = new UsedPlaces(TIERS * Sorts.COUNT);

  private final UsedPlaces used = new UsedPlaces(ROWS * TIERS * SLOTS);

  // Scratch of the one thread that ticks.
  private final double[] asked = new double[SLOTS];
  private final double[] weight = new double[SLOTS];

  private int present;
  private volatile Window window = new Window(0, 1, false, 0);
  private long turnedNanos;
  private long tickedNanos;

  /** When calls suddenly came faster. */
  private long jumpedNanos;

  private boolean jumped;

  /** Calls of the current generation, as of the last tick. */
  private long callsBefore;

  Demand(long nowNanos) {
    turnedNanos = nowNanos;
    tickedNanos = nowNanos;
  }

  /**
   * What is looked at.
   *
   * @param current generation
   * @param previousShare part of the other generation that is in the window
   * @param jumped what comes is also counted apart
   * @param sinceNanos the window is what came since then; 0 if it is of 100 ms
   */
  private record Window(int current, double previousShare, boolean jumped, long sinceNanos) {

    /** Length of a full window over that of this one. */
    double scale(long nowNanos) {
      return sinceNanos == 0
          ? 1
          : (double) WINDOW_NANOS / Math.max(CostGate.TICK_NANOS, nowNanos - sinceNanos);
    }
  }

  void offer(int tier, int sort, int tenantHash, double weight, long costNanos) {
    long weighted = (long) (costNanos / weight);
    int first = slot(tenantHash, 0);
    int second = slot(tenantHash, 1);
    Window seen = window;
    ask(generations[seen.current], tier, sort, first, second, costNanos, weighted);
    if (seen.jumped) {
      ask(since, tier, sort, first, second, costNanos, weighted);
    }
    weights[first] = weight;
  }

  private void ask(
      Generation now, int tier, int sort, int first, int second, long costNanos, long weighted) {
    now.calls.getAndIncrement();
    ask(now.sorts, usedSorts, tier * Sorts.COUNT + sort, costNanos);
    ask(now.tenants, used, place(0, tier, first), weighted);
    ask(now.tenants, used, place(1, tier, second), weighted);
  }

  private static void ask(AtomicLongArray sums, UsedPlaces used, int place, long nanos) {
    sums.getAndAdd(place, nanos);
    used.add(place);
  }

  private static int place(int row, int tier, int slot) {
    return (row * TIERS + tier) * SLOTS + slot;
  }

  private static int slot(int hash, int row) {
    int mixed = (hash + row * 0x3C6EF372) * 0x9E3779B9;
    mixed ^= mixed >>> 15;
    mixed *= 0x85EBCA6B;
    return (mixed >>> 16) & (SLOTS - 1);
  }

  /** To be called every 10 ms. */
  void tick(long nowNanos) {
    lookForJump(nowNanos);
    tickedNanos = nowNanos;
    int current = window.current;
    long age = nowNanos - turnedNanos;
    if (age >= WINDOW_NANOS) {
      current = 1 - current;
      clear(generations[current]);
      if (age >= 2 * WINDOW_NANOS) {
        clear(generations[1 - current]);
      }
      callsBefore = 0;
      turnedNanos = nowNanos;
      age = 0;
    }
    double previousShare = 1 - (double) age / WINDOW_NANOS;
    boolean faster = jumped && faster(current, previousShare, nowNanos);
    window = new Window(current, previousShare, jumped, faster ? jumpedNanos : 0);
    follow(nowNanos);
  }

  /** Whether more came since the jump, for its time, than in the window of 100 ms. */
  private boolean faster(int current, double previousShare, long nowNanos) {
    double calls = calls(current, previousShare);
    long age = nowNanos - jumpedNanos;
    return age > 0 && (double) since.calls.get() / age > calls / WINDOW_NANOS;
  }

  private double calls(int current, double previousShare) {
    return generations[current].calls.get() + previousShare * generations[1 - current].calls.get();
  }

  /** A jump is over when it is in a full window. */
  private void lookForJump(long nowNanos) {
    Window seen = window;
    long calls = generations[seen.current].calls.get();
    double lately = calls - callsBefore;
    double before = calls(seen.current, seen.previousShare) - lately;
    callsBefore = calls;
    double expected = before * (nowNanos - tickedNanos) / WINDOW_NANOS;
    if (jumped) {
      jumped = nowNanos - jumpedNanos < WINDOW_NANOS;
      if (!jumped) {
        clear(since);
      }
    } else if (lately > expected + CERTAINTY * Math.sqrt(expected + BATCH)) {
      clear(since);
      jumped = true;
      jumpedNanos = nowNanos;
    }
  }

  private void clear(Generation generation) {
    generation.calls.set(0);
    clear(usedSorts, generation.sorts);
    clear(used, generation.tenants);
  }

  private static void clear(UsedPlaces used, AtomicLongArray sums) {
    for (int place = used.next(0); place < sums.length(); place = used.next(place + 1)) {
      sums.setPlain(place, 0);
    }
  }

  private void follow(long nowNanos) {
    Window seen = window;
    double scale = seen.scale(nowNanos);
    follow(sorts, usedSorts, seen, scale, generation -> generation.sorts);
    follow(tenants, used, seen, scale, generation -> generation.tenants);
  }

  private void follow(
      double[] averages,
      UsedPlaces used,
      Window seen,
      double scale,
      Function<Generation, AtomicLongArray> part) {
    for (int place = used.next(0); place < averages.length; place = used.next(place + 1)) {
      double recent = recent(seen, scale, place, part);
      averages[place] = next(averages[place], recent);
      if (averages[place] == 0 && recent == 0) {
        AtomicLongArray now = part.apply(generations[seen.current]);
        used.remove(place, same -> now.get(same) > 0);
      }
    }
  }

  private static double next(double average, double recent) {
    double next = average * (1 - FOLLOW) + FOLLOW * recent;
    return next < 1 ? 0 : next; // less than a nanosecond is nothing
  }

  private double recent(
      Window seen, double scale, int place, Function<Generation, AtomicLongArray> part) {
    return seen.sinceNanos != 0
        ? scale * part.apply(since).get(place)
        : part.apply(generations[seen.current]).get(place)
            + seen.previousShare * part.apply(generations[1 - seen.current]).get(place);
  }

  /** How many windows of 100 ms the window is worth: it is shorter after a jump. */
  double windows() {
    return 1 / window.scale(tickedNanos);
  }

  /**
   * By the thread that ticks.
   *
   * @param average of the last second, rather than the last window
   */
  double ofSort(int tier, int sort, boolean average) {
    int place = tier * Sorts.COUNT + sort;
    Window seen = window;
    return average
        ? sorts[place]
        : recent(seen, seen.scale(tickedNanos), place, generation -> generation.sorts);
  }

  /** The first sort from that one on of which a tier has asked; {@link Sorts#COUNT} if of none. */
  int nextSort(int tier, int from) {
    int first = tier * Sorts.COUNT;
    return Math.min(Sorts.COUNT, usedSorts.next(first + from) - first);
  }

  /** Demand of a tenant ÷ its weight. */
  double ofTenant(int tier, int tenantHash, boolean average, long nowNanos) {
    return Math.min(
        inSlot(0, tier, slot(tenantHash, 0), average, nowNanos),
        inSlot(1, tier, slot(tenantHash, 1), average, nowNanos));
  }

  private double inSlot(int row, int tier, int slot, boolean average, long nowNanos) {
    int place = place(row, tier, slot);
    Window seen = window;
    return average
        ? tenants[place]
        : recent(seen, seen.scale(nowNanos), place, generation -> generation.tenants);
  }

  /**
   * The level up to which every tenant of a tier can have what it asks for, times its weight, so
   * that all together get {@code capacityNanos}: max-min fairness.
   */
  double level(int tier, double capacityNanos, boolean average) {
    double high = findAsked(tier, average);
    double low = 0;
    for (int step = 0; step < 20; step++) {
      double level = (low + high) / 2;
      double given = 0;
      for (int i = 0; i < present; i++) {
        given += weight[i] * Math.min(asked[i], level);
      }
      if (given < capacityNanos) {
        low = level;
      } else {
        high = level;
      }
    }
    return high;
  }

  /** Collects the demands of a tier and returns the highest. */
  private double findAsked(int tier, boolean average) {
    present = 0;
    double high = 0;
    int end = place(0, tier + 1, 0);
    for (int at = used.next(place(0, tier, 0)); at < end; at = used.next(at + 1)) {
      int slot = at % SLOTS;
      double demand = inSlot(0, tier, slot, average, tickedNanos);
      if (demand > 0) {
        asked[present] = demand;
        weight[present++] = weights[slot] > 0 ? weights[slot] : 1;
        high = Math.max(high, demand);
      }
    }
    return high;
  }

  /** How many asked for something, as of the last {@link #level}; by the thread that ticks. */
  int tenants() {
    return present;
  }

  private static final class Generation {
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLongArray sorts = new AtomicLongArray(TIERS * Sorts.COUNT);
    private final AtomicLongArray tenants = new AtomicLongArray(ROWS * TIERS * SLOTS);
  }
}
