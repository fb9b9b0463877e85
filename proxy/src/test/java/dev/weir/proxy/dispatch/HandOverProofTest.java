package dev.weir.proxy.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.weir.proxy.Profiles;
import dev.weir.proxy.Together;
import dev.weir.proxy.config.GateSettings.Order;
import dev.weir.proxy.dispatch.RankedQueue.Shed;
import dev.weir.proxy.dispatch.RankedQueue.Started;
import dev.weir.proxy.path.Dispatcher.Task;
import dev.weir.proxy.path.Outlook;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Profile;
import dev.weir.proxy.path.Refusal.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * No call is lost, handed out twice or left waiting beside a free permit between the event loops
 * that bring calls and the workers that look for them, in any interleaving that was looked at.
 */
final class HandOverProofTest {

  private static final int INTERLEAVINGS = 80;
  private static final long NOW = Long.MAX_VALUE - 1_000;
  private static final Profiles ROUTE = Profiles.ROUTE;
  private static final Profile SMALL = ROUTE.at(NOW);
  private static final Profile LARGE = ROUTE.costing(Duration.ofMillis(100)).at(NOW);
  private static final Profile CRITICAL = ROUTE.of(Priority.CRITICAL).at(NOW);
  private static final Profile LATE = ROUTE.within(Duration.ZERO).at(NOW);

  /** Without waits; large is what takes 10 ms. */
  private static final class CostsOnly implements Outlook {
    @Override
    public boolean surplus(Profile profile) {
      return false;
    }

    @Override
    public long waitNanos(Profile profile) {
      return 0;
    }

    @Override
    public boolean large(Profile profile) {
      return runNanos(profile) >= 10_000_000;
    }

    @Override
    public long runNanos(Profile profile) {
      return profile.estimate().meanNanos();
    }
  }

  /** A queue whose workers are whatever threads happen to find work; a call runs already. */
  private static final class House {
    private final RankedQueue queue;
    private final List<Counted> calls = new ArrayList<>();
    private final Started running;

    House(int limit) {
      this(limit, () -> Order.COST);
    }

    House(int limit, Supplier<Order> order) {
      queue = new RankedQueue(() -> limit, () -> 0.4, order, new CostsOnly(), () -> NOW);
      running = occupy(SMALL);
    }

    /** Is going to come. */
    Counted call(Profile profile) {
      Counted call = new Counted(profile);
      calls.add(call);
      return call;
    }

    /** Runs from the beginning. */
    Started occupy(Profile profile) {
      return Objects.requireNonNull(queue.offer(new Counted(profile)));
    }

    /** As an event loop does, but computes what it may start. */
    void bring(Task task) {
      Started started = queue.offer(task);
      if (started != null) {
        work(started);
      } else if (queue.startable()) {
        startNext();
      }
    }

    /** As a worker does, with the call that ran from the beginning. */
    void end() {
      work(running);
    }

    private void work(Started started) {
      started.task().run();
      queue.finished(started);
      startNext();
    }

    void startNext() {
      List<Shed> shed = new ArrayList<>();
      for (Started next = queue.next(shed); next != null; next = queue.next(shed)) {
        next.task().run();
        queue.finished(next);
      }
      shed.forEach(Shed::run);
    }

    void sweep() {
      queue.sweep().forEach(Shed::run);
    }

    void assertDone(int running) {
      for (Counted call : calls) {
        assertEquals(1, call.ends());
      }
      assertEquals(0, queue.length());
      assertEquals(running, queue.running());
    }

    /** The same, and that those ran, and those only, that were not too late. */
    void assertDoneAsFarAsInTime(int running) {
      assertDone(running);
      for (Counted call : calls) {
        assertEquals(LATE.equals(call.profile()) ? 0 : 1, call.runs());
      }
    }
  }

  /** A worker ends while two event loops bring calls. */
  public static final class Arrivals {
    private final House house = new House(1);
    private final Counted small = house.call(SMALL);
    private final Counted large = house.call(LARGE);

    @Operation(runOnce = true)
    public void end() {
      house.end();
    }

    @Operation(runOnce = true)
    public void bringOne() {
      house.bring(small);
    }

    @Operation(runOnce = true)
    public void bringAnother() {
      house.bring(large);
    }

    @Validate
    public void allRan() {
      house.assertDoneAsFarAsInTime(0);
    }
  }

  @Test
  void whoeverEndsSeesWhatCameMeanwhile() {
    check(Arrivals.class, 3);
  }

  /** A worker meets a call that is too late while an event loop brings one. */
  public static final class Lateness {
    private final House house = new House(1);
    private final Counted next = house.call(SMALL);

    public Lateness() {
      house.bring(house.call(LATE));
    }

    @Operation(runOnce = true)
    public void end() {
      house.end();
    }

    @Operation(runOnce = true)
    public void bring() {
      house.bring(next);
    }

    @Validate
    public void theOtherRan() {
      house.assertDoneAsFarAsInTime(0);
    }
  }

