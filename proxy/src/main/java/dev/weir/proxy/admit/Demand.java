package dev.weir.proxy.admit;

import dev.weir.proxy.path.Priority;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What was asked for in the last 100 ms, in units of cost: by tier and sort, and by tier and
 * tenant. When calls suddenly come faster, the window begins anew, and counts for as much as if it
 * were of 100 ms: what is asked for is known 20 ms after a step, not diluted by the calm before it.
 * What came at once and not again is counted as before. Tenants are hashed into two rows of slots, of which the smaller one is believed [1], so
 * that memory and time do not depend on their number. Written by event loops, turned over by {@link
 * #tick} from one thread; lock-free.
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
  private volatile Window window = new Window(0, 1, 1);
  private long turnedNanos;
  private long tickedNanos;

  /** Calls of the current generation, as of the last tick. */
  private double callsBefore;

  /** At which calls came lately. */
  private double callsPerNano;

  /** The current generation began with a jump, so what was before it says nothing. */
  private boolean jumped;

  Demand(long nowNanos) {
    turnedNanos = nowNanos;
    tickedNanos = nowNanos;
  }

  /**
   * What is looked at.
   *
   * @param current generation
   * @param previousShare part of the other generation that is in the window
   * @param scale length of a full window over that of this one
   */
  private record Window(int current, double previousShare, double scale) {}

  void offer(int tier, int sort, int tenantHash, double weight, long costNanos) {
    Generation now = generations[window.current];
    ask(now.sorts, usedSorts, tier * Sorts.COUNT + sort, costNanos);
    long weighted = (long) (costNanos / weight);
    int first = slot(tenantHash, 0);
    ask(now.tenants, used, place(0, tier, first), weighted);
    ask(now.tenants, used, place(1, tier, slot(tenantHash, 1)), weighted);
    weights[first] = weight;
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
    long age = nowNanos - turnedNanos;
    boolean jump = jump(age, nowNanos - tickedNanos);
    tickedNanos = nowNanos;
    if (jump || age >= WINDOW_NANOS) {
      turn(age);
      turnedNanos = nowNanos;
      jumped = jump;
    } else if (jumped) {
      double shortNanos = Math.max(age, CostGate.TICK_NANOS);
      window = new Window(window.current, 0, WINDOW_NANOS / shortNanos);
    } else {
      window = new Window(window.current, 1 - (double) age / WINDOW_NANOS, 1);
    }
    follow();
  }

  /** Begins another generation; until the next tick, the one that ends is looked at. */
  private void turn(long age) {
    int next = 1 - window.current;
    clear(generations[next]);
    window = new Window(next, 1, 1);
    callsBefore = 0;
    if (age >= 2 * WINDOW_NANOS) {
      clear(generations[1 - next]);
    }
  }

  /** Whether more calls came since the last tick than chance makes of those before. */
  private boolean jump(long age, long sinceNanos) {
    if (sinceNanos <= 0) {
      return false;
    }
    double calls = calls(generations[window.current]);
    double lately = calls - callsBefore;
    callsBefore = calls;
    double expected = callsPerNano * sinceNanos;
    boolean jump = lately > expected + CERTAINTY * Math.sqrt(expected + BATCH);
    if (jump) {
      callsPerNano = lately / sinceNanos;
    } else if (jumped) {
      callsPerNano = calls / age;
    } else {
      double share = Math.max(0, 1 - (double) age / WINDOW_NANOS);
      double before = share * calls(generations[1 - window.current]);
      callsPerNano = (calls + before) / Math.max(age, WINDOW_NANOS);
    }
    return jump;
  }

  private double calls(Generation generation) {
    double calls = 0;
    for (int at = usedSorts.next(0); at < TIERS * Sorts.COUNT; at = usedSorts.next(at + 1)) {
      calls += (double) generation.sorts.get(at) / Sizes.nanos(Sorts.size(at));
    }
    return calls;
  }

  private void clear(Generation generation) {
    clear(usedSorts, generation.sorts);
    clear(used, generation.tenants);
  }

  private static void clear(UsedPlaces used, AtomicLongArray sums) {
    for (int place = used.next(0); place < sums.length(); place = used.next(place + 1)) {
      sums.setPlain(place, 0);
    }
  }

  private void follow() {
    Generation now = generations[window.current];
    Generation before = generations[1 - window.current];
    follow(sorts, usedSorts, now.sorts, before.sorts);
    follow(tenants, used, now.tenants, before.tenants);
  }

  private void follow(
      double[] averages, UsedPlaces used, AtomicLongArray now, AtomicLongArray before) {
    for (int place = used.next(0); place < averages.length; place = used.next(place + 1)) {
      double recent = recent(window, place, now, before);
      averages[place] = next(averages[place], recent);
      if (averages[place] == 0 && recent == 0) {
        used.remove(place, same -> now.get(same) > 0);
      }
    }
  }

  private static double next(double average, double recent) {
    double next = average * (1 - FOLLOW) + FOLLOW * recent;
    return next < 1 ? 0 : next; // less than a nanosecond is nothing
  }

  private static double recent(
      Window window, int place, AtomicLongArray now, AtomicLongArray before) {
    return window.scale * (now.get(place) + window.previousShare * before.get(place));
  }

  /** How many windows of 100 ms the window is worth: it is shorter after a jump. */
  double windows() {
    return 1 / window.scale;
  }

  /**
   * @param average of the last second, rather than the last window
   */
  double ofSort(int tier, int sort, boolean average) {
    int place = tier * Sorts.COUNT + sort;
    Window seen = window;
    return average
        ? sorts[place]
        : recent(
            seen,
            place,
            generations[seen.current].sorts,
            generations[1 - seen.current].sorts);
  }

  /** The first sort from that one on of which a tier has asked; {@link Sorts#COUNT} if of none. */
  int nextSort(int tier, int from) {
    int first = tier * Sorts.COUNT;
    return Math.min(Sorts.COUNT, usedSorts.next(first + from) - first);
  }

  /** Demand of a tenant ÷ its weight. */
  double ofTenant(int tier, int tenantHash, boolean average) {
    return Math.min(
        inSlot(0, tier, slot(tenantHash, 0), average),
        inSlot(1, tier, slot(tenantHash, 1), average));
  }

  private double inSlot(int row, int tier, int slot, boolean average) {
    int place = place(row, tier, slot);
    Window seen = window;
    return average
        ? tenants[place]
        : recent(
            seen,
            place,
            generations[seen.current].tenants,
            generations[1 - seen.current].tenants);
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
      double demand = inSlot(0, tier, slot, average);
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
    private final AtomicLongArray sorts = new AtomicLongArray(TIERS * Sorts.COUNT);
    private final AtomicLongArray tenants = new AtomicLongArray(ROWS * TIERS * SLOTS);
  }
}
