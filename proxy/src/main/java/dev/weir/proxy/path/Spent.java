package dev.weir.proxy.path;

import org.jspecify.annotations.Nullable;

/**
 * Where the time of an admitted request went.
 *
 * @param queueNanos from admission to worker, or to its end if it reached none
 * @param engineNanos on a worker, 0 if it reached none
 * @param estimateNanos what that was expected to take, 0 if nothing was
 * @param last its last stay; {@code null} if nobody knows when that was
 */
public record Spent(long queueNanos, long engineNanos, long estimateNanos, @Nullable Stay last) {

  /** Of a ride there are as many as its caller likes. */
  private static final int MOST_STAYS = 32;

  public Spent(long queueNanos, long engineNanos) {
    this(queueNanos, engineNanos, 0, null);
  }

  /** One stay. */
  public Spent(long admittedNanos, long startedNanos, long endedNanos, long estimateNanos) {
    this(
        startedNanos - admittedNanos,
        endedNanos - startedNanos,
        estimateNanos,
        new Stay(admittedNanos, startedNanos, endedNanos, 1, null));
  }

  /**
   * A part of a request from its admission to its end, by the clock of the data plane.
   *
   * @param startedNanos when it reached a worker; the end if it reached none
   * @param number 1 for the first
   * @param before the part before it
   */
  public record Stay(
      long admittedNanos, long startedNanos, long endedNanos, int number, @Nullable Stay before) {}

  /** Of a request that is computed in parts; the first of many are kept one by one. */
  public Spent plus(Spent more) {
    return new Spent(
        queueNanos + more.queueNanos,
        engineNanos + more.engineNanos,
        estimateNanos + more.estimateNanos,
        with(more.last));
  }

  private @Nullable Stay with(@Nullable Stay next) {
    Stay before = last;
    if (before == null || next == null) {
      return before == null ? next : before;
    }
    int number = before.number + 1;
    return number > MOST_STAYS
        ? before
        : new Stay(next.admittedNanos, next.startedNanos, next.endedNanos, number, before);
  }
}
