package dev.weir.proxy.dispatch;

import dev.weir.proxy.config.GateSettings.Order;
import dev.weir.proxy.path.Dispatcher.Task;
import dev.weir.proxy.path.Outlook;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What waits, in the order in which it is to be served, and the count of what runs. Owns no
 * threads: the server's workers and the simulator's drive it alike. Thread-safe.
 *
 * <p>Whoever brings a call (an event loop) pushes it into an inbox with one compare-and-set and
 * never waits for the lock. Whoever looks for work (a worker) empties the inbox under the lock,
 * which is held for some heap operations, never while a call runs or is refused. No call is
 * forgotten between the two: a call is in the inbox before its bringer looks for a permit, and a
 * permit is back before its holder looks into the inbox, so one of the two sees the other.
 *
 * <p>The queue needs no bound of its own: the gate admits no more than its places.
 */
public final class RankedQueue {

  /** A call that is to be started, with the permit it runs by; {@link #finished} takes it back. */
  public static final class Started {
    private final Task task;
    private final Permits.Share share;

    Started(Task task, Permits.Share share) {
      this.task = task;
      this.share = share;
    }

    public Task task() {
      return task;
    }
  }

  /** A waiting call that is not going to be served, and why; to be refused outside the lock. */
  public record Shed(Task task, Reason reason) {
    public void run() {
      task.shed(reason);
    }
  }

  private final Outlook outlook;
  private final DoubleSupplier largeReserve;
  private final Supplier<Order> wanted;
  private final Ticker ticker;
  private final Permits permits;
  private final AtomicReference<@Nullable Waiting> inbox = new AtomicReference<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger criticalWaiting = new AtomicInteger();

  private final Object lock = new Object();
  private Order order;
  private volatile Line line;
  private volatile boolean smallWaits;

  /**
   * @param limit calls that run at the same time; may change
   * @param largeReserve part of the processor time that is kept for large calls; may change
   * @param order of what waits; may change
   */
  public RankedQueue(
      IntSupplier limit,
      DoubleSupplier largeReserve,
      Supplier<Order> order,
      Outlook outlook,
      Ticker ticker) {
    this.outlook = outlook;
    this.largeReserve = largeReserve;
    this.wanted = order;
    this.ticker = ticker;
    this.permits = new Permits(limit, largeReserve);
    this.order = order.get();
    this.line = line(this.order);
  }

  private Line line(Order ordered) {
    return switch (ordered) {
      case COST -> new Tiers(largeReserve, outlook);
      case CODEL_LIFO -> new AdaptiveLifo();
    };
  }

  /**
   * Takes a call over.
   *
   * @return the call if it is to be started at once, or {@code null} if it waits
   */
  public @Nullable Started offer(Task task) {
    Permits.Share share = line.share(task.profile());
    if (waiting.get() == 0 && permits.tryTake(share, false)) {
      return new Started(task, share);
    }
    Waiting brought = new Waiting(task, share, ticker.nanos());
    waiting.incrementAndGet();
    if (share.critical()) {
      criticalWaiting.incrementAndGet();
    }
    push(brought);
    return null;
  }

  private void push(Waiting brought) {
    Waiting top = inbox.get();
    brought.earlier = top;
    while (!inbox.compareAndSet(top, brought)) {
      top = inbox.get();
      brought.earlier = top;
    }
  }

  /** Whether {@link #next} might have a call to start; costs a look at three words. */
  public boolean startable() {
    return waiting.get() > 0
        && (permits.available(Permits.Share.SMALL, true)
            || permits.available(Permits.Share.LARGE, smallWaits)
            || (criticalWaits()
                && (permits.available(Permits.Share.CRITICAL, true)
                    || permits.available(Permits.Share.LARGE_CRITICAL, true))));
  }

  /**
   * The call that is to be started now; it has a permit.
   *
   * @param shed receives calls that cannot be of use any more
   * @return {@code null} if nothing waits that there is a permit for
   */
  public @Nullable Started next(List<Shed> shed) {
    synchronized (lock) {
      long nowNanos = ticker.nanos();
      Waiting taken = poll(nowNanos);
      while (taken != null) {
        left(taken);
        Reason reason = line.doomed(taken, nowNanos);
        if (reason == null) {
          note();
          return new Started(taken.task(), taken.share());
        }
        permits.giveBack(taken.share());
        shed.add(new Shed(taken.task(), reason));
        taken = poll(nowNanos);
      }
      note();
      return null;
    }
  }

  private void left(Waiting call) {
    waiting.decrementAndGet();
    if (call.share().critical()) {
      criticalWaiting.decrementAndGet();
    }
  }

  /** Gives the permit of a call back that ended. */
  public void finished(Started ended) {
    permits.giveBack(ended.share);
  }

  /** Under the lock: brings the inbox, latest first, into the line, earliest first. */
  private void empty() {
    reorder();
    Waiting top = inbox.getAndSet(null);
    Waiting turned = null;
    while (top != null) {
      Waiting earlier = top.earlier;
      top.earlier = turned;
      turned = top;
      top = earlier;
    }
    while (turned != null) {
      Waiting later = turned.earlier;
      turned.earlier = null;
      line.add(turned);
      turned = later;
    }
  }

  /** Under the lock: another order takes over what waits, whatever comes first. */
  private void reorder() {
    Order now = wanted.get();
    if (now != order) {
      Line next = line(now);
      line.drain(next::add);
      line = next;
      order = now;
    }
  }

  /**
   * Under the lock. Looks into the inbox each time: a permit may have been given back since, and
   * whoever brought a call before that saw none.
   */
  private @Nullable Waiting poll(long nowNanos) {
    empty();
    boolean anySmall = line.smallWaits();
    return line.poll(nowNanos, first -> permits.tryTake(first.share(), anySmall));
  }

  /** Under the lock: what event loops may know without it; may be a moment old. */
  private void note() {
    smallWaits = line.smallWaits();
  }

  /**
   * Takes out all calls that there is no hope for: which could not be answered by their deadline
   * after what is ahead of them, say. To be called every 10 ms; costs in proportion to what waits.
   */
  public List<Shed> sweep() {
    List<Shed> shed = new ArrayList<>(0);
    synchronized (lock) {
      empty();
      line.sweep(
          ticker.nanos(),
          (call, reason) -> {
            left(call);
            shed.add(new Shed(call.task(), reason));
          });
      note();
    }
    return shed;
  }

  /** Takes out everything that waits. */
  List<Task> clear() {
    List<Task> all = new ArrayList<>();
    synchronized (lock) {
      empty();
      line.drain(
          call -> {
            left(call);
            all.add(call.task());
          });
      note();
    }
    return all;
  }

  /** Calls that wait. */
  public int length() {
    return waiting.get();
  }

  /** Calls that run. */
  int running() {
    return permits.running();
  }

  boolean criticalWaits() {
    return criticalWaiting.get() > 0;
  }
}
