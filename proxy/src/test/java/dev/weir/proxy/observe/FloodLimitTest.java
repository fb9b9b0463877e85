package dev.weir.proxy.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.observe.FloodLimit.HeldBack;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class FloodLimitTest {

  private static final long SECOND = 1_000_000_000L;

  /** The clock wraps around in the first second of the test. */
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - SECOND / 2);

  private final FloodLimit limit = new FloodLimit(now::get, 2);

  @Test
  void letsSoManyLinesOfOneKindPassInASecond() {
    assertTrue(limit.admits("a", "m"));
    assertTrue(limit.admits("a", "m"));
    assertFalse(limit.admits("a", "m"));
    assertTrue(limit.admits("a", "other"));

    now.addAndGet(SECOND);
    assertTrue(limit.admits("a", "m"));
  }

  @Test
  void tellsOnceHowManyWereHeldBackWhenTheSecondIsOver() {
    for (int i = 0; i < 10; i++) {
      limit.admits("a", "m");
    }
    assertEquals(List.of(), limit.takeHeldBack());

    now.addAndGet(SECOND);
    assertEquals(List.of(new HeldBack("a", "m", 8)), limit.takeHeldBack());
    assertEquals(List.of(), limit.takeHeldBack());
  }

  @Test
  void staysBoundedHoweverManyKindsThereAre() {
    int passed = 0;
    for (int i = 0; i < 100_000; i++) {
      passed += limit.admits("a", "made up " + i) ? 1 : 0;
    }
    assertTrue(passed <= 2 * 256, () -> "too many");
  }
}
