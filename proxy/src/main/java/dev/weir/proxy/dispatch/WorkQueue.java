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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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
 *
 * <p>A call that neither ends nor listens would keep its permit for ever. Long after its deadline
 * it is cut off: it is answered, its permit goes back, and its thread is lost until the call
 * returns by itself. So many may be lost and no more: each may keep a processor, and a server that
 * has lost half of its threads is better started anew, which {@link #worn} tells.
 */
public final class WorkQueue implements Dispatcher {

  /** So many times what it had left when it began may a call be late before it is cut off. */
  private static final int OVERDUE = 9;

  /** A machine may stall for so long: that is no reason to take a thread for lost. */
  private static final long SOONEST_NANOS = 2_000_000_000;

  private static final long LATEST_NANOS = 60_000_000_000L;

  /** No setting allows deadlines farther away than some hours; this keeps sums from overflow. */
  private static final long FARTHEST_NANOS = 1L << 60;

  private final RankedQueue queue;
  private final ThreadFactory workers;
  private final Ticker ticker;
  private final Set<Shift> shifts = ConcurrentHashMap.newKeySet();
  private final AtomicInteger lost = new AtomicInteger();
  private final int mostLost;
  private final Object idle = new Object();
  private volatile @Nullable Reason closedFor;

  /** One that cuts nothing off, for calls that always end. */
  public WorkQueue(
      IntSupplier limit,
      DoubleSupplier largeReserve,
      Supplier<Order> order,
      Outlook outlook,
      ThreadFactory workers,
      Ticker ticker) {
    this(limit, largeReserve, order, outlook, workers, ticker, 0);
  }

  /**
   * @param limit calls that run at the same time, at least 1; may change
   * @param largeReserve part of the processor time that is kept for large calls; may change
   * @param order of what waits; may change
   * @param workers makes the threads
   * @param mostLost threads that may be in calls that were cut off
   */
  public WorkQueue(
      IntSupplier limit,
      DoubleSupplier largeReserve,
      Supplier<Order> order,
      Outlook outlook,
      ThreadFactory workers,
      Ticker ticker,
      int mostLost) {
    this.mostLost = mostLost;
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
      startNext();
    }
  }

  private void start(Started started) {
    workers.newThread(new Shift(started)).start();
  }

  private void startNext() {
    workers.newThread(new Shift(null)).start();
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
    if (mine == null) {
      tellIdle();
    }
    return mine;
  }

  private void tellIdle() {
    if (queue.running() == 0) {
      synchronized (idle) {
        idle.notifyAll();
      }
    }
  }

  private @Nullable Started more(@Nullable Started mine, List<Shed> shed) {
    return mine != null && queue.startable() ? queue.next(shed) : null;
  }

  /**
   * Sheds waiting calls that nobody can use any more, and starts what a higher limit lets in; to be
   * called every 10 ms. Cuts off what should have ended long ago.
   */
  public void sweep() {
    queue.sweep().forEach(Shed::run);
    long nowNanos = ticker.nanos();
    shifts.forEach(shift -> shift.cutOff(nowNanos));
    if (queue.startable()) {
      startNext();
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

  /** Threads in calls that were cut off and have not returned. */
  public int lost() {
    return lost.get();
  }

  /** Whether no more threads may be lost, so that the next call that hangs keeps its permit. */
  public boolean worn() {
    return mostLost > 0 && lost.get() >= mostLost;
  }

  /** What a thread does: one call after the other, as long as there are any. */
  private final class Shift implements Runnable {

    private final @Nullable Started first;
    private final AtomicReference<@Nullable Started> current = new AtomicReference<>();

    /** Written before the call it is for. */
    private long cutOffNanos;

    Shift(@Nullable Started first) {
      this.first = first;
    }

    @Override
    public void run() {
      shifts.add(this);
      try {
        Started next = first == null ? takeNext() : first;
        while (next != null) {
          next = runOne(next);
        }
      } finally {
        shifts.remove(this);
      }
    }

    /** Returns the call that is next; none if this one was cut off, for another thread goes on. */
    private @Nullable Started runOne(Started started) {
      long nowNanos = ticker.nanos();
      long remainingNanos = started.task().deadline().remainingNanos(nowNanos);
      long leftNanos = Math.clamp(remainingNanos, 0, FARTHEST_NANOS);
      cutOffNanos =
          nowNanos + leftNanos + Math.clamp(leftNanos * OVERDUE, SOONEST_NANOS, LATEST_NANOS);
      current.set(started);
      Started next = null;
      boolean ended = false;
      try {
        started.task().run();
        ended = true;
      } finally {
        if (current.compareAndSet(started, null)) {
          queue.finished(started);
          next = takeNext();
          if (!ended && next != null) {
            start(next); // this thread is not going to
          }
        } else {
          lost.decrementAndGet();
        }
      }
      return next;
    }

    /** Called by whoever sweeps. */
    void cutOff(long nowNanos) {
      Started running = current.get();
      if (running == null || nowNanos - cutOffNanos < 0) {
        return;
      }
      if (lost.incrementAndGet() <= mostLost && current.compareAndSet(running, null)) {
        running.task().cutOff();
        queue.finished(running);
        tellIdle();
      } else {
        lost.decrementAndGet();
      }
    }
  }
}
