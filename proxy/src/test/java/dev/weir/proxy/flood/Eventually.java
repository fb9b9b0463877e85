package dev.weir.proxy.flood;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for the outside world, which tells nobody when it is ready. */
public final class Eventually {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration BETWEEN = Duration.ofMillis(5);

  private Eventually() {}

  /** A condition on the outside world. */
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws Exception;
  }

  /** Returns as soon as the condition holds; fails the test if it does not for very long. */
  public static void holds(String what, Condition condition) throws Exception {
    holds(() -> what, PATIENCE, BETWEEN, condition);
  }

  /**
   * The same for what takes longer.
   *
   * @param what is missing by then
   * @param between two looks
   */
  public static void holds(
      Supplier<String> what, Duration patience, Duration between, Condition condition)
      throws Exception {
    long startNanos = System.nanoTime();
    while (!condition.holds()) {
      if (System.nanoTime() - startNanos > patience.toNanos()) {
        fail("never happened: " + what.get());
      }
      LockSupport.parkNanos(between.toNanos());
    }
  }
}
