package dev.weir.proxy.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.weir.proxy.Profiles;
import dev.weir.proxy.Together;
import dev.weir.proxy.dispatch.RankedQueue.Shed;
import dev.weir.proxy.dispatch.RankedQueue.Started;
import dev.weir.proxy.path.Deadline;
import dev.weir.proxy.path.Dispatcher.Task;
import dev.weir.proxy.path.Outlook;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Profile;
import dev.weir.proxy.path.Refusal.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

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
      return costNanos(profile) >= 10_000_000;
    }

    @Override
    public long costNanos(Profile profile) {
      return profile.estimate().meanNanos();
    }
  }

  /** Counts how often it ended. */
  private static final class Counted implements Task {
    private final Profile profile;
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger sheds = new AtomicInteger();

    Counted(Profile profile) {
      this.profile = profile;
    }

    @Override
    public Profile profile() {
      return profile;
    }

    @Override
    public Deadline deadline() {
      return profile.deadline();
    }

    @Override
    public boolean abandoned() {
      return false;
    }

    @Override
    public void run() {
      runs.incrementAndGet();
    }

    @Override
    public void shed(Reason reason) {
      sheds.incrementAndGet();
    }

    int ends() {
      return runs.get() + sheds.get();
    }
  }

  /** A queue whose workers are whatever threads happen to find work. */
  private static final class House {
    private final RankedQueue queue;

    House(int limit) {
      queue = new RankedQueue(() -> limit, () -> 0.4, new CostsOnly(), () -> NOW);
    }

    Started occupy(Counted task) {
      return Objects.requireNonNull(queue.offer(task));
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

    void work(Started started) {
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

    void assertDone(int running, Counted... tasks) {
      for (Counted task : tasks) {
        assertEquals(1, task.ends());
      }
      assertEquals(0, queue.length());
      assertEquals(running, queue.running());
    }
  }

  /** A worker ends while two event loops bring calls. */
  public static final class Arrivals {
    private final House house = new House(1);
    private final Counted first = new Counted(SMALL);
    private final Counted second = new Counted(SMALL);
    private final Counted third = new Counted(LARGE);
    private final Started running = house.occupy(first);

    @Operation(runOnce = true)
    public void end() {
      house.work(running);
    }

    @Operation(runOnce = true)
    public void bringOne() {
      house.bring(second);
    }

    @Operation(runOnce = true)
    public void bringAnother() {
      house.bring(third);
    }

    @Validate
    public void allRan() {
      house.assertDone(0, first, second, third);
      assertEquals(2, second.runs.get() + third.runs.get());
    }
  }

  @Test
  void whoeverEndsSeesWhatCameMeanwhile() {
    check(Arrivals.class, 3);
  }

  /** A worker meets a call that is too late while an event loop brings one. */
  public static final class Lateness {
    private final House house = new House(1);
    private final Counted first = new Counted(SMALL);
    private final Counted late = new Counted(LATE);
    private final Counted next = new Counted(SMALL);
    private final Started running = house.occupy(first);

    public Lateness() {
      house.bring(late);
    }

    @Operation(runOnce = true)
    public void end() {
      house.work(running);
    }

    @Operation(runOnce = true)
    public void bring() {
      house.bring(next);
    }

    @Validate
    public void theOtherRan() {
      house.assertDone(0, first, late, next);
      assertEquals(1, late.sheds.get());
      assertEquals(1, next.runs.get());
    }
  }

  @Test
  void aCallThatComesWhileALateOneIsShedDoesNotWaitForIt() {
    check(Lateness.class, 2);
  }

  /** A critical call comes while others wait and somebody looks over the queue. */
  public static final class Urgency {
    private final House house = new House(1);
    private final Started running = house.occupy(new Counted(SMALL));
    private final Counted patient = new Counted(SMALL);
    private final Counted critical = new Counted(CRITICAL);

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
      assertEquals(1, critical.runs.get());
      assertFalse(house.queue.criticalWaits());
      assertEquals(0, patient.ends());
      house.work(running);
      house.assertDone(0, patient, critical);
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
    private final Counted small = new Counted(SMALL);
    private final Counted late = new Counted(LATE);
    private final Counted large = new Counted(LARGE);
    private final Started running;

    public Leftovers() {
      house.occupy(new Counted(LARGE));
      running = house.occupy(small);
      house.bring(late);
    }

    @Operation(runOnce = true)
    public void end() {
      house.work(running);
    }

    @Operation(runOnce = true)
    public void bring() {
      house.bring(large);
    }

    @Validate
    public void itRan() {
      house.assertDone(1, small, late, large);
      assertEquals(1, large.runs.get());
    }
  }

  @Test
  void aLargeCallIsNotKeptWaitingForASmallOneThatHasLeft() {
    check(Leftovers.class, 2);
  }

  /** A sweep, an end and two arrivals. */
  public static final class Sweep {
    private final House house = new House(1);
    private final Counted first = new Counted(SMALL);
    private final Counted late = new Counted(LATE);
    private final Counted other = new Counted(SMALL);
    private final Started running = house.occupy(first);

    @Operation(runOnce = true)
    public void end() {
      house.work(running);
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
      house.assertDone(0, first, late, other);
      assertEquals(1, other.runs.get());
    }
  }

  @Test
  void aSweepTakesNothingFromAWorkerAndAWorkerNothingFromASweep() {
    check(Sweep.class, 3);
  }

  /** The queue is cleared while a worker ends and a call comes. */
  public static final class Clearing {
    private final House house = new House(1);
    private final Counted first = new Counted(SMALL);
    private final Counted second = new Counted(CRITICAL);
    private final Counted third = new Counted(LARGE);
    private final Started running = house.occupy(first);

    public Clearing() {
      house.bring(third);
    }

    @Operation(runOnce = true)
    public void end() {
      house.work(running);
    }

    @Operation(runOnce = true)
    public void bring() {
      house.bring(second);
    }

    @Operation(runOnce = true)
    public void clear() {
      house.queue.clear().forEach(task -> task.shed(Reason.DRAINING));
    }

    @Validate
    public void eachEndedOnce() {
      house.assertDone(0, first, second, third);
    }
  }

  @Test
  void aCallIsEitherClearedOrRun() {
    check(Clearing.class, 3);
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

  @Test
  void noCallIsLostOnRealThreads() {
    House house = new House(2);
    Counted[] tasks = new Counted[6_000];
    for (int i = 0; i < tasks.length; i++) {
      tasks[i] = new Counted(List.of(SMALL, LARGE, CRITICAL, LATE).get(i % 4));
    }
    Runnable[] loops = new Runnable[3];
    for (int loop = 0; loop < loops.length; loop++) {
      int first = loop;
      loops[loop] =
          () -> {
            for (int i = first; i < tasks.length; i += 3) {
              house.bring(tasks[i]);
              if (i % 64 == 0) {
                house.sweep();
              }
            }
          };
    }
    Together.run(loops);
    house.assertDone(0, tasks);
  }
}
