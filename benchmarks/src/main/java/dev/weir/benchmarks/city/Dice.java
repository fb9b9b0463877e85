package dev.weir.benchmarks.city;

/**
 * Randomness that depends on nothing but a seed, what it is for, and where: asked again, it says
 * the same, in whatever order. Immutable.
 *
 * <p>The mixing function is the finalizer of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
 */
final class Dice {

  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
  private static final double UNIT = 0x1.0p-53;

  private final long seed;

  Dice(long seed) {
    this.seed = seed;
  }

  /** Other dice for another use. */
  Dice named(String use) {
    return new Dice(mix(seed ^ mix(use.hashCode())));
  }

  private long bits(long a, long b) {
    return mix(mix(seed + a * GOLDEN_GAMMA) + b * GOLDEN_GAMMA);
  }

  private static long mix(long value) {
    long z = value + GOLDEN_GAMMA;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** From 0 to below 1. */
  double unit(long a, long b) {
    return (double) (bits(a, b) >>> 11) * UNIT;
  }

  boolean chance(double probability, long a, long b) {
    return unit(a, b) < probability;
  }

  /** From 0 to below the bound. */
  int pick(int bound, long a, long b) {
    return (int) Math.floorMod(bits(a, b), (long) bound);
  }

  /** From -1 to 1, changing smoothly over distances of 1. */
  double smooth(double x, double y) {
    long column = (long) Math.floor(x);
    long row = (long) Math.floor(y);
    double right = eased(x - Math.floor(x));
    double up = eased(y - Math.floor(y));
    double below = between(unit(column, row), unit(column + 1, row), right);
    double above = between(unit(column, row + 1), unit(column + 1, row + 1), right);
    return 2 * between(below, above, up) - 1;
  }

  private static double eased(double part) {
    return part * part * (3 - 2 * part);
  }

  private static double between(double from, double to, double part) {
    return from + (to - from) * part;
  }
}
