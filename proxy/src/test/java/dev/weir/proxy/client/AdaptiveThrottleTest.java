package dev.weir.proxy.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The formula of the book, on a clock and dice of the test. */
final class AdaptiveThrottleTest {

  private long nowNanos;
  private double random;

  private AdaptiveThrottle throttle() {
    return new AdaptiveThrottle(() -> nowNanos, () -> random);
  }

  private static void settle(AdaptiveThrottle throttle, int accepted, int refused) {
    for (int i = 0; i < accepted + refused; i++) {
      throttle.settled(i < accepted);
    }
  }

  @Test
  void letsEverythingThroughWhileTheServerAcceptsHalfOfIt() {
    AdaptiveThrottle throttle = throttle();
    assertEquals(0, throttle.probability());
    settle(throttle, 50, 50);
    assertEquals(0, throttle.probability());
    assertFalse(throttle.refuses());
  }

  @Test
  void refusesByTheFormulaBeyondThatAndCountsWhatItRefused() {
    AdaptiveThrottle throttle = throttle();
    settle(throttle, 30, 70);
    assertEquals((100 - 2.0 * 30) / 108, throttle.probability());
    random = 0.3;
    assertTrue(throttle.refuses());
    assertEquals((101 - 2.0 * 30) / 109, throttle.probability());
  }

  @Test
  void neverRefusesAllSoThatItFindsOutWhenTheServerRecovers() {
    AdaptiveThrottle throttle = throttle();
    settle(throttle, 0, 1_000);
    random = 0.9999;
    assertFalse(throttle.refuses());
  }

  @Test
  void hardlyRefusesAClientThatAsksSeldom() {
    AdaptiveThrottle throttle = throttle();
    settle(throttle, 0, 1);
    assertEquals(1.0 / 9, throttle.probability());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -5, Long.MAX_VALUE - 1_000, Long.MIN_VALUE})
  void forgetsAfterTwoMinutesWhereverTheClockBegins(long startNanos) {
    nowNanos = startNanos;
    AdaptiveThrottle throttle = throttle();
    settle(throttle, 0, 100);
    nowNanos = startNanos + TimeUnit.MILLISECONDS.toNanos(119_999);
    assertEquals(100.0 / 108, throttle.probability());
    nowNanos = startNanos + TimeUnit.SECONDS.toNanos(120);
    assertEquals(0, throttle.probability());
    settle(throttle, 0, 10);
    nowNanos = startNanos + TimeUnit.DAYS.toNanos(300);
    assertEquals(0, throttle.probability());
  }

  @Test
  void aBudgetAllowsTenRetriesAtOnceAndThenOneForEveryTenCalls() {
    RetryBudget budget = new RetryBudget();
    assertEquals(10, retries(budget));
    for (int i = 0; i < 9; i++) {
      budget.called();
    }
    assertEquals(0, retries(budget));
    budget.called();
    assertEquals(1, retries(budget));
    for (int i = 0; i < 10_000; i++) {
      budget.called();
    }
    assertEquals(10, retries(budget));
  }

  private static int retries(RetryBudget budget) {
    int retries = 0;
    while (budget.tryRetry()) {
      retries++;
    }
    return retries;
  }
}