  @Test
  void aCallThatComesWhileALateOneIsShedDoesNotWaitForIt() {
    check(Lateness.class, 2);
  }

  /** A critical call comes while others wait and somebody looks over the queue. */
  public static final class Urgency {
    private final House house = new House(1);
    private final Counted patient = house.call(SMALL);
    private final Counted critical = house.call(CRITICAL);

    public Urgency() {
      house.bring(patient);
    }

    @Operation(runOnce = true)
    public void bring() {
      house.bring(critical);
    }

    @Operation(runOnce = true)
    public void sweep() {
      house.sweep();
    }

    @Validate
    public void itRan() {
      assertEquals(1, critical.runs());
      assertFalse(house.queue.criticalWaits());
      assertEquals(0, patient.ends());
      house.end();
      house.assertDoneAsFarAsInTime(0);
    }
  }

  @Test
  void aCriticalCallNeverWaitsForOthersToEnd() {
    check(Urgency.class, 2);
  }

  /**
   * A late small call leaves while a large one comes that may run only where no small one waits.
   */
  public static final class Leftovers {
    private final House house = new House(2);
    private final Counted large = house.call(LARGE);

    public Leftovers() {
      house.occupy(LARGE);
      house.bring(house.call(LATE));
    }

    @Operation(runOnce = true)
    public void end() {
      house.end();
    }

    @Operation(runOnce = true)
    public void bring() {
      house.bring(large);
    }

    @Validate
    public void itRan() {
      house.assertDoneAsFarAsInTime(1);
    }
  }

  @Test
  void aLargeCallIsNotKeptWaitingForASmallOneThatHasLeft() {
    check(Leftovers.class, 2);
  }

  /** A sweep, an end and two arrivals. */
  public static final class Sweep {
    private final House house = new House(1);
    private final Counted late = house.call(LATE);
    private final Counted other = house.call(SMALL);

    @Operation(runOnce = true)
    public void end() {
      house.end();
    }

    @Operation(runOnce = true)
    public void bring() {
      house.bring(late);
      house.bring(other);
    }

    @Operation(runOnce = true)
    public void sweep() {
      house.sweep();
    }

    @Validate
    public void eachEndedOnce() {
      house.assertDone(0);
      assertEquals(1, other.runs());
    }
  }

  @Test
  void aSweepTakesNothingFromAWorkerAndAWorkerNothingFromASweep() {
    check(Sweep.class, 3);
  }

  /** The queue is cleared while a worker ends and a call comes. */
  public static final class Clearing {
    private final House house = new House(1);
    private final Counted critical = house.call(CRITICAL);

    public Clearing() {
      house.bring(house.call(LARGE));
    }

    @Operation(runOnce = true)
    public void end() {
      house.end();
    }

    @Operation(runOnce = true)
    public void bring() {
      house.bring(critical);
    }

    @Operation(runOnce = true)
    public void clear() {
      house.queue.clear().forEach(task -> task.shed(Reason.DRAINING));
    }

    @Validate
    public void eachEndedOnce() {
      house.assertDone(0);
    }
  }

  @Test
  void aCallIsEitherClearedOrRun() {
    check(Clearing.class, 3);
  }

  /** The order is changed while a worker ends and calls come. */
  public static final class Reordering {
    private final AtomicReference<Order> order = new AtomicReference<>(Order.COST);
    private final House house = new House(1, order::get);
    private final Counted critical = house.call(CRITICAL);

    public Reordering() {
      house.bring(house.call(LARGE));
    }

    @Operation(runOnce = true)
    public void end() {
      house.end();
    }

    @Operation(runOnce = true)
    public void bring() {
      house.bring(critical);
    }

    @Operation(runOnce = true)
    public void reorder() {
      order.set(Order.CODEL_LIFO);
      house.sweep();
    }

    @Validate
    public void allRan() {
      house.assertDoneAsFarAsInTime(0);
    }
  }

  @Test
  void noCallIsLostBetweenTwoOrders() {
    check(Reordering.class, 3);
  }

  private static void check(Class<?> scene, int threads) {
    new ModelCheckingOptions()
        .iterations(1)
        .invocationsPerIteration(INTERLEAVINGS)
        .threads(threads)
        .actorsPerThread(1)
        .actorsBefore(0)
        .actorsAfter(0)
        .minimizeFailedScenario(false)
        .check(scene);
  }

  @ParameterizedTest
  @EnumSource
  void noCallIsLostOnRealThreads(Order order) {
    House house = new House(3, () -> order);
    for (int i = 0; i < 6_000; i++) {
      house.call(List.of(SMALL, LARGE, CRITICAL, LATE).get(i % 4));
    }
    Runnable[] loops = new Runnable[3];
    for (int loop = 0; loop < loops.length; loop++) {
      int first = loop;
      loops[loop] =
          () -> {
            for (int i = first; i < house.calls.size(); i += 3) {
              house.bring(house.calls.get(i));
              if (i % 64 == 0) {
                house.sweep();
              }
            }
          };
    }
    Together.run(loops);
    house.end();
    house.assertDone(0);
  }
}
