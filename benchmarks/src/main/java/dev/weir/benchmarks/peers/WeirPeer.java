package dev.weir.benchmarks.peers;

import dev.weir.proxy.admit.CostGate;
import dev.weir.proxy.brownout.Ladder;
import dev.weir.proxy.classify.CallClassifier;
import dev.weir.proxy.classify.LearnedCosts;
import dev.weir.proxy.config.BrownoutSettings;
import dev.weir.proxy.config.GateSettings;
import dev.weir.proxy.config.Live;
import dev.weir.proxy.dispatch.WorkQueue;
import dev.weir.proxy.dispatch.Workers;
import dev.weir.proxy.path.Authenticator;
import dev.weir.proxy.path.Call;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Computation;
import dev.weir.proxy.path.Deadline;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.Quota;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.ReplySink;
import dev.weir.proxy.path.RequestPath;
import dev.weir.proxy.path.Sketch;
import dev.weir.proxy.path.Trace;
import dev.weir.proxy.path.WorkClock;
import dev.weir.routing.EngineSettings;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.StopSignal;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Weir's own path, from identifying the caller to learning what the call cost, without its HTTP
 * front end, on virtual threads as in the server. Nothing is left out of answers.
 */
final class WeirPeer implements Peer {

  private static final Trace TRACE = new Trace(null, 0, 1, 1);
  private static final ThreadLocal<long[]> BUSY = ThreadLocal.withInitial(() -> new long[1]);

  private final RequestPath path;
  private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();

  /**
   * @param costs what was learned before: as of a server that was started again
   */
  WeirPeer(Ground ground, EngineSettings settings, LearnedCosts costs) {
    GateSettings bounds = GateSettings.standard();
    Silence observer = new Silence();
    CostGate gate =
        new CostGate(
            () -> bounds,
            ground.processors(),
            threads(ground.processors()),
            observer,
            System::nanoTime);
    WorkQueue queue =
        new WorkQueue(
            gate::limit,
            gate::largeShare,
            bounds::order,
            gate,
            Workers.virtual(),
            System::nanoTime);
    path =
        new RequestPath(
            caller -> new Authenticator.Verdict.Known(identity(caller)),
            new CallClassifier(costs, InstantSource.system()),
            () -> null,
            Quota.NONE,
            gate,
            new Ladder(settings, new Live<>(BrownoutSettings.OFF)),
            queue,
            timed(ground),
            costs,
            observer,
            System::nanoTime,
            Ask.WORK);
    var _ =
        ticks.scheduleWithFixedDelay(
            () -> {
              gate.tick();
              queue.sweep();
            },
            CostGate.TICK_NANOS,
            CostGate.TICK_NANOS,
            TimeUnit.NANOSECONDS);
  }

  /** Calls that may be computed at the same time at most, critical ones beside the others. */
  static int threads(int processors) {
    return 4 * processors;
  }

  /** A key is a tenant's name; whatever a caller claims is its due. */
  private static Identity identity(Caller caller) {
    if (caller.claimed() == null) {
      throw new IllegalArgumentException("every call of the benchmark claims a priority");
    }
    return new Identity(String.valueOf(caller.credential()), 1, caller.claimed());
  }

  private static Computation timed(Ground ground) {
    return (RouteQuery query, StopSignal stop) -> {
      WorkClock.Stint stint = Ask.WORK.begin();
      RouteOutcome outcome = ground.engine().compute(query, stop);
      BUSY.get()[0] = Math.max(1, stint.workedNanos());
      return outcome;
    };
  }

  @Override
  public void offer(Ask ask) {
    RouteQuery query = ask.question().query();
    Caller caller =
        new Caller(
            "",
            Integer.toString(ask.tenant()),
            ask.priority(),
            Integer.toString(ask.user()),
            false);
    Deadline deadline = new Deadline(ask.deadlineNanos());
    path.serve(
        new Call(TRACE, caller, Sketch.of(query), ask.dueNanos(), deadline, () -> query),
        new Sink(ask));
  }

  private record Sink(Ask ask) implements ReplySink {

    @Override
    public void reply(Reply reply) {
      long[] busy = BUSY.get();
      long busyNanos = busy[0];
      busy[0] = 0;
      if (reply instanceof Reply.Routed) {
        ask.computed(true, busyNanos);
      } else if (busyNanos > 0) {
        ask.computed(false, busyNanos);
      } else {
        ask.refuse();
      }
    }

    /** Whoever leaves does so at the deadline, and nobody else is told of that. */
    @Override
    public boolean abandoned() {
      return false;
    }
  }

  @Override
  public void close() {
    ticks.shutdownNow();
  }
}
