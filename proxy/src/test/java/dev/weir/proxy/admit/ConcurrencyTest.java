package dev.weir.proxy.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.config.GateSettings.Limit;
import dev.weir.proxy.path.Gate.Ending;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

  /** So many that an additive policy goes up by one after each window. */
  private void crowd(Concurrency concurrency) {
    for (int call = 0; call < MOST; call++) {
      concurrency.started(nowNanos);
    }
  }

  @Test
  void aPolicyDecidesOnceInAHundredMilliseconds() {
    Concurrency concurrency = concurrency(Limit.AIMD);
    int before = concurrency.limit();
    crowd(concurrency);
    compute(concurrency, Limit.AIMD, 90, Ending.SERVED);
    assertEquals(before, concurrency.limit());
    compute(concurrency, Limit.AIMD, 10, Ending.SERVED);
    assertEquals(before + 1, concurrency.limit());
    compute(concurrency, Limit.AIMD, 100, Ending.DROPPED);
    assertEquals(before, concurrency.limit());
  }

  @Test
  void anotherPolicyIsAskedFromTheNextTickOn() {
    Concurrency concurrency = concurrency(Limit.AIMD);
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
