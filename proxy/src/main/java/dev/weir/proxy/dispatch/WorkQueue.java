package dev.weir.proxy.dispatch;

import dev.weir.proxy.config.GateSettings.Order;
import dev.weir.proxy.dispatch.RankedQueue.Shed;
import dev.weir.proxy.dispatch.RankedQueue.Started;
import dev.weir.proxy.path.Dispatcher;
import dev.weir.proxy.path.Outlook;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The queue in front of the workers and the workers themselves. Thread-safe.
 *
 * <p>A worker that is done with a call goes on with the next, if there is one; a thread of its own
 * for each would have to be brought to a processor each time. An event loop that brings a call
 * starts a thread only if the call, or another one that waits, may run; it never waits for a lock.
 */
public final class WorkQueue implements Dispatcher {

  private final RankedQueue queue;
  private final ThreadFactory workers;
  private final Ticker ticker;
  private final Object idle = new Object();
  private volatile @Nullable Reason closedFor;

  /**
   * @param limit calls that run at the same time, at least 1; may change
   * @param largeReserve part of the processor time that is kept for large calls; may change
   * @param order of what waits; may change
   * @param workers makes the threads
   */
  public WorkQueue(
      IntSupplier limit,
      DoubleSupplier largeReserve,
      Supplier<Order> order,
      Outlook outlook,
      ThreadFactory workers,
      Ticker ticker) {
    this.queue = new RankedQueue(limit, largeReserve, order, outlook, ticker);
    this.workers = workers;
    this.ticker = ticker;
  }

  @Override
  public void submit(Task task) {
    Reason refusal = closedFor;
    if (refusal != null) {
      task.shed(refusal);
      return;
    }
    Started started = queue.offer(task);
    if (started != null) {
      start(started);
    } else if (closedFor != null) {
      shedAll(); // closed in between: nobody else might look
    } else if (queue.startable()) {
      workers.newThread(this::startNext).start();
    }
  }

  private void start(Started started) {
    workers.newThread(() -> work(started)).start();
  }

  /** One call after the other, as long as there are any. */
  private void work(Started first) {
    Started next = first;
    while (next != null) {
      next = runOne(next);
    }
  }

  /** Returns the call that is next. */
  private @Nullable Started runOne(Started started) {
    Started next = null;
    boolean ended = false;
    try {
      started.task().run();
      ended = true;
    } finally {
      queue.finished(started);
      next = takeNext();
      if (!ended && next != null) {
        start(next); // this thread is not going to
      }
    }
    return next;
  }

  private void startNext() {
    Started next = takeNext();
    if (next != null) {
      work(next);
    }
  }

  /**
   * Takes the call that is next, starts threads for others that may run too, and refuses what
   * cannot be of use any more.
   */
  private @Nullable Started takeNext() {
    List<Shed> shed = new ArrayList<>(0);
    Started mine = queue.next(shed);
    for (Started other = more(mine, shed); other != null; other = more(mine, shed)) {
      start(other);
    }
    shed.forEach(Shed::run);
    if (mine == null && queue.running() == 0) {
      synchronized (idle) {
        idle.notifyAll();
      }
    }
    return mine;
  }

  private @Nullable Started more(@Nullable Started mine, List<Shed> shed) {
    return mine != null && queue.startable() ? queue.next(shed) : null;
  }

  /**
   * Sheds waiting calls that nobody can use any more, and starts what a higher limit lets in; to be
   * called every 10 ms.
   */
  public void sweep() {
    queue.sweep().forEach(Shed::run);
    if (queue.startable()) {
      workers.newThread(this::startNext).start();
    }
  }

  /** Sheds all that waits and all that still comes; for the end of the server. */
  public void close(Reason reason) {
    closedFor = reason;
    shedAll();
  }

  private void shedAll() {
    Reason reason = closedFor;
    if (reason != null) {
      queue.clear().forEach(task -> task.shed(reason));
    }
  }

  /**
   * Blocks until no call runs or so much time has passed.
   *
   * @return whether none runs
   */
  public boolean awaitIdle(long timeoutMillis) throws InterruptedException {
    long untilNanos = ticker.nanos() + timeoutMillis * 1_000_000;
    synchronized (idle) {
      while (queue.running() > 0) {
        long millis = (untilNanos - ticker.nanos()) / 1_000_000;
        if (millis <= 0) {
          return false;
        }
        idle.wait(millis);
      }
      return true;
    }
  }

  /** Calls that wait for a worker. */
  public int length() {
    return queue.length();
  }
}
