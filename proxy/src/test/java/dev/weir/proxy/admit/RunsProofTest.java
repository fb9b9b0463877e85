package dev.weir.proxy.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** Whoever begins, ends and looks at running calls, none is lost or counted twice. */
final class RunsProofTest {

  private static final long NOW = Long.MAX_VALUE - 10_000_000;

  /** Workers take and free slots: there is always one for each, and no two have the same. */
  public static final class Slots {
    private final Runs runs = new Runs(2, NOW);
    private final int held = runs.begin(Runs.SMALL, NOW, 1_000);

    @Operation(runOnce = true)
    public void handOn() {
      runs.end(held, NOW);
      int next = runs.begin(Runs.LARGE, NOW, 1_000);
      runs.end(next, NOW);
    }

    @Operation(runOnce = true)
    public void run() {
      int slot = runs.begin(Runs.CRITICAL, NOW, 1_000);
      assertEquals(1, runs.count(Runs.CRITICAL));
      runs.end(slot, NOW);
    }

    @Validate
    public void allAreFree() {
      assertEquals(0, runs.count());
      assertEquals(0, runs.residueNanos(Runs.SMALL, NOW));
      int one = runs.begin(Runs.SMALL, NOW, 1_000);
      assertNotEquals(one, runs.begin(Runs.SMALL, NOW, 1_000));
    }
  }

  @Test
  void thereIsASlotForEachRunAndNoTwoHaveTheSame() {
    Scenes.check(Slots.class, 2);
  }

  /** A call that takes longer than expected ends while two see that it does. */
  public static final class Overdue {
    private static final long LATER = NOW + 2_000_000;
    private final Runs runs = new Runs(3, NOW);
    private final int late = runs.begin(Runs.SMALL, NOW, 100);

    @Operation(runOnce = true)
    public void end() {
      runs.end(late, LATER);
    }

    @Operation(runOnce = true)
    public void look() {
      assertEquals(0, runs.residueNanos(Runs.SMALL, LATER));
    }

    @Operation(runOnce = true)
    public void lookAgain() {
      runs.overrun(LATER, 0, 0);
    }

    @Validate
    public void nothingIsExpectedOfIt() {
      assertEquals(0, runs.count(Runs.SMALL));
      runs.begin(Runs.SMALL, LATER, 16_000);
      assertEquals(16_000, (double) runs.residueNanos(Runs.SMALL, LATER), 16);
    }
  }

  @Test
  void aCallThatTakesLongerThanExpectedIsTakenOutOfWhatIsExpectedOnce() {
    Scenes.check(Overdue.class, 3);
  }
}
