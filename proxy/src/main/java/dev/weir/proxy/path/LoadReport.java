package dev.weir.proxy.path;

import org.jspecify.annotations.Nullable;

/**
 * What callers are told of how much there is to do, with every answer. Thread-safe; called on event
 * loops and workers, possibly 100,000 times a second: it costs nanoseconds and allocates nothing.
 */
public interface LoadReport {

  /**
   * Work that is there, per work that can be done: 0 for none, 100 for processors that are all busy
   * while nothing waits, and more by what waits.
   */
  int loadPercent();

  /**
   * The lowest tier of which nobody is being refused for want of room, {@code null} if there is
   * none.
   */
  @Nullable Priority lowestAdmitted();
}
