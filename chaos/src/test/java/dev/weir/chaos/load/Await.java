package dev.weir.chaos.load;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what others do. */
final class Await {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Await() {}

  static void until(BooleanSupplier condition) {
    long startNanos = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - startNanos < PATIENCE.toNanos(), "it never happened");
      LockSupport.parkNanos(1_000_000);
    }
  }
}
