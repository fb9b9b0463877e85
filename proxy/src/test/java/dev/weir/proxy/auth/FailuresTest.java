package dev.weir.proxy.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who had enough for now. */
final class FailuresTest {

  private final ManualTicker ticker = new ManualTicker();
  private int mostInAMinute = 6;
  private final Failures failures = new Failures(() -> mostInAMinute, ticker);

  private int failsUntilRefused(String network) {
    int failed = 0;
    while (failures.allows(network) && failed < 1_000) {
      failures.count(network);
      failed++;
    }
    return failed;
  }

  @Test
  void allowsSoManyInAMinuteAndThenOneAfterTheOther() {
    assertEquals(6, failsUntilRefused("10.0.0.1"));
    ticker.advance(Duration.ofMillis(9_999));
    assertFalse(failures.allows("10.0.0.1"));
    ticker.advance(Duration.ofMillis(1));
    assertEquals(1, failsUntilRefused("10.0.0.1"));
    ticker.advance(Duration.ofSeconds(30));
    assertEquals(3, failsUntilRefused("10.0.0.1"));
    ticker.advance(Duration.ofDays(300));
    assertEquals(6, failsUntilRefused("10.0.0.1"));
  }

  @Test
  void whatManyFailAtOnceIsForgottenWithinAMinute() {
    for (int i = 0; i < 10_000; i++) {
      failures.count("10.0.0.1");
    }
    ticker.advance(Duration.ofMinutes(1));

    assertEquals(6, failsUntilRefused("10.0.0.1"));
  }

  @Test
  void nobodyPaysForAnother() {
    failsUntilRefused("10.0.0.1");

    assertTrue(failures.allows("10.0.0.2"));
    assertEquals(6, failsUntilRefused("10.0.0.2"));
  }

  @Test
  void withoutALimitNobodyHasHadEnough() {
    failsUntilRefused("10.0.0.1");
    mostInAMinute = 0;

    assertEquals(1_000, failsUntilRefused("10.0.0.1"));
    mostInAMinute = 6;
    assertFalse(failures.allows("10.0.0.1")); // what was counted before
    ticker.advance(Duration.ofSeconds(10));
    assertTrue(failures.allows("10.0.0.1"));
  }
}
