package dev.weir.chaos.load;

/**
 * One request that is due.
 *
 * @param dueNanos when it should be sent, on the scale of {@link System#nanoTime}
 * @param retriesLeft if it is not answered well
 */
record Ask(Question question, long dueNanos, int retriesLeft) {

  Ask again(long nowNanos) {
    return new Ask(question, nowNanos, retriesLeft - 1);
  }
}
