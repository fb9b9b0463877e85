package dev.weir.proxy.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class RunsTest {

  /** Ends are kept in steps of 16 ns. */
  private static final double ROUNDING = 16;

  private long nowNanos = Long.MAX_VALUE - 5_000_000;
  private final Runs runs = new Runs(3, nowNanos);

  @Test
  void countsRunsByClass() {
    runs.begin(Runs.SMALL, nowNanos, 1_000);
    runs.begin(Runs.SMALL, nowNanos, 1_000);
    runs.begin(Runs.CRITICAL, nowNanos, 1_000);
    assertEquals(3, runs.count());
    assertEquals(2, runs.count(Runs.SMALL));
    assertEquals(0, runs.count(Runs.LARGE));
  }

  @Test
  void whatIsExpectedOfThemGetsLessWhileTheyRunAndNeverLessThanNothing() {
    runs.begin(Runs.SMALL, nowNanos, 1_000_000);
    runs.begin(Runs.SMALL, nowNanos, 3_000_000);
    runs.begin(Runs.LARGE, nowNanos, 9_000_000);
    assertEquals(4_000_000, (double) runs.residueNanos(Runs.SMALL, nowNanos), 2 * ROUNDING);
    nowNanos += 2_000_000;
    assertEquals(1_000_000, (double) runs.residueNanos(Runs.SMALL, nowNanos), ROUNDING);
    nowNanos += 2_000_000;
    assertEquals(0, runs.residueNanos(Runs.SMALL, nowNanos));
  }

  @Test
  void aCallThatExceedsItsEstimateIsStillCountedAndTakesNothingFromWhatOthersNeed() {
    int late = runs.begin(Runs.SMALL, nowNanos, 1_000_000);
    runs.begin(Runs.SMALL, nowNanos, 9_000_000);
    nowNanos += 5_000_000;
    assertEquals(4_000_000, (double) runs.residueNanos(Runs.SMALL, nowNanos), ROUNDING);
    assertEquals(2, runs.count(Runs.SMALL));
    runs.end(late, nowNanos);
    runs.begin(Runs.SMALL, nowNanos, 2_000_000);
    assertEquals(6_000_000, (double) runs.residueNanos(Runs.SMALL, nowNanos), 2 * ROUNDING);
    nowNanos += 10_000_000;
    assertEquals(0, runs.residueNanos(Runs.SMALL, nowNanos));
    assertEquals(2, runs.count());
  }

  @Test
  void moreCallsRunThanAWordHasBits() {
    Runs many = new Runs(150, nowNanos);
    for (int slot = 0; slot < 150; slot++) {
      assertEquals(slot, many.begin(Runs.SMALL, nowNanos, 1_600));
    }
    assertEquals(150 * 1_600, (double) many.residueNanos(Runs.SMALL, nowNanos), 150 * ROUNDING);
    many.end(130, nowNanos);
    many.end(64, nowNanos);
    assertEquals(64, many.begin(Runs.LARGE, nowNanos, 1_600));
    assertEquals(149, many.count());
  }

  @Test
  void anEndFreesTheSlotAndSaysHowLongItTook() {
    int slot = runs.begin(Runs.SMALL, nowNanos, 1_000);
    nowNanos += 700;
    assertEquals(700, runs.end(slot, nowNanos));
    assertEquals(0, runs.count(Runs.SMALL));
    assertEquals(slot, runs.begin(Runs.LARGE, nowNanos, 1_000));
  }

  @Test
  void noTwoRunsHaveTheSameSlotAndThereAreNoMoreThanThreads() {
    int first = runs.begin(Runs.SMALL, nowNanos, 1_000);
    int second = runs.begin(Runs.SMALL, nowNanos, 1_000);
    runs.begin(Runs.SMALL, nowNanos, 1_000);
    assertNotEquals(first, second);
    assertThrows(IllegalStateException.class, () -> runs.begin(Runs.SMALL, nowNanos, 1_000));
  }

  @Test
  void knowsHowManyRanBesideACallOnAverage() {
    int slot = runs.begin(Runs.SMALL, nowNanos, 1_000);
    assertEquals(1, runs.beside(slot));
    runs.begin(Runs.SMALL, nowNanos, 1_000);
    runs.begin(Runs.SMALL, nowNanos, 1_000);
    assertEquals(2, runs.beside(slot));
  }

  @Test
  void theOneThatExceedsItsEstimateMostIsTheOverrun() {
    assertEquals(0, runs.overrun(nowNanos, nowNanos, nowNanos));
    runs.begin(Runs.SMALL, nowNanos, 20_000_000);
    runs.begin(Runs.LARGE, nowNanos, 10_000_000_000L);
    assertEquals(0, runs.overrun(nowNanos + 99_000_000, nowNanos, nowNanos));
    assertEquals(5, runs.overrun(nowNanos + 100_000_000, nowNanos, nowNanos), 0.05);
    assertEquals(
        0, runs.overrun(nowNanos + 100_000_000, nowNanos, nowNanos + 1), "paused till then");
    assertEquals(
        0, runs.overrun(nowNanos + 100_000_000, nowNanos + 1, nowNanos), "another ended since");
  }
}
