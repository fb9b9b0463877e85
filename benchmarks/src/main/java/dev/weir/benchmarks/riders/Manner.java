package dev.weir.benchmarks.riders;

/** What a rider does who does not get a good answer. */
enum Manner {
  /** Takes what comes, whenever it comes. */
  CALM,
  /** Asks again when Retry-After says so, and not before. */
  POLITE,
  /** Asks again at once: many of them are a retry storm. */
  STORM,
  /** Hangs up when the deadline is over. */
  LEAVES
}
