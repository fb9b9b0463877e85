package dev.weir.chaos.load;

import org.jspecify.annotations.Nullable;

/**
 * Asks, waits, and asks again: at most one request is under way. Used on the event loop of its
 * {@link Traffic}, which it tells what becomes of each.
 */
interface Line {

  void send(Ask next, long deadlineMillis);

  /** What is under way. */
  @Nullable Ask ask();

  /** Whether one can ask again. */
  boolean usable();

  /** Hangs up; what was asked is not told of any more. */
  void hangUp();
}
