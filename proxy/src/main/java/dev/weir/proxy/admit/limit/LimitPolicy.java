package dev.weir.proxy.admit.limit;

/**
 * Says how many calls may be computed at the same time, from what the last window has shown. What a
 * policy remembers it keeps in itself, so an object serves one gate; it is confined to one thread
 * or guarded by the lock of whoever asks. The same windows give the same limits: there is no clock
 * and there are no dice.
 */
public interface LimitPolicy {

  /** The limit before anything is known, at least 1. */
  double initial();

  /**
   * The limit for the next window, at least 1. Fractions are kept so that small steps add up; the
   * gate rounds.
   *
   * @param limit in force during the window
   */
  double next(double limit, Window window);
}
