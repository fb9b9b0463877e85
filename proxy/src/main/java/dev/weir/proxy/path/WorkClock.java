package dev.weir.proxy.path;

/**
 * Tells what work took from what passed meanwhile: a thread that shares its processor with others,
 * or is held up by the machine, works for a part of the time only. Thread-safe.
 */
@FunctionalInterface
public interface WorkClock {

  /** Begins to measure what the current thread does. */
  Stint begin();

  /** Work of one thread. */
  @FunctionalInterface
  interface Stint {

    /**
     * Nanoseconds of a processor since the beginning; to be asked by the thread that began.
     * Negative if nobody can tell.
     */
    long workedNanos();
  }

  /** Where work is all that passes: in virtual time, or where the system does not tell. */
  static WorkClock passing(Ticker ticker) {
    return () -> {
      long sinceNanos = ticker.nanos();
      return () -> ticker.nanos() - sinceNanos;
    };
  }
}
