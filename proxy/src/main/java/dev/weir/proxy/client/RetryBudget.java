package dev.weir.proxy.client;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many retries there may be: one for every ten calls, and ten at once. A bucket of tokens that
 * starts full: each call adds a tenth of a retry. Without it, retries multiply the load on a server
 * that has too much of it already. Thread-safe.
 */
final class RetryBudget {

  /** Tokens are tenths of a retry. */
  private static final int RETRY = 10;

  private static final int CALL = 1;
  private static final int CAPACITY = 10 * RETRY;

  private final AtomicInteger tokens = new AtomicInteger(CAPACITY);

  /** A call begins, for the first time. */
  void called() {
    tokens.updateAndGet(left -> Math.min(CAPACITY, left + CALL));
  }

  /** Takes one retry, if there is one left. */
  boolean tryRetry() {
    return tokens.getAndUpdate(left -> left < RETRY ? left : left - RETRY) >= RETRY;
  }
}
