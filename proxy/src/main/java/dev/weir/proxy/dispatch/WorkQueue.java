package dev.weir.proxy.dispatch;

import dev.weir.proxy.config.GateSettings;
import dev.weir.proxy.path.Dispatcher;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Ticker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * The queue in front of the workers and the workers themselves. Thread-safe.
 *
 * <p>In calm, the oldest task goes first. The gate sees to it that nobody waits longer than the
 * longest queue delay; once the oldest has nevertheless, the newest goes first: whoever has waited
 * long is likely to give up, and serving it late would make everybody late [1]. A task to which
 * newer ones were preferred for that time again is shed: its turn would come when its caller no
 * longer wants it. So are tasks whose deadline has passed or whose caller has left, when a worker
 * would take them or at the next {@link #sweep}, whichever comes first.
 *
 * <p>Each task runs on a thread of its own; never more run than there are permits. A worker that
 * ends starts the next task's thread. The lock guards the deque and the count and is held for a few
 * pointer operations, never while a task runs or is shed. The queue needs no bound of its own: the
 * gate admits no more than permits + queue places.
 *
 * <p>[1] B. Maurer, "Fail at Scale", ACM Queue 13(8), 2015 (adaptive LIFO).
 */
public final class WorkQueue implements Dispatcher {

  private final int permits;
  private final long longestNanos;
  private final ThreadFactory workers;
  private final Ticker ticker;
  private final Object lock = new Object();
  private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
  private boolean newestFirst;
  private long newestFirstSinceNanos;
  private int running;
  private @Nullable Reason closedFor;

  /**
   * @param permits tasks that run at the same time
   * @param workers makes one thread per task
   */
  public WorkQueue(int permits, GateSettings settings, ThreadFactory workers, Ticker ticker) {
    this.permits = permits;
    this.longestNanos = settings.maxQueueDelay().toNanos();
    this.workers = workers;
    this.ticker = ticker;
  }

  @Override
  public void submit(Task task) {
    Reason refusal;
    synchronized (lock) {
      refusal = closedFor;
      if (refusal == null) {
        if (running == permits) {
          queue.addLast(new Waiting(task, ticker.nanos()));
          return;
        }
        running++;
      }
    }
    if (refusal == null) {
      start(task);
    } else {
      task.shed(refusal);
    }
  }

  private void start(Task task) {
    workers.newThread(() -> work(task)).start();
  }

  private void work(Task task) {
    try {
      task.run();
    } finally {
      next();
    }
  }

  private void next() {
    List<Shed> shed = new ArrayList<>(0);
    Task task;
    synchronized (lock) {
      task = takeNext(shed);
      if (task == null) {
        running--;
        lock.notifyAll();
      }
    }
    if (task != null) {
      start(task);
    }
    shed.forEach(Shed::run);
  }

  /** Under the lock. */
  private @Nullable Task takeNext(List<Shed> shed) {
    long nowNanos = ticker.nanos();
    while (true) {
      chooseOrder(nowNanos);
      Waiting next = newestFirst ? queue.pollLast() : queue.pollFirst();
      if (next == null) {
        return null;
      }
      Task task = next.task;
      Reason reason = doomed(task, nowNanos);
      if (reason == null) {
        return task;
      }
      shed.add(new Shed(task, reason));
    }
  }

  /** Under the lock. */
  private void chooseOrder(long nowNanos) {
    Waiting oldest = queue.peekFirst();
    boolean pressure = oldest != null && nowNanos - oldest.sinceNanos > longestNanos;
    if (pressure && !newestFirst) {
      newestFirstSinceNanos = nowNanos;
    }
    newestFirst = pressure;
  }

  /** Whether newer tasks have been preferred to this one for too long. Under the lock. */
  private boolean passedOver(Waiting waiting, long nowNanos) {
    return newestFirst
        && nowNanos - waiting.sinceNanos > longestNanos
        && nowNanos - newestFirstSinceNanos > longestNanos;
  }

  private static @Nullable Reason doomed(Task task, long nowNanos) {
    boolean useless = task.abandoned() || task.deadline().passed(nowNanos);
    return useless ? Reason.EXPIRED_IN_QUEUE : null;
  }

  /** Sheds waiting tasks that nobody can use any more; to be called every few milliseconds. */
  public void sweep() {
    List<Shed> shed = new ArrayList<>(0);
    synchronized (lock) {
      long nowNanos = ticker.nanos();
      for (Iterator<Waiting> all = queue.iterator(); all.hasNext(); ) {
        Waiting waiting = all.next();
        Task task = waiting.task;
        Reason reason = doomed(task, nowNanos);
        if (reason == null && passedOver(waiting, nowNanos)) {
          reason = Reason.PASSED_OVER;
        }
        if (reason != null) {
          all.remove();
          shed.add(new Shed(task, reason));
        }
      }
    }
    shed.forEach(Shed::run);
  }

  /** Sheds all that waits and all that still comes; for the end of the server. */
  public void close(Reason reason) {
    List<Waiting> all;
    synchronized (lock) {
      closedFor = reason;
      all = List.copyOf(queue);
      queue.clear();
    }
    all.forEach(waiting -> waiting.task.shed(reason));
  }

  /**
   * Blocks until no task runs or so much time has passed.
   *
   * @return whether none runs
   */
  public boolean awaitIdle(long timeoutMillis) throws InterruptedException {
    long untilNanos = ticker.nanos() + timeoutMillis * 1_000_000;
    synchronized (lock) {
      while (running > 0) {
        long millis = (untilNanos - ticker.nanos()) / 1_000_000;
        if (millis <= 0) {
          return false;
        }
        lock.wait(millis);
      }
      return true;
    }
  }

  /** Tasks that wait for a worker. */
  public int length() {
    synchronized (lock) {
      return queue.size();
    }
  }

  private record Waiting(Task task, long sinceNanos) {}

  private record Shed(Task task, Reason reason) {
    void run() {
      task.shed(reason);
    }
  }
}
