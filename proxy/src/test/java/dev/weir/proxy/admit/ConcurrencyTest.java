package dev.weir.proxy.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.config.GateSettings.Limit;
import dev.weir.proxy.path.Gate.Ending;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.api.Test;

final class ConcurrencyTest {

  private static final long MILLI = 1_000_000;
  private static final int PROCESSORS = 2;
  private static final int MOST = 100;

  private long nowNanos = Long.MAX_VALUE - 50 * MILLI;

  private Concurrency concurrency(Limit kind) {
    return new Concurrency(kind, PROCESSORS, MOST, nowNanos);
  }

  /** Computes calls of a millisecond one after the other, with a tick every 10 ms. */
  private void compute(Concurrency concurrency, Limit kind, int calls, Ending ending) {
    for (int call = 1; call <= calls; call++) {
      concurrency.started(nowNanos);
      nowNanos += MILLI;
      concurrency.ended(nowNanos, MILLI, MILLI, ending);
      if (call % 10 == 0) {
        concurrency.tick(kind, PROCESSORS, nowNanos);
      }
    }
  }

  @Test
  void aFixedLimitIsThatOfTheProcessors() {
    Concurrency concurrency = concurrency(Limit.FIXED);
    compute(concurrency, Limit.FIXED, 500, Ending.DROPPED);
    assertEquals(PROCESSORS, concurrency.limit());
  }

  @Test
  void aPolicyDecidesOnceInAHundredMilliseconds() {
    Concurrency concurrency = concurrency(Limit.AIMD);
    int before = concurrency.limit();
    compute(concurrency, Limit.AIMD, 90, Ending.DROPPED);
    assertEquals(before, concurrency.limit());
    compute(concurrency, Limit.AIMD, 10, Ending.DROPPED);
    assertTrue(concurrency.limit() < before, "was " + before + ", is " + concurrency.limit());
  }

  @Test
  void anotherPolicyBeginsAnewAtTheNextTick() {
    Concurrency concurrency = concurrency(Limit.AIMD);
    int before = concurrency.limit();
    compute(concurrency, Limit.AIMD, 500, Ending.DROPPED);
    assertNotEquals(before, concurrency.limit());
    concurrency.tick(Limit.FIXED, PROCESSORS, nowNanos);
    assertEquals(PROCESSORS, concurrency.limit());
  }

  @Test
  void anotherNumberOfProcessorsCountsAtTheNextTick() {
    Concurrency concurrency = concurrency(Limit.FIXED);
    concurrency.tick(Limit.FIXED, 3, nowNanos);
    assertEquals(3, concurrency.limit());
  }

  @Test
  void thereAreNeverMoreThanThreadsFor() {
    Concurrency concurrency = concurrency(Limit.FIXED);
    concurrency.tick(Limit.FIXED, 1_000, nowNanos);
    assertEquals(MOST, concurrency.limit());
  }

  @ParameterizedTest
  @EnumSource(Limit.class)
  void everyPolicyKeepsWithinItsBoundsWhateverHappens(Limit kind) {
    Concurrency concurrency = concurrency(kind);
    for (Ending ending : Ending.values()) {
      compute(concurrency, kind, 500, ending);
      assertTrue(concurrency.limit() >= 1 && concurrency.limit() <= MOST);
    }
  }
}
