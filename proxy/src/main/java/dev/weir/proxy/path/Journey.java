package dev.weir.proxy.path;

import dev.weir.proxy.path.PathObserver.Outcome;
import dev.weir.routing.MalformedQuery;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.StopSignal;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One admitted call until its end. Whatever happens, {@link #end} gives the permit back once and
 * tells the observer once; the dispatcher promises that exactly one of {@link #run} and {@link
 * #shed} is called. {@link #cutOff} may come while {@link #run} does not return.
 */
final class Journey implements Dispatcher.Task, StopSignal {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private static final VarHandle ENDED;

  static {
    try {
      ENDED = MethodHandles.lookup().findVarHandle(Journey.class, "ended", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Call call;
  private final Place place;
  private final Set<Step> left;
  private final ReplySink sink;
  private final Surroundings around;
  private final long admittedNanos;
  private final PathObserver.@Nullable Passage passage;
  private volatile Deadline deadline;

  /** Set once, by whoever ends it. */
  private volatile boolean ended;

  private volatile long runsSinceNanos;
  private volatile boolean ran;

  // Of the worker alone.
  private long budgetNanos = Long.MAX_VALUE;
  private WorkClock.@Nullable Stint stint;
  private boolean overBudget;

  Journey(Call call, Place place, Set<Step> left, ReplySink sink, Surroundings around) {
    this.call = call;
    this.place = place;
    this.left = left;
    this.sink = sink;
    this.around = around;
    this.deadline = call.deadline();
    this.admittedNanos = around.ticker.nanos();
    this.passage = around.observer.admitted(call, place.profile());
  }

  @Override
  public Profile profile() {
    return place.profile();
  }

  private Estimate estimate() {
    return place.profile().estimate();
  }

  @Override
  public Deadline deadline() {
    return deadline;
  }

  @Override
  public boolean abandoned() {
    return sink.abandoned();
  }

  @Override
  public void run() {
    long startedNanos = around.ticker.nanos();
    runsSinceNanos = startedNanos;
    ran = true;
    stint = around.work.begin();
    try {
      if (passage != null) {
        passage.started();
      }
      around.gate.started(place);
      budgetNanos = around.gate.budgetNanos(profile());
      RouteQuery query = call.query().read();
      deadline = deadline.sooner(wishOf(query));
      RouteQuery reduced = left.isEmpty() ? query : around.brownout.reduce(query, left);
      if (reduced == null) {
        Reply reply = refusal(Refusal.Reason.QUEUE_FULL);
        end(Outcome.IRREDUCIBLE, Gate.Ending.DROPPED, startedNanos, reply);
      } else {
        conclude(around.computation.compute(reduced, this), startedNanos);
      }
    } catch (MalformedQuery malformed) {
      end(
          Outcome.INVALID,
          Gate.Ending.IGNORED,
          startedNanos,
          new Reply.Invalid(malformed.problem()));
    } catch (Computation.Refused refused) {
      Reply reply = new Reply.Refused(refused.refusal());
      end(Outcome.REFUSED_BY_GUARD, Gate.Ending.IGNORED, startedNanos, reply);
    } catch (RuntimeException | Error fault) {
      around.observer.failed(call.kind(), call.trace(), profile().identity(), fault);
      Reply reply = new Reply.Failed(call.trace().requestId());
      end(Outcome.FAILED, Gate.Ending.IGNORED, startedNanos, reply);
    }
  }

  /** GraphHopper's {@code timeout_ms}, which a document holds where its head cannot tell. */
  private Deadline wishOf(RouteQuery query) {
    if (query instanceof RouteQuery.Route route
        && route.hints().get("timeout_ms") instanceof Number millis) {
      return Deadline.after(call.arrivedNanos(), Duration.ofMillis(millis.intValue()).toNanos());
    }
    return deadline;
  }

  private void conclude(RouteOutcome outcome, long startedNanos) {
    if (ended) {
      return; // cut off: what it took says nothing about what it costs
    }
    long workedNanos = workedNanos();
    switch (outcome) {
      case RouteOutcome.Found found -> {
        learn(outcome, workedNanos);
        Reply reply = new Reply.Routed(found.answer(), left);
        end(Outcome.ROUTED, Gate.Ending.SERVED, startedNanos, reply);
        if (!left.isEmpty()) {
          around.observer.degraded(call.kind(), left);
        }
      }
      case RouteOutcome.NotFound none -> {
        learn(outcome, workedNanos);
        Reply reply = new Reply.Unreachable(none.problem());
        end(Outcome.UNREACHABLE, Gate.Ending.SERVED, startedNanos, reply);
      }
      case RouteOutcome.OutOfBounds off -> invalid(startedNanos, new Reply.Invalid(off.problem()));
      case RouteOutcome.BadRequest bad -> invalid(startedNanos, new Reply.Invalid(bad.problem()));
      case RouteOutcome.TooLate late -> {
        learnAtLeast(workedNanos, startedNanos);
        Reply reply = refusal(Refusal.Reason.TOO_LATE);
        end(Outcome.TOO_LATE, Gate.Ending.DROPPED, startedNanos, reply);
      }
      case RouteOutcome.OverBudget stopped -> {
        learnAtLeast(workedNanos, startedNanos);
        Reply reply = refusal(Refusal.Reason.OVER_BUDGET);
        end(Outcome.OVER_BUDGET, Gate.Ending.DROPPED, startedNanos, reply);
      }
      case RouteOutcome.Cancelled cancelled -> {
        boolean gone = sink.abandoned();
        Outcome how = gone ? Outcome.ABANDONED : Outcome.DRAINED;
        Reply reply = gone ? null : refusal(Refusal.Reason.DRAINING);
        end(how, Gate.Ending.IGNORED, startedNanos, reply);
      }
    }
  }

  /** All that passed where nobody can tell: it waited for something then. */
  private long workedNanos() {
    long workedNanos = stint == null ? -1 : stint.workedNanos();
    return workedNanos < 0 ? around.ticker.nanos() - runsSinceNanos : workedNanos;
  }

  private void learn(RouteOutcome computed, long workedNanos) {
    around.costs.learn(estimate(), workedNanos, computed.visitedNodes());
    around.observer.estimated(call.kind(), estimate(), workedNanos);
  }

  /**
   * Of a call that was stopped. It would have stopped by its deadline: what is beyond that is no
   * work but a pause of the machine, where nobody can tell one from the other.
   */
  private void learnAtLeast(long workedNanos, long startedNanos) {
    long mostNanos = deadline.remainingNanos(startedNanos);
    around.costs.learnAtLeast(estimate(), Math.min(workedNanos, mostNanos));
  }

  private void invalid(long startedNanos, Reply reply) {
    end(Outcome.INVALID, Gate.Ending.IGNORED, startedNanos, reply);
  }

  @Override
  public void shed(Refusal.Reason reason) {
    Outcome outcome =
        switch (reason) {
          case EXPIRED_IN_QUEUE -> Outcome.EXPIRED_IN_QUEUE;
          case QUEUE_FULL, OVER_CAPACITY -> Outcome.SHED;
          case DRAINING -> Outcome.DRAINED;
          case KEY_REQUIRED,
              TOKEN_INVALID,
              TOO_MANY_FAILURES,
              TOKENS_UNVERIFIABLE,
              OVER_BUDGET,
              DEADLINE_UNREACHABLE,
              TOO_LATE,
              OVER_SHARE,
              QUOTA_EXHAUSTED,
              ENGINE_UNWELL,
              SLOW_READERS ->
              Outcome.REFUSED_BY_GUARD;
        };
    boolean gone = sink.abandoned();
    long nowNanos = around.ticker.nanos();
    Gate.Ending ending = gone ? Gate.Ending.IGNORED : Gate.Ending.DROPPED;
    end(gone ? Outcome.ABANDONED : outcome, ending, nowNanos, gone ? null : refusal(reason));
  }

  @Override
  public void cutOff() {
    around.computation.lost();
    end(Outcome.HUNG, Gate.Ending.IGNORED, runsSinceNanos, refusal(Refusal.Reason.TOO_LATE));
  }

  private static Reply refusal(Refusal.Reason reason) {
    boolean late = reason == Refusal.Reason.TOO_LATE || reason == Refusal.Reason.EXPIRED_IN_QUEUE;
    return new Reply.Refused(new Refusal(reason, late ? Duration.ZERO : RETRY_AFTER));
  }

  /**
   * The one end: answers, gives the permit back, tells the observer. Encoding the answer is work
   * too, so the permit goes back after it.
   */
  private void end(Outcome outcome, Gate.Ending ending, long startedNanos, @Nullable Reply reply) {
    if (!ENDED.compareAndSet(this, false, true)) {
      return;
    }
    long endedNanos = around.ticker.nanos();
    Spent spent =
        new Spent(
            admittedNanos, ran ? startedNanos : endedNanos, endedNanos, estimate().meanNanos());
    try {
      if (place.isCharged()) {
        around.quota.settle(
            place, dueNanos(outcome)); // before the answer, which tells what is left
      }
      if (reply != null) {
        sink.spent(spent);
        sink.reply(reply);
      }
    } finally {
      if (ending == Gate.Ending.SERVED && stint != null) {
        place.worked(stint.workedNanos());
      }
      around.gate.settle(place, ending);
      if (passage != null) {
        passage.ended(outcome);
      }
      around.observer.ended(
          call.kind(),
          call.trace(),
          outcome,
          spent.queueNanos(),
          spent.engineNanos(),
          endedNanos - call.arrivedNanos());
    }
  }

  /**
   * What the tenant pays for: work for its answer, or work that its own deadline or leaving has
   * made useless. Nothing for what was refused, and nothing for our faults.
   */
  private long dueNanos(Outcome outcome) {
    return switch (outcome) {
      case ROUTED, UNREACHABLE, INVALID, TOO_LATE, ABANDONED -> stint == null ? 0 : workedNanos();
      case EXPIRED_IN_QUEUE,
          SHED,
          OVER_BUDGET,
          HUNG,
          REFUSED_BY_GUARD,
          IRREDUCIBLE,
          DRAINED,
          FAILED ->
          0;
    };
  }

  @Override
  public @Nullable Cause cause() {
    if (sink.abandoned()) {
      return Cause.CALLER_GONE;
    }
    if (around.shuttingDown) {
      return Cause.SHUTTING_DOWN;
    }
    long nowNanos = around.ticker.nanos();
    if (deadline.passed(nowNanos)) {
      return Cause.DEADLINE_PASSED;
    }
    overBudget |=
        nowNanos - runsSinceNanos > budgetNanos && around.gate.othersWait(place.profile());
    return overBudget ? Cause.OVER_BUDGET : null;
  }

  @Override
  public long remainingNanos() {
    return deadline.remainingNanos(around.ticker.nanos());
  }

  /** What all journeys of a server share. */
  static final class Surroundings {

    private final Quota quota;
    private final Gate gate;
    private final Brownout brownout;
    private final Computation computation;
    private final CostModel costs;
    private final PathObserver observer;
    private final Ticker ticker;
    private final WorkClock work;
    private volatile boolean shuttingDown;

    Surroundings(
        Quota quota,
        Gate gate,
        Brownout brownout,
        Computation computation,
        CostModel costs,
        PathObserver observer,
        Ticker ticker,
        WorkClock work) {
      this.quota = quota;
      this.gate = gate;
      this.brownout = brownout;
      this.computation = computation;
      this.costs = costs;
      this.observer = observer;
      this.ticker = ticker;
      this.work = work;
    }

    PathObserver observer() {
      return observer;
    }

    void shutDown() {
      shuttingDown = true;
    }
  }
}
