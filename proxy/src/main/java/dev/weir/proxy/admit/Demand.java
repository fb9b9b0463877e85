package dev.weir.proxy.admit;

import dev.weir.proxy.path.Priority;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What was asked for in the last 100 ms, in units of cost: by tier and size, and by tier and
 * tenant. Tenants are hashed into two rows of slots, of which the smaller one is believed [1], so
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

  private static final int TIERS = Priority.values().length;
  private static final int ROWS = 2;

  private final Generation[] generations = {new Generation(), new Generation()};

  /** Weight of the tenant that was last seen in a slot; of row 0. */
  private final double[] weights = new double[SLOTS];

  /** Averages over a second, of what a window holds; written by the thread that ticks. */
  private final double[] sizes = new double[TIERS * Sizes.COUNT];

  private final double[] tenants = new double[ROWS * TIERS * SLOTS];

  /** Places that are not all zeros. */
  private final UsedPlaces usedSizes = new UsedPlaces(TIERS * Sizes.COUNT);

  private final UsedPlaces used = new UsedPlaces(ROWS * TIERS * SLOTS);

  // Scratch of the one thread that ticks.
  private final double[] asked = new double[SLOTS];
  private final double[] weight = new double[SLOTS];

  private int present;
  private volatile int current;
  private volatile double previousShare = 1;
  private long turnedNanos;

  Demand(long nowNanos) {
    turnedNanos = nowNanos;
  }

  void offer(int tier, int size, int tenantHash, double weight, long costNanos) {
    Generation now = generations[current];
    ask(now.sizes, usedSizes, tier * Sizes.COUNT + size, costNanos);
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
    if (age >= WINDOW_NANOS) {
      int next = 1 - current;
      clear(generations[next]);
      current = next;
      turnedNanos = nowNanos;
      if (age >= 2 * WINDOW_NANOS) {
        clear(generations[1 - next]);
      }
      age = 0;
    }
    previousShare = 1 - (double) age / WINDOW_NANOS;
    follow();
  }

  private void clear(Generation generation) {
    clear(usedSizes, generation.sizes);
    clear(used, generation.tenants);
  }

  private static void clear(UsedPlaces used, AtomicLongArray sums) {
    for (int place = used.next(0); place < sums.length(); place = used.next(place + 1)) {
      sums.setPlain(place, 0);
    }
  }

  private void follow() {
    Generation now = generations[current];
    Generation before = generations[1 - current];
    follow(sizes, usedSizes, now.sizes, before.sizes);
    follow(tenants, used, now.tenants, before.tenants);
  }

  private void follow(
      double[] averages, UsedPlaces used, AtomicLongArray now, AtomicLongArray before) {
    for (int place = used.next(0); place < averages.length; place = used.next(place + 1)) {
      double recent = recent(place, now, before);
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

  private double recent(int place, AtomicLongArray now, AtomicLongArray before) {
    return now.get(place) + previousShare * before.get(place);
  }

  /**
   * @param average of the last second, rather than the last window
   */
  double ofSize(int tier, int size, boolean average) {
    int place = tier * Sizes.COUNT + size;
    int now = current;
    return average
        ? sizes[place]
        : recent(place, generations[now].sizes, generations[1 - now].sizes);
  }

  /** The least size from that one on of which a tier has asked; {@link Sizes#COUNT} if of none. */
  int nextSize(int tier, int from) {
    int first = tier * Sizes.COUNT;
    return Math.min(Sizes.COUNT, usedSizes.next(first + from) - first);
  }

  /** Demand of a tenant ÷ its weight. */
  double ofTenant(int tier, int tenantHash, boolean average) {
    return Math.min(
        inSlot(0, tier, slot(tenantHash, 0), average),
        inSlot(1, tier, slot(tenantHash, 1), average));
  }

  private double inSlot(int row, int tier, int slot, boolean average) {
    int place = place(row, tier, slot);
    int now = current;
    return average
        ? tenants[place]
        : recent(place, generations[now].tenants, generations[1 - now].tenants);
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
    private final AtomicLongArray sizes = new AtomicLongArray(TIERS * Sizes.COUNT);
    private final AtomicLongArray tenants = new AtomicLongArray(ROWS * TIERS * SLOTS);
  }
}
