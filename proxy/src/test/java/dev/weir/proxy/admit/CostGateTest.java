package dev.weir.proxy.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.ManualTicker;
import dev.weir.proxy.Profiles;
import dev.weir.proxy.config.GateSettings;
import dev.weir.proxy.path.Gate.Ending;
import dev.weir.proxy.path.GateObserver;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.Place;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Profile;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.routing.RequestKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CostGateTest {

  private static final Profiles ROUTE = Profiles.ROUTE;
  private static final Profiles ISOCHRONE = Profiles.ROUTE.costing(Duration.ofMillis(100));

  /** Steps of 0.1 ms after which a flood is no news any more. */
  private static final int FLOOD_KNOWN = 3_000;

  private static final Comparator<Place> BY_TIER =
      Comparator.comparing(place -> place.profile().priority());

  private final ManualTicker ticker = new ManualTicker();
  private GateSettings settings = GateSettings.standard();
  private final List<Reason> wouldHaveRefused = new ArrayList<>();
  private final List<String> turnedAway = new ArrayList<>();
  private int sampled;
  private final GateObserver observer =
      new GateObserver() {
        @Override
        public void wouldHaveRefused(RequestKind kind, Reason reason) {
          wouldHaveRefused.add(reason);
        }

        @Override
        public void sampled(Profile profile, @Nullable Reason reason, long waitNanos, double part) {
          sampled++;
        }

        @Override
        public void turnedAway(Profile asked, Reason reason, long waitNanos, double part) {
          turnedAway.add(reason + " after " + Math.round(waitNanos / 1e6) + " ms, " + part);
        }
      };
  private final CostGate gate = new CostGate(() -> settings, 1, 4, observer, ticker);

  private @Nullable Reason refusal(Profiles call) {
    var refusal = gate.admit(new Place(call.at(ticker.nanos())));
    return refusal == null ? null : refusal.reason();
  }

  private Place admit(Profiles call) {
    Place place = new Place(call.at(ticker.nanos()));
    assertNull(gate.admit(place));
    return place;
  }

  private Place run(Profiles call) {
    Place place = admit(call);
    gate.started(place);
    return place;
  }

  private void fill(Profiles call, int calls) {
    for (int i = 0; i < calls; i++) {
      admit(call);
    }
  }

  @Test
  void admitsWhatCanBeDoneByItsDeadlineAfterWhatIsAhead() {
    run(ROUTE);
    fill(ROUTE, 50);
    assertEquals(Reason.DEADLINE_UNREACHABLE, refusal(ROUTE.within(Duration.ofMillis(51))));
    assertNull(refusal(ROUTE.within(Duration.ofMillis(53))));
  }

  @Test
  void tellsTheNumbersOfEachRefusalOfAFewAndOfAFewOfMany() {
    run(ROUTE);
    Profile asked = ROUTE.at(ticker.nanos());
    for (int i = 0; i < 1_000; i++) {
      gate.turnedAway(asked, Reason.OVER_SHARE);
      ticker.advance(Duration.ofMillis(1));
    }
    assertEquals(20, turnedAway.size());
    assertEquals("OVER_SHARE after 1 ms, 1.0", turnedAway.getFirst());

    for (int i = 0; i < 10; i++) {
      gate.turnedAway(asked, Reason.OVER_SHARE);
      ticker.advance(Duration.ofMillis(100));
    }
    assertEquals(30, turnedAway.size());
    assertEquals(0, sampled, "the statistics of all decisions do not hear of it");
  }

  @Test
  void theCallsOwnCostCounts() {
    run(ROUTE);
    assertEquals(Reason.DEADLINE_UNREACHABLE, refusal(ROUTE.within(Duration.ofNanos(1_999_000))));
    assertNull(refusal(ROUTE.within(Duration.ofMillis(2))));
  }

  @Test
  void whatCostsTooMuchIsTriedOnAnIdleProcessorForAThirtiethOfTheTime() {
    Profiles tooCostly = ISOCHRONE.within(Duration.ofMillis(80));
    assertEquals(Reason.DEADLINE_UNREACHABLE, refusal(ISOCHRONE.within(Duration.ZERO)), "late");
    Place probe = run(tooCostly);
    assertEquals(Reason.DEADLINE_UNREACHABLE, refusal(tooCostly), "one at a time");
    ticker.advance(Duration.ofMillis(2));
    gate.settle(probe, Ending.SERVED);
    assertEquals(Reason.DEADLINE_UNREACHABLE, refusal(tooCostly), "a pause after each");
    ticker.advance(Duration.ofMillis(60));
    Place busy = run(ROUTE);
    assertEquals(Reason.DEADLINE_UNREACHABLE, refusal(tooCostly), "not beside others");
    gate.settle(busy, Ending.SERVED);
    Place next = admit(tooCostly);
    gate.settle(next, Ending.DROPPED);
    assertNull(refusal(tooCostly), "one that was never started took no time");
  }

  @Test
  void aPauseOfTheMachineDuringAProbeDoesNotKeepTheNextOneAway() {
    Profiles tooCostly = ISOCHRONE.within(Duration.ofMillis(80));
    Place probe = run(tooCostly);
    ticker.advance(Duration.ofHours(1));
    gate.settle(probe, Ending.DROPPED);
    assertEquals(Reason.DEADLINE_UNREACHABLE, refusal(tooCostly));
    ticker.advance(Duration.ofMillis(30 * 80));
    assertNull(refusal(tooCostly));
  }

  @Test
  void aProbeIsAheadOfOthersForNoLongerThanItMayRun() {
    run(ROUTE.costing(Duration.ofHours(1)).within(Duration.ofMillis(80)));
    ticker.advance(Duration.ofMillis(50));
    assertNull(refusal(ROUTE.within(Duration.ofMillis(31))));
  }

  @Test
  void whatWaitsInLowerTiersIsNotAhead() {
    run(ROUTE);
    fill(ROUTE.of(Priority.SHEDDABLE), 90);
    assertNull(refusal(ROUTE.within(Duration.ofMillis(3))));
    assertEquals(
        Reason.DEADLINE_UNREACHABLE,
        refusal(ROUTE.of(Priority.BATCH).within(Duration.ofMillis(90))));
  }

  @Test
  void aLargerCallIsNotAheadOfASmallerOne() {
    run(ROUTE);
    fill(ROUTE.costing(Duration.ofMillis(3)), 30);
    assertNull(refusal(ROUTE.within(Duration.ofMillis(4))));
  }

  @Test
  void nobodyWaitsLongerThanIsGoodForAll() {
    run(ROUTE);
    fill(ROUTE, 201);
    assertEquals(Reason.QUEUE_FULL, refusal(ROUTE));
  }

  @Test
  void aStandingQueueIsKeptShort() {
    askInVain(25);
    run(ROUTE);
    wait(30);
    assertNull(refusal(ROUTE));
    ticker.advance(Duration.ofMillis(101));
    assertEquals(Reason.QUEUE_FULL, refusal(ROUTE));
  }

  @Test
  void inTheFirstMomentsOfAFloodTheQueueCountsAsOneThatStands() {
    askInVain(3);
    run(ROUTE);
    wait(30);
    assertEquals(Reason.QUEUE_FULL, refusal(ROUTE));
  }

  /** Far too much is asked for, and nobody waits for it. */
  private void askInVain(int ticks) {
    for (int tick = 0; tick < ticks; tick++) {
      for (int i = 0; i < 100; i++) {
        Place place = new Place(ROUTE.at(ticker.nanos()));
        if (gate.admit(place) == null) {
          gate.settle(place, Ending.DROPPED);
        }
      }
      ticker.advance(Duration.ofMillis(10));
      gate.tick();
    }
  }

  private void wait(int calls) {
    for (int i = 0; i < calls; i++) {
      gate.admit(new Place(ROUTE.at(ticker.nanos())));
    }
  }

  @Test
  void aFullHouseKeepsPlacesForHigherTiers() {
    settings = settings.with(draft -> draft.maxQueue = 10);
    for (Priority tier : List.of(Priority.BATCH, Priority.SHEDDABLE, Priority.DEFAULT)) {
      while (refusal(ROUTE.of(tier)) == null) {
        assertTrue(gate.inHouse() <= 9);
      }
    }
    assertEquals(9, gate.inHouse());
    assertNull(refusal(ROUTE.of(Priority.CRITICAL)));
    assertEquals(Reason.QUEUE_FULL, refusal(ROUTE.of(Priority.CRITICAL)));
  }

  @Test
  void screeningRefusesWhatEvenTheCheapestCallWouldBeRefusedFor() {
    Identity identity = ROUTE.at(ticker.nanos()).identity();
    assertNull(gate.screen(identity, 1));
    run(ROUTE);
    fill(ROUTE.of(Priority.CRITICAL), 50);
    assertEquals(
        Reason.DEADLINE_UNREACHABLE,
        Objects.requireNonNull(gate.screen(identity, Duration.ofMillis(20).toNanos())).reason());
    assertNull(gate.screen(identity, Duration.ofMillis(60).toNanos()));
  }

  @Test
  void everyPlaceAndAllWorkIsBackAfterAnyEnd() {
    for (Ending ending : Ending.values()) {
      Place waiting = admit(ROUTE);
      Place running = run(ISOCHRONE);
      gate.settle(waiting, ending);
      gate.settle(running, ending);
      gate.settle(running, ending);
      assertEquals(0, gate.inHouse());
      assertEquals(0, gate.running());
      assertEquals(0, gate.workAheadNanos());
    }
  }

  @Test
  void aBurstThatCameBeforeItWasKnownIsLookedAtAgainAsSoonAsItIs() {
    run(ROUTE);
    List<Profile> burst = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      Place place = new Place(ROUTE.inCohort(i % Profile.COHORTS).at(ticker.nanos()));
      if (gate.admit(place) == null) {
        burst.add(place.profile());
      }
    }
    assertEquals(200, burst.size(), 2, "as long a queue as may be");
    assertEquals(0, burst.stream().filter(gate::surplus).count(), "nothing is known yet");
    ticker.advance(Duration.ofMillis(10));
    gate.tick();
    assertEquals(180, burst.stream().filter(gate::surplus).toList().size(), 10);
    for (int i = 0; i < 20; i++) {
      ticker.advance(Duration.ofMillis(10));
      new ArrayList<>(burst).forEach(call -> refusal(ROUTE));
      gate.tick();
    }
    assertEquals(0, burst.stream().filter(gate::surplus).count(), "who came since is judged once");
  }

  @Test
  void aRuleThatIsOnlyTriedOutCountsAndLetsIn() {
    settings =
        settings.with(
            draft -> {
              draft.maxQueue = 100;
              draft.dryRun = List.of(GateSettings.Rule.values());
            });
    run(ROUTE);
    fill(ROUTE, 400);
    assertNull(refusal(ROUTE.within(Duration.ofMillis(10))));
    assertTrue(wouldHaveRefused.contains(Reason.QUEUE_FULL));
    assertTrue(wouldHaveRefused.contains(Reason.DEADLINE_UNREACHABLE));
    assertNull(gate.screen(ROUTE.at(ticker.nanos()).identity(), 1));
  }

  @Test
  void whereTheQueueGoesByAgeOnlyPlacesRefuseAndTheOtherRulesAreCounted() {
    settings =
        settings.with(
            draft -> {
              draft.maxQueue = 100;
              draft.maxQueueDelay = Duration.ofMillis(50);
              draft.order = GateSettings.Order.CODEL_LIFO;
            });
    run(ROUTE);
    fill(ROUTE, 88);
    assertNull(gate.screen(ROUTE.at(ticker.nanos()).identity(), 1));
    assertNull(refusal(ROUTE.within(Duration.ofMillis(10))));
    assertTrue(
        wouldHaveRefused.containsAll(List.of(Reason.QUEUE_FULL, Reason.DEADLINE_UNREACHABLE)));
    assertEquals(Reason.QUEUE_FULL, refusal(ROUTE));
  }

  @Test
  void newSettingsHoldFromTheNextDecisionOn() {
    settings = settings.with(draft -> draft.maxQueue = 10);
    fill(ROUTE, 9);
    assertEquals(Reason.QUEUE_FULL, refusal(ROUTE));
    settings =
        settings.with(
            draft -> {
              draft.maxQueue = 20;
              draft.permits = 2;
            });
    assertNull(refusal(ROUTE));
    gate.tick();
    assertEquals(2, gate.limit());
    assertEquals(2, gate.effectiveProcessors(), 0.01);
  }

  @Test
  void aCallOverItsBudgetIsStoppedForWhoeverMattersAsMuchOrOnlyForCriticalOnes() {
    Place running = run(ROUTE);
    Profile profile = running.profile();
    assertEquals(Duration.ofMillis(50).toNanos(), gate.budgetNanos(profile));
    assertEquals(Duration.ofMillis(400).toNanos(), gate.budgetNanos(ISOCHRONE.at(ticker.nanos())));
    admit(ROUTE.of(Priority.BATCH));
    assertFalse(gate.othersWait(profile));
    admit(ROUTE);
    assertTrue(gate.othersWait(profile));
    settings =
        settings.with(
            draft -> {
              draft.workBudget = 0;
              draft.workBudgetFor = GateSettings.Waiting.CRITICAL;
            });
    assertFalse(gate.othersWait(profile));
    assertEquals(Long.MAX_VALUE, gate.budgetNanos(profile));
    admit(ROUTE.of(Priority.CRITICAL));
    assertTrue(gate.othersWait(profile));
  }

  private void serve(Profiles call, Duration takes) {
    Place place = run(call);
    ticker.advance(takes);
    gate.settle(place, Ending.SERVED);
    gate.tick();
  }

  @Test
  void aSlowMachineShrinksWhatIsAdmittedWithinHalfASecond() {
    for (int i = 0; i < 200; i++) {
      serve(ROUTE, Duration.ofMillis(1));
    }
    assertEquals(1, gate.effectiveProcessors(), 0.1);
    for (int i = 0; i < 100; i++) {
      serve(ROUTE, Duration.ofMillis(4));
    }
    assertTrue(gate.effectiveProcessors() < 0.4, "is " + gate.effectiveProcessors());
  }

  @Test
  void aStalledCallShrinksWhatIsAdmittedBeforeItEnds() {
    for (int i = 0; i < 50; i++) {
      serve(ROUTE, Duration.ofMillis(1));
    }
    run(ROUTE);
    for (int i = 0; i < 10; i++) {
      ticker.advance(Duration.ofMillis(10));
      gate.tick();
    }
    assertTrue(gate.effectiveProcessors() < 0.2, "is " + gate.effectiveProcessors());
  }

  @Test
  void aPauseOfTheWholeProcessIsNoStall() {
    for (int i = 0; i < 50; i++) {
      serve(ROUTE, Duration.ofMillis(1));
    }
    run(ROUTE);
    ticker.advance(Duration.ofMillis(200));
    gate.tick();
    assertTrue(gate.effectiveProcessors() > 0.8, "is " + gate.effectiveProcessors());
  }

  @Test
  void aCallThatHangsWhileOthersEndDoesNotShrinkWhatIsAdmitted() {
    for (int i = 0; i < 50; i++) {
      serve(ROUTE, Duration.ofMillis(1));
    }
    run(ROUTE);
    for (int i = 0; i < 200; i++) {
      serve(ROUTE, Duration.ofMillis(1));
      ticker.advance(Duration.ofMillis(9));
      gate.tick();
    }
    assertTrue(gate.effectiveProcessors() > 0.8, "is " + gate.effectiveProcessors());
  }

  /**
   * Offers calls for a second, of which the first third is not counted, at so many times what one
   * processor can do, and serves them by tier.
   *
   * @return the part of each kind that was admitted
   */
  private double[] flood(List<Profiles> kinds, double times, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] offered = new int[kinds.size()];
    int[] admitted = new int[kinds.size()];
    double mean = kinds.stream().mapToLong(k -> k.cost().toNanos()).average().orElseThrow();
    List<Place> queue = new ArrayList<>();
    Place current = null;
    long freeAt = ticker.nanos();
    double due = 0;
    for (int step = 0; step < 10_000; step++) {
      for (due += times * 100_000 / mean; due >= 1; due--) {
        int kind = random.nextInt(kinds.size());
        Profiles call = kinds.get(kind).inCohort(random.nextInt(Profile.COHORTS));
        Place place = new Place(call.at(ticker.nanos()));
        int counts = step < FLOOD_KNOWN ? 0 : 1;
        offered[kind] += counts;
        if (gate.admit(place) == null) {
          admitted[kind] += counts;
          queue.add(place);
        }
      }
      ticker.advance(Duration.ofNanos(100_000));
      if (ticker.nanos() - freeAt >= 0) {
        if (current != null) {
          gate.settle(current, Ending.SERVED);
        }
        current = queue.isEmpty() ? null : Collections.min(queue, BY_TIER);
        queue.remove(current);
        if (current != null) {
          gate.started(current);
          freeAt = ticker.nanos() + current.profile().estimate().meanNanos();
        }
      }
      if (step % 100 == 99) {
        gate.tick();
      }
    }
    double[] parts = new double[offered.length];
    for (int kind = 0; kind < parts.length; kind++) {
      parts[kind] = (double) admitted[kind] / offered[kind];
    }
    return parts;
  }

  @Test
  void aTenantWithinItsShareIsAdmittedWhileAnotherFloods() {
    List<Profiles> calls = new ArrayList<>(Collections.nCopies(99, ROUTE.of("flood")));
    calls.add(ROUTE.of("modest"));
    double[] admitted = flood(calls, 10, 1);
    assertTrue(admitted[99] >= 0.95, "admitted " + admitted[99]);
    assertTrue(admitted[0] < 0.2, "admitted " + admitted[0]);
  }

  @Test
  void aHeavierTenantGetsMore() {
    double[] admitted = flood(List.of(ROUTE.of("a"), ROUTE.of("b").weighing(3)), 4, 2);
    assertEquals(3, admitted[1] / admitted[0], 0.6);
  }

  @Test
  void underOverloadTheLowerTierIsCutAndTheHigherIsNot() {
    double[] admitted =
        flood(List.of(ROUTE.of(Priority.CRITICAL), ROUTE, ROUTE, ROUTE.of(Priority.BATCH)), 2, 3);
    assertTrue(admitted[0] > 0.999, "critical " + admitted[0]);
    assertTrue(admitted[1] > 0.3 && admitted[1] < 0.7, "default " + admitted[1]);
    assertTrue(admitted[3] < 0.1, "batch " + admitted[3]);
  }

  @Test
  void underOverloadTheSameCohortsAreServed() {
    double[] admitted = flood(List.of(ROUTE), 4, 4);
    assertEquals(0.25, admitted[0], 0.04);
    assertNull(refusal(ROUTE.inCohort(0)));
    assertNotNull(refusal(ROUTE.inCohort(127)));
  }
}
