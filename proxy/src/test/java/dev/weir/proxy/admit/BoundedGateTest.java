package dev.weir.proxy.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.ManualTicker;
import dev.weir.proxy.config.GateSettings;
import dev.weir.proxy.path.CostModel;
import dev.weir.proxy.path.Deadline;
import dev.weir.proxy.path.Gate.Admission;
import dev.weir.proxy.path.Gate.Ending;
import dev.weir.proxy.path.Gate.Permit;
import dev.weir.proxy.path.Profile;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.routing.RequestKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class BoundedGateTest {

  private static final Duration COST = Duration.ofMillis(10);
  private static final Duration LONG = Duration.ofSeconds(5);

  private final ManualTicker ticker = new ManualTicker();
  private final CostModel costs = new FixedCosts();

  private static final class FixedCosts implements CostModel {
    @Override
    public long estimateNanos(RequestKind kind) {
      return COST.toNanos();
    }

    @Override
    public void learn(RequestKind kind, long busyNanos) {}
  }

  private BoundedGate gate(int permits, int queue, Duration maxQueueDelay, double share) {
    GateSettings settings =
        new GateSettings(permits, queue, maxQueueDelay, Duration.ofMillis(20), share);
    return new BoundedGate(settings, permits, costs, ticker);
  }

  private Profile profile(String tenant, Duration timeout) {
    Deadline deadline = Deadline.after(ticker.nanos(), timeout.toNanos());
    return new Profile(RequestKind.ROUTE, tenant, deadline, COST.toNanos());
  }

  private Permit enter(BoundedGate gate, String tenant, Duration timeout) {
    Admission admission = gate.admit(profile(tenant, timeout));
    return assertInstanceOf(Admission.Admitted.class, admission).permit();
  }

  private Refusal refused(BoundedGate gate, String tenant, Duration timeout) {
    Admission admission = gate.admit(profile(tenant, timeout));
    return assertInstanceOf(Admission.Refused.class, admission).refusal();
  }

  @Test
  void letsInNoMoreThanPermitsAndQueueAndRefusesTheNext() {
    BoundedGate gate = gate(2, 3, LONG, 1.0);
    for (int call = 0; call < 5; call++) {
      enter(gate, "a", LONG);
    }
    assertEquals(Reason.QUEUE_FULL, refused(gate, "a", LONG).reason());
    assertEquals(5, gate.inHouse());
  }

  @Test
  void takesTheNextCallOnceOneHasEnded() {
    BoundedGate gate = gate(1, 0, LONG, 1.0);
    Permit permit = enter(gate, "a", LONG);
    assertEquals(Reason.QUEUE_FULL, refused(gate, "a", LONG).reason());
    permit.started();
    permit.settle(Ending.SERVED);
    enter(gate, "a", LONG);
  }

  @Test
  void countsAPermitBackOnceHoweverOftenItIsSettled() {
    BoundedGate gate = gate(2, 2, LONG, 0.9);
    Permit permit = enter(gate, "a", LONG);
    enter(gate, "a", LONG);
    permit.started();
    permit.settle(Ending.SERVED);
    permit.settle(Ending.DROPPED);
    assertEquals(1, gate.inHouse());
    assertEquals(0, gate.running());
    assertEquals(COST.toNanos(), gate.workAheadNanos());
  }

  @Test
  void refusesACallThatCannotBeDoneByItsDeadline() {
    BoundedGate gate = gate(1, 100, LONG, 1.0);
    enter(gate, "a", LONG).started();
    enter(gate, "a", LONG);
    enter(gate, "a", LONG);
    // one running and two waiting ahead of it: 30 ms, and 10 ms of its own
    assertEquals(Reason.DEADLINE_UNREACHABLE, refused(gate, "a", Duration.ofMillis(39)).reason());
    enter(gate, "a", Duration.ofMillis(40));
  }

  @Test
  void refusesACallWhoseDeadlineIsShorterThanItsOwnCostEvenWhenIdle() {
    BoundedGate gate = gate(4, 4, LONG, 1.0);
    assertEquals(Reason.DEADLINE_UNREACHABLE, refused(gate, "a", Duration.ofMillis(9)).reason());
  }

  @Test
  void refusesOnceTheWaitingWorkExceedsTheQueueDelayWhateverTheDeadline() {
    BoundedGate gate = gate(2, 100, Duration.ofMillis(20), 1.0);
    for (int call = 0; call < 2; call++) {
      enter(gate, "a", LONG).started();
    }
    for (int call = 0; call < 5; call++) {
      enter(gate, "a", LONG);
    }
    // 50 ms of work wait for two workers
    assertEquals(Reason.QUEUE_FULL, refused(gate, "a", LONG).reason());
  }

  @Test
  void aBurstMayWaitAsLongAsTheQueueDelayButAStandingQueueIsKeptShort() {
    BoundedGate gate = gate(1, 100, Duration.ofMillis(100), 1.0);
    List<Permit> inside = new ArrayList<>();
    for (int call = 0; call < 11; call++) {
      inside.add(enter(gate, "a", LONG));
    }
    assertEquals(Reason.QUEUE_FULL, refused(gate, "a", LONG).reason());
    finish(inside, 3);
    ticker.advance(Duration.ofMillis(100));
    inside.add(enter(gate, "a", LONG)); // 80 ms wait in front
    ticker.advance(Duration.ofMillis(1));
    assertEquals(Reason.QUEUE_FULL, refused(gate, "a", LONG).reason());
    finish(inside, 7);
    // 20 ms wait in front
    inside.add(enter(gate, "a", LONG));
    assertEquals(Reason.QUEUE_FULL, refused(gate, "a", LONG).reason());
  }

  @Test
  void aQueueThatWasEmptyMayTakeABurstAgain() {
    BoundedGate gate = gate(1, 100, Duration.ofMillis(100), 1.0);
    List<Permit> inside = new ArrayList<>(List.of(enter(gate, "a", LONG)));
    ticker.advance(Duration.ofSeconds(1));
    finish(inside, 1);
    for (int call = 0; call < 11; call++) {
      inside.add(enter(gate, "a", LONG));
    }
    assertEquals(Reason.QUEUE_FULL, refused(gate, "a", LONG).reason());
  }

  private static void finish(List<Permit> inside, int calls) {
    for (int call = 0; call < calls; call++) {
      Permit permit = inside.removeFirst();
      permit.started();
      permit.settle(Ending.SERVED);
    }
  }

  @Test
  void aLongCallOnTheWorkerDoesNotCloseTheQueue() {
    BoundedGate gate = gate(1, 100, Duration.ofMillis(20), 1.0);
    Deadline deadline = Deadline.after(ticker.nanos(), LONG.toNanos());
    long second = Duration.ofSeconds(1).toNanos();
    Profile isochrone = new Profile(RequestKind.ISOCHRONE, "a", deadline, second);
    assertInstanceOf(Admission.Admitted.class, gate.admit(isochrone)).permit().started();
    enter(gate, "a", LONG);
    assertEquals(Reason.DEADLINE_UNREACHABLE, refused(gate, "a", COST).reason());
  }

  @Test
  void screensWithoutReservingAnything() {
    BoundedGate gate = gate(1, 0, LONG, 1.0);
    assertNull(gate.screen(RequestKind.ROUTE, "a", LONG.toNanos()));
    assertEquals(0, gate.inHouse());
    enter(gate, "a", LONG);
    Refusal refusal = Objects.requireNonNull(gate.screen(RequestKind.ROUTE, "a", LONG.toNanos()));
    assertEquals(Reason.QUEUE_FULL, refusal.reason());
  }

  @Test
  void holdsOneCallerToItsShareAndServesTheOthers() {
    BoundedGate gate = gate(1, 3, LONG, 0.5);
    enter(gate, "greedy", LONG);
    Permit second = enter(gate, "greedy", LONG);
    assertEquals(Reason.OVER_SHARE, refused(gate, "greedy", LONG).reason());
    assertEquals(
        Reason.OVER_SHARE,
        Objects.requireNonNull(gate.screen(RequestKind.ROUTE, "greedy", LONG.toNanos())).reason());
    enter(gate, "modest", LONG);
    second.settle(Ending.IGNORED);
    enter(gate, "greedy", LONG);
  }

  @Test
  void advisesToComeBackWhenTheBacklogIsDone() {
    GateSettings settings = new GateSettings(1, 1_000, LONG, Duration.ofMillis(20), 1.0);
    BoundedGate gate = new BoundedGate(settings, 1, costs, ticker);
    for (int call = 0; call < 300; call++) {
      enter(gate, "a", LONG);
    }
    Refusal refusal = refused(gate, "a", Duration.ofMillis(100));
    assertEquals(Duration.ofSeconds(4), refusal.retryAfter());
  }

  @Test
  void neverExceedsItsPlacesWhenManyThreadsAdmitAndSettle() throws Exception {
    int places = 7;
    BoundedGate gate = gate(2, places - 2, LONG, 0.6);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        SplittableRandom random = new SplittableRandom(thread);
        all.add(threads.submit(() -> storm(gate, random, inside, most, start)));
      }
      start.countDown();
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertTrue(most.get() <= places, "at most " + places + " inside, saw " + most.get());
    assertEquals(0, gate.inHouse());
    assertEquals(0, gate.running());
    assertEquals(0, gate.workAheadNanos());
  }

  private @Nullable Void storm(
      BoundedGate gate,
      SplittableRandom random,
      AtomicInteger inside,
      AtomicInteger most,
      CountDownLatch start)
      throws InterruptedException {
    start.await();
    List<Permit> mine = new ArrayList<>();
    for (int step = 0; step < 20_000; step++) {
      if (random.nextBoolean()) {
        if (gate.admit(profile("t" + random.nextInt(3), LONG))
            instanceof Admission.Admitted(Permit permit)) {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          mine.add(permit);
        }
      } else if (!mine.isEmpty()) {
        Permit permit = mine.remove(random.nextInt(mine.size()));
        if (random.nextBoolean()) {
          permit.started();
        }
        inside.decrementAndGet();
        permit.settle(Ending.SERVED);
      }
    }
    inside.addAndGet(-mine.size());
    mine.forEach(permit -> permit.settle(Ending.IGNORED));
    return null;
  }
}
