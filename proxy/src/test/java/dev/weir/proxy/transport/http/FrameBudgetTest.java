package dev.weir.proxy.transport.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class FrameBudgetTest {

  private static final int RESET = 4;

  private final ManualTicker ticker = new ManualTicker();
  private final FrameBudget budget = new FrameBudget(ticker);

  private boolean spend(int times, int cost) {
    boolean enough = true;
    for (int i = 0; i < times; i++) {
      enough &= budget.spend(cost);
    }
    return enough;
  }

  @Test
  void lastsForAThousandFramesAtOnce() {
    assertTrue(spend(1_000, 1));
    assertFalse(budget.spend(1));
  }

  @Test
  void growsByFiftyASecond() {
    assertTrue(spend(1_000, 1));
    ticker.advance(Duration.ofSeconds(1));
    assertTrue(spend(50, 1));
    assertFalse(budget.spend(1));
  }

  @Test
  void growsByFiftyASecondHoweverOftenItIsLookedAt() {
    assertTrue(spend(1_000, 1));
    for (int i = 0; i < 100; i++) {
      ticker.advance(Duration.ofMillis(30));
      assertTrue(budget.spend(1));
      ticker.advance(Duration.ofMillis(30));
      assertTrue(spend(2, 1));
    }
    assertFalse(budget.spend(1));
  }

  @Test
  void doesNotGrowBeyondWhatItBeganWith() {
    ticker.advance(Duration.ofDays(1));
    for (int i = 0; i < 100; i++) {
      budget.taken(1 << 20);
    }
    assertTrue(spend(1_000, 1));
    // What the day brought was not counted yet.
    assertTrue(spend(1_000, 1));
    assertFalse(budget.spend(1));
  }

  @Test
  void lastsForeverForACallerThatWaitsForOneAnswerInThree() {
    for (int i = 0; i < 100_000; i++) {
      budget.answered();
      assertTrue(spend(2, RESET));
    }
  }

  @Test
  void lastsForeverForACallerThatOpensTwoWindowsForEachPieceOfItsAnswers() {
    for (int i = 0; i < 10_000; i++) {
      budget.taken(16 << 10);
      assertTrue(spend(2, 1));
    }
  }
}
