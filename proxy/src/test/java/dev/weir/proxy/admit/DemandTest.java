package dev.weir.proxy.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class DemandTest {

  private static final int TIER = 1;
  private static final int SORT = Sorts.of(3, 12);
  private static final long CALL = Sizes.nanos(12);
  private static final long TICK = CostGate.TICK_NANOS;
  private static final long WINDOW = Demand.WINDOW_NANOS;

  private long nowNanos = Long.MAX_VALUE - WINDOW / 2;
  private final Demand demand = new Demand(nowNanos);

  private void offer(int tenant, double weight, long costNanos) {
    demand.offer(TIER, SORT, tenant, weight, costNanos);
  }

  private void pass(long nanos) {
    nowNanos += nanos;
    demand.tick(nowNanos);
  }

  @Test
  void theAverageFollowsWithinSomeSeconds() {
    for (int tick = 0; tick < 500; tick++) {
      demand.offer(TIER, SORT, 7, 1, 10);
      nowNanos += CostGate.TICK_NANOS;
      demand.tick(nowNanos);
    }
    assertEquals(100, demand.ofSort(TIER, SORT, true), 5);
    assertEquals(100, demand.ofTenant(TIER, 7, true, nowNanos), 5);
    assertEquals(50, demand.level(TIER, 50, true), 1);
  }

  @Test
  void knowsWhatWasAskedForByTierAndSort() {
    offer(1, 1, 100);
    offer(2, 1, 10);
    assertEquals(110, demand.ofSort(TIER, SORT, false));
    assertEquals(0, demand.ofSort(TIER, SORT + 1, false));
    assertEquals(0, demand.ofSort(TIER + 1, SORT, false));
  }

  @Test
  void underSteadyDemandTheWindowIsWorthAHundredMillisecondsAtAnyTick() {
    for (int tick = 0; tick < 50; tick++) {
      pass(TICK);
      if (tick > 20) {
        assertEquals(100, demand.ofSort(TIER, SORT, false), 10.001);
        assertEquals(100, demand.ofTenant(TIER, 7, false, nowNanos), 10.001);
      }
      offer(7, 1, 10);
    }
  }

  /** So many calls a tick, each of what its sort costs at least. */
  private void passTicks(int ticks, int callsEach) {
    for (int tick = 0; tick < ticks; tick++) {
      for (int call = 0; call < callsEach; call++) {
        offer(7, 1, CALL);
      }
      pass(TICK);
    }
  }

  @Test
  void afterAStepTheCalmBeforeItIsForgottenWithinTwoTicks() {
    passTicks(30, 10);
    passTicks(2, 200);
    assertEquals(2_000.0 * CALL, demand.ofSort(TIER, SORT, false), 1);
    assertEquals(2_000.0 * CALL, demand.ofTenant(TIER, 7, false, nowNanos), 1);
    assertEquals(0.1, demand.windows(), 1e-9);
    passTicks(20, 200);
    assertEquals(2_000.0 * CALL, demand.ofSort(TIER, SORT, false), 1);
    assertEquals(1, demand.windows());
  }

  @Test
  void inTheTickOfAStepWhatIsKnownSoFarIsLookedAt() {
    passTicks(23, 10);
    passTicks(1, 200);
    assertEquals(290.0 * CALL, demand.ofSort(TIER, SORT, false), 11.0 * CALL);
  }

  @Test
  void callsThatComeAtOnceAndNotAgainCountOnceForAHundredMilliseconds() {
    passTicks(30, 0);
    passTicks(1, 500);
    for (int tick = 0; tick < 5; tick++) {
      assertEquals(500.0 * CALL, demand.ofSort(TIER, SORT, false), 1);
      passTicks(1, 0);
    }
    passTicks(20, 0);
    assertEquals(0, demand.ofSort(TIER, SORT, false));
  }

  @Test
  void burstsCountForAsMuchAsIfTheyWereSpread() {
    for (int burst = 0; burst < 300; burst++) {
      passTicks(1, 40);
      passTicks(2, 0);
    }
    assertEquals(133.0 * CALL, demand.ofSort(TIER, SORT, true), 20.0 * CALL);
    assertEquals(133.0 * CALL, demand.ofTenant(TIER, 7, true, nowNanos), 20.0 * CALL);
  }

  @Test
  void betweenTicksOfAJumpATenantIsNotTakenForOneThatAsksForMoreAndMore() {
    passTicks(30, 10);
    passTicks(2, 200);
    for (int call = 0; call < 100; call++) {
      offer(7, 1, CALL);
    }
    assertEquals(2_000.0 * CALL, demand.ofTenant(TIER, 7, false, nowNanos + TICK / 2), 1);
  }

  @Test
  void chanceIsNoStep() {
    SplittableRandom random = new SplittableRandom(1);
    passTicks(30, 10);
    for (int tick = 0; tick < 5_000; tick++) {
      int calls = 0;
      for (int chance = 0; chance < 100; chance++) {
        calls += random.nextDouble() < 0.1 ? 1 : 0;
      }
      passTicks(1, calls);
      assertEquals(1, demand.windows(), "at tick " + tick);
    }
  }

  @Test
  void aFewCallsThatComeTogetherAreNoStep() {
    passTicks(30, 0);
    passTicks(1, 20);
    passTicks(1, 0);
    assertEquals(1, demand.windows());
  }

  @Test
  void whatComesAtOnceAfterAPauseCountsOnce() {
    passTicks(30, 10);
    pass(5 * TICK);
    passTicks(1, 60);
    passTicks(3, 10);
    assertEquals(100.0 * CALL, demand.ofSort(TIER, SORT, false), 21.0 * CALL);
  }

  @Test
  void whatWasAskedForLongAgoIsForgotten() {
    offer(1, 1, 1_000);
    pass(WINDOW);
    assertEquals(1_000, demand.ofSort(TIER, SORT, false));
    pass(WINDOW / 2);
    assertEquals(500, demand.ofSort(TIER, SORT, false), 1);
    pass(WINDOW / 2);
    assertEquals(0, demand.ofSort(TIER, SORT, false));
  }

  @Test
  void aTenantThatWasForgottenIsSeenAgain() {
    offer(7, 1, 1_000);
    for (int tick = 0; tick < 1_000; tick++) {
      pass(TICK);
    }
    assertEquals(0, demand.ofTenant(TIER, 7, true, nowNanos));
    offer(7, 1, 300);
    pass(TICK);
    assertEquals(300, demand.ofTenant(TIER, 7, false, nowNanos));
    assertEquals(3, demand.ofTenant(TIER, 7, true, nowNanos), 0.01);
    assertEquals(300, demand.level(TIER, 1_000, false), 1);
  }

  @Test
  void aPauseOfTheTickDoesNotKeepOldDemandAlive() {
    offer(1, 1, 1_000);
    pass(2 * WINDOW);
    assertEquals(0, demand.ofSort(TIER, SORT, false));
  }

  @Test
  void aTenantsDemandCountsByItsWeight() {
    offer(1, 4, 1_000);
    assertEquals(250, demand.ofTenant(TIER, 1, false, nowNanos));
  }

  @Test
  void aTenantIsNeverUnderestimatedAndHardlyOverestimatedAmongManyOthers() {
    for (int tenant = 0; tenant < 200; tenant++) {
      offer(tenant * 31, 1, 100);
    }
    int exact = 0;
    for (int tenant = 0; tenant < 200; tenant++) {
      double seen = demand.ofTenant(TIER, tenant * 31, false, nowNanos);
      assertTrue(seen >= 100);
      exact += seen == 100 ? 1 : 0;
    }
    assertTrue(exact >= 180, "exact: " + exact);
  }

  @Test
  void theLevelIsWhatEverybodyAsksForWhereThereIsEnough() {
    offer(1, 1, 100);
    offer(2, 1, 300);
    assertEquals(300, demand.level(TIER, 1_000, false), 1);
    assertEquals(2, demand.tenants());
  }

  @Test
  void whatTheModestLeaveIsSharedByTheGreedy() {
    offer(1, 1, 100);
    offer(2, 1, 10_000);
    offer(3, 1, 50_000);
    assertEquals(450, demand.level(TIER, 1_000, false), 1);
  }

  @Test
  void aHeavierTenantFillsUpToTheSameLevelTimesItsWeight() {
    offer(1, 1, 10_000);
    offer(2, 3, 30_000);
    assertEquals(250, demand.level(TIER, 1_000, false), 1);
  }

  @Test
  void nobodyAsksForNothing() {
    assertEquals(0, demand.level(TIER, 1_000, false));
    assertEquals(0, demand.tenants());
  }
}
