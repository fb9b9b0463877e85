package dev.weir.benchmarks.peers;

import dev.weir.proxy.dispatch.ProcessorTime;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.WorkClock;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RoutingEngine;
import dev.weir.routing.StopSignal;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One call to the engine, offered to a {@link Peer}. Whoever it is offered to calls exactly one of
 * {@link #compute} and {@link #refuse}, from any thread; further calls do nothing.
 */
public final class Ask implements StopSignal {

  /** One for all contestants. */
  static final WorkClock WORK = ProcessorTime.orElsePassing(System::nanoTime);

  private final Question question;
  private final Priority priority;
  private final int tenant;
  private final int user;
  private final long dueNanos;
  private final long deadlineNanos;
  private final RoutingEngine engine;
  private final boolean stopsLate;
  private final Ledger ledger;
  private final AtomicBoolean over = new AtomicBoolean();

  Ask(
      Question question,
      Priority priority,
      int tenant,
      int user,
      long dueNanos,
      long deadlineNanos,
      RoutingEngine engine,
      boolean stopsLate,
      Ledger ledger) {
    this.question = question;
    this.priority = priority;
    this.tenant = tenant;
    this.user = user;
    this.dueNanos = dueNanos;
    this.deadlineNanos = deadlineNanos;
    this.engine = engine;
    this.stopsLate = stopsLate;
    this.ledger = ledger;
  }

  public Question question() {
    return question;
  }

  public Priority priority() {
    return priority;
  }

  /** Of whom; the first is the one that floods, where there are several. */
  public int tenant() {
    return tenant;
  }

  /** On whose behalf; one of many. */
  public int user() {
    return user;
  }

  /** When it was due to arrive, on the scale of {@link System#nanoTime}. */
  public long dueNanos() {
    return dueNanos;
  }

  /** When its caller leaves. */
  public long deadlineNanos() {
    return deadlineNanos;
  }

  /**
   * Computes on the calling thread.
   *
   * @return whether the answer came in time
   */
  public boolean compute() {
    WorkClock.Stint stint = WORK.begin();
    RouteOutcome outcome = engine.compute(question.query(), this);
    return computed(outcome instanceof RouteOutcome.Found, Math.max(0, stint.workedNanos()));
  }

  /**
   * The same for those who compute it themselves, and less of it perhaps.
   *
   * @param answered there is an answer
   * @param busyNanos processor time spent on it
   * @return whether it came in time
   */
  public boolean computed(boolean answered, long busyNanos) {
    long nowNanos = System.nanoTime();
    boolean good = answered && nowNanos - deadlineNanos < 0;
    if (over.compareAndSet(false, true)) {
      ledger.computed(this, good, nowNanos - dueNanos, busyNanos);
    }
    return good;
  }

  /** Ends it without computing. */
  public void refuse() {
    if (over.compareAndSet(false, true)) {
      ledger.refused(this);
    }
  }

  @Override
  public @Nullable Cause cause() {
    return stopsLate && remainingNanos() <= 0 ? Cause.DEADLINE_PASSED : null;
  }

  @Override
  public long remainingNanos() {
    return deadlineNanos - System.nanoTime();
  }
}
