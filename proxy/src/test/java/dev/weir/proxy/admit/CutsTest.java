package dev.weir.proxy.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.path.Priority;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class CutsTest {

  private static final long MILLI = 1_000_000;
  private static final long TICK = CostGate.TICK_NANOS;

  private long nowNanos = Long.MAX_VALUE - 1_000;
  private final Demand demand = new Demand(nowNanos);
  private final Forecast forecast = new Forecast(1, 4, nowNanos);
  private final Cuts cuts = new Cuts(demand, 0.4);

  private void offer(Priority tier, long costNanos, int calls) {
    for (int i = 0; i < calls; i++) {
      demand.offer(tier.rank(), Sorts.of(0, Sizes.of(costNanos)), 1, 1, costNanos);
    }
  }

  private void tick() {
    nowNanos += TICK;
    demand.tick(nowNanos);
    cuts.tick(forecast, 0.4);
  }

  private boolean cut(Priority tier) {
    return cuts.of(tier.rank()).cuts();
  }

  @Test
  void nobodyIsCutBeforeAnythingIsAskedFor() {
    tick();
    assertSame(Cut.NONE, cuts.of(Priority.BATCH.rank()));
    assertEquals(Priority.BATCH, cuts.lowestAdmitted());
    assertEquals(0, cuts.loadPercent());
  }

  @Test
  void nobodyIsCutByChance() {
    SplittableRandom random = new SplittableRandom(1);
    for (int tick = 0; tick < 2_000; tick++) {
      for (int i = 0; i < 100; i++) {
        offer(Priority.DEFAULT, MILLI, random.nextDouble() < 0.07 ? 1 : 0);
      }
      tick();
      assertFalse(cut(Priority.DEFAULT), "at tick " + tick);
    }
  }

  @Test
  void aFloodIsCutWithinOneTick() {
    for (int i = 0; i < 20; i++) {
      offer(Priority.DEFAULT, MILLI, 5);
      tick();
    }
    offer(Priority.DEFAULT, MILLI, 1_000);
    tick();
    assertTrue(cut(Priority.DEFAULT));
  }

  @Test
  void aLittleTooMuchOfDearCallsIsCutInTheLongRun() {
    SplittableRandom random = new SplittableRandom(2);
    int cut = 0;
    for (int tick = 0; tick < 1_000; tick++) {
      offer(Priority.DEFAULT, 20 * MILLI, random.nextDouble() < 0.75 ? 1 : 0);
      tick();
      cut += tick >= 300 && cut(Priority.DEFAULT) ? 1 : 0;
    }
    assertTrue(cut > 600, "cut in so many of 700 ticks: " + cut);
    assertEquals(150, cuts.loadPercent(), 25);
  }

  @Test
  void theLowerTierIsCutAndTheHigherOneIsNot() {
    offer(Priority.CRITICAL, MILLI, 40);
    offer(Priority.DEFAULT, MILLI, 40);
    offer(Priority.BATCH, MILLI, 400);
    tick();
    assertFalse(cut(Priority.CRITICAL));
    assertFalse(cut(Priority.DEFAULT));
    assertTrue(cut(Priority.BATCH));
    assertEquals(Priority.SHEDDABLE, cuts.lowestAdmitted());
  }

  @Test
  void whatHigherTiersTakeIsNotThereForLowerOnes() {
    offer(Priority.CRITICAL, MILLI, 200);
    offer(Priority.DEFAULT, MILLI, 50);
    tick();
    assertTrue(cut(Priority.CRITICAL));
    assertEquals(0, cuts.of(Priority.DEFAULT.rank()).part(50.0 * MILLI), 0.01);
    assertNull(cuts.lowestAdmitted());
  }

  @Test
  void afterAFloodEverybodyIsAdmittedAgain() {
    offer(Priority.DEFAULT, MILLI, 400);
    tick();
    assertTrue(cut(Priority.DEFAULT));
    for (int i = 0; i < 25; i++) {
      tick();
    }
    assertFalse(cut(Priority.DEFAULT));
  }
}
