package dev.weir.proxy.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.ManualTicker;
import dev.weir.proxy.config.GateSettings.Order;
import dev.weir.proxy.path.Deadline;
import dev.weir.proxy.path.Dispatcher.Task;
import dev.weir.proxy.path.Estimate;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.Outlook;
import dev.weir.proxy.path.Profile;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.routing.RequestKind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class WorkQueueTest {

  private static final Outlook OUTLOOK =
      new Outlook() {
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
          return false;
        }

        @Override
        public long runNanos(Profile profile) {
          return 0;
        }
      };

  private static final Duration LONG = Duration.ofSeconds(5);

  private final ManualTicker ticker = new ManualTicker();
  private final ArrayDeque<Runnable> started = new ArrayDeque<>();
  private final List<String> ends = new ArrayList<>();

  /** Threads that run when the test says so, on the test's own thread. */
  private WorkQueue queue(int permits) {
    return new WorkQueue(
        () -> permits, () -> 0.4, () -> Order.COST, OUTLOOK, StepThread::new, ticker);
  }

  private WorkQueue queue(int permits, int mostLost) {
    return new WorkQueue(
        () -> permits, () -> 0.4, () -> Order.COST, OUTLOOK, StepThread::new, ticker, mostLost);
  }

  private final class StepThread extends Thread {
    private final Runnable work;

    StepThread(Runnable work) {
      this.work = work;
    }

    @Override
    public void start() {
      started.add(work);
    }
  }

  private void finishOne() {
    started.remove().run();
  }

  private final class Named implements Task {
    private final String name;
    private final Deadline deadline;
    private boolean abandoned;

    /** Takes place while it runs. */
    private Runnable meanwhile = () -> {};

    Named(String name, Duration timeout) {
      this.name = name;
      this.deadline = Deadline.after(ticker.nanos(), timeout.toNanos());
    }

    @Override
    public Profile profile() {
      return new Profile(
          RequestKind.ROUTE, Identity.of("a"), 0, deadline(), Estimate.of(1_000_000));
    }

    @Override
    public Deadline deadline() {
      return deadline;
    }

    @Override
    public boolean abandoned() {
      return abandoned;
    }

    @Override
    public void run() {
      meanwhile.run();
      ends.add(name);
    }

    @Override
    public void cutOff() {
      ends.add(name + " cut off");
    }

    @Override
    public void shed(Reason reason) {
      ends.add(name + " shed " + reason);
    }
  }

  private Named submit(WorkQueue queue, String name, Duration timeout) {
    Named task = new Named(name, timeout);
    queue.submit(task);
    return task;
  }

  @Test
  void startsNoMoreThanThePermitsAllow() {
    WorkQueue queue = queue(2);
    for (String name : List.of("a", "b", "c")) {
      submit(queue, name, LONG);
    }
    assertEquals(2, started.size());
    assertEquals(1, queue.length());
  }

  @Test
  void shedsWhatWaitedPastItsDeadlineWithoutRunningIt() {
    WorkQueue queue = queue(1);
    submit(queue, "a", LONG);
    submit(queue, "b", Duration.ofMillis(5));
    submit(queue, "c", LONG);
    ticker.advance(Duration.ofMillis(10));
    finishOne();
    assertEquals(List.of("a", "b shed EXPIRED_IN_QUEUE", "c"), ends);
  }

  @Test
  void shedsWhatItsCallerGaveUpWithoutRunningIt() {
    WorkQueue queue = queue(1);
    submit(queue, "a", LONG);
    submit(queue, "b", LONG).abandoned = true;
    finishOne();
    assertEquals(List.of("a", "b shed EXPIRED_IN_QUEUE"), ends);
    assertTrue(started.isEmpty());
  }

  @Test
  void aSweepShedsExpiredTasksWhileTheWorkerIsBusy() {
    WorkQueue queue = queue(1);
    submit(queue, "a", LONG);
    submit(queue, "b", Duration.ofMillis(5));
    submit(queue, "c", LONG);
    ticker.advance(Duration.ofMillis(5));
    queue.sweep();
    assertEquals(List.of("b shed EXPIRED_IN_QUEUE"), ends);
    assertEquals(1, queue.length());
  }

  @Test
  void aTaskThatThrowsDoesNotCostAWorker() {
    WorkQueue queue = queue(1);
    queue.submit(
        new Task() {
          @Override
          public Profile profile() {
            return new Profile(
                RequestKind.ROUTE, Identity.of("a"), 0, deadline(), Estimate.of(1_000_000));
          }

          @Override
          public Deadline deadline() {
            return Deadline.after(ticker.nanos(), 1);
          }

          @Override
          public boolean abandoned() {
            return false;
          }

          @Override
          public void run() {
            throw new IllegalStateException("planted");
          }

          @Override
          public void shed(Reason reason) {}
        });
    submit(queue, "b", LONG);
    try {
      finishOne();
    } catch (IllegalStateException planted) {
      ends.add("thrown");
    }
    finishOne();
    assertEquals(List.of("thrown", "b"), ends);
    assertTrue(started.isEmpty());
  }

  @Test
  void aCallThatHangsGivesItsPermitBackAndItsThreadIsLostUntilItReturns()
      throws InterruptedException {
    WorkQueue queue = queue(1, 2);
    Named hangs = submit(queue, "a", LONG);
    Duration past = LONG.multipliedBy(10);
    hangs.meanwhile =
        () -> {
          ticker.advance(past.minusNanos(1));
          queue.sweep();
          assertEquals(List.of(), ends, "cut off too soon");
          submit(queue, "b", LONG);
          ticker.advance(Duration.ofNanos(1));
          queue.sweep();
          assertEquals(List.of("a cut off"), ends);
          assertEquals(1, queue.lost());
          finishOne();
          queue.sweep();
          assertEquals(List.of("a cut off", "b"), ends);
        };
    finishOne();

    assertEquals(List.of("a cut off", "b", "a"), ends);
    assertEquals(0, queue.lost());
    assertTrue(queue.awaitIdle(0));
    assertTrue(started.isEmpty(), "the lost thread went on");
  }

  @Test
  void aDrainDoesNotWaitForACallThatWasCutOff() throws Exception {
    WorkQueue queue = queue(1, 2);
    Named hangs = submit(queue, "a", LONG);
    CompletableFuture<Boolean> drained = new CompletableFuture<>();
    Thread drain = Thread.ofPlatform().unstarted(() -> drained.complete(idleSoon(queue)));
    hangs.meanwhile =
        () -> {
          drain.start();
          while (drain.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
          }
          ticker.advance(LONG.multipliedBy(20));
          queue.sweep();
          assertTrue(drained.orTimeout(10, TimeUnit.SECONDS).join());
        };
    finishOne();
    assertEquals(List.of("a cut off", "a"), ends);
  }

  private static boolean idleSoon(WorkQueue queue) {
    try {
      return queue.awaitIdle(Duration.ofHours(1).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void losesNoMoreThreadsThanItMay() {
    WorkQueue queue = queue(2, 1);
    Named first = submit(queue, "a", LONG);
    Named second = submit(queue, "b", LONG);
    second.meanwhile =
        () -> {
          ticker.advance(LONG.multipliedBy(20));
          queue.sweep();
          assertEquals(1, ends.size());
          assertEquals(1, queue.lost());
          assertTrue(queue.worn());
        };
    first.meanwhile = this::finishOne;
    finishOne();

    assertEquals(0, queue.lost());
    assertFalse(queue.worn());
  }

  @Test
  void drainingShedsTheQueueAndWaitsForWhatRuns() throws InterruptedException {
    WorkQueue queue = queue(1);
    submit(queue, "a", LONG);
    submit(queue, "b", LONG);
    queue.close(Reason.DRAINING);
    submit(queue, "c", LONG);
    assertEquals(List.of("b shed DRAINING", "c shed DRAINING"), ends);
    assertFalse(queue.awaitIdle(0));
    finishOne();
    assertTrue(queue.awaitIdle(0));
  }

  @Test
  void runsOrShedsEveryTaskExactlyOnceOnRealVirtualThreads() throws InterruptedException {
    int permits = 2;
    int tasks = 5_000;
    WorkQueue queue =
        new WorkQueue(
            () -> permits,
            () -> 0.4,
            () -> Order.COST,
            OUTLOOK,
            Workers.virtual(),
            System::nanoTime);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger[] endings = new AtomicInteger[tasks];
    CountDownLatch all = new CountDownLatch(tasks);
    for (int index = 0; index < tasks; index++) {
      AtomicInteger ended = new AtomicInteger();
      endings[index] = ended;
      long timeoutNanos = index % 3 == 0 ? 0 : LONG.toNanos();
      Deadline deadline = Deadline.after(System.nanoTime(), timeoutNanos);
      queue.submit(new Counting(deadline, inside, most, ended, all));
      if (index % 100 == 0) {
        queue.sweep();
      }
    }
    all.await();
    assertTrue(queue.awaitIdle(10_000));
    for (AtomicInteger ended : endings) {
      assertEquals(1, ended.get());
    }
    assertTrue(most.get() <= permits, "ran " + most.get() + " at once");
    assertEquals(0, queue.length());
  }

  private record Counting(
      Deadline deadline,
      AtomicInteger inside,
      AtomicInteger most,
      AtomicInteger ended,
      CountDownLatch all)
      implements Task {

    @Override
    public Profile profile() {
      return new Profile(RequestKind.ROUTE, Identity.of("a"), 0, deadline, Estimate.of(1_000_000));
    }

    @Override
    public boolean abandoned() {
      return false;
    }

    @Override
    public void run() {
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      inside.decrementAndGet();
      ended.incrementAndGet();
      all.countDown();
    }

    @Override
    public void shed(Reason reason) {
      ended.incrementAndGet();
      all.countDown();
    }
  }
}
