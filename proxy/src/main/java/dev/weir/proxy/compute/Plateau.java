package dev.weir.proxy.compute;

/** Tells when a series of throughputs no longer grows. Confined to one thread. */
final class Plateau {

  /** Growth that still counts as growth; windows on a shared machine differ by some percent. */
  private static final double GROWTH = 1.05;

  /** So many windows in a row without growth are a plateau. */
  private static final int WINDOWS = 3;

  private double best;
  private int level;

  void add(double perSecond) {
    level = perSecond > best * GROWTH ? 0 : level + 1;
    best = Math.max(best, perSecond);
  }

  boolean reached() {
    return level >= WINDOWS;
  }
}
