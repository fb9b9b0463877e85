package dev.weir.proxy.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.Profiles;
import dev.weir.proxy.Together;
import dev.weir.proxy.Traced;
import dev.weir.proxy.admit.CostGate;
import dev.weir.proxy.config.GateSettings;
import dev.weir.proxy.dispatch.WorkQueue;
import dev.weir.routing.Coordinate;
import dev.weir.routing.Rendered;
import dev.weir.routing.RequestKind;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.StopSignal;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A caller may leave at any moment, while its call is queued, started or computed: the call ends
 * exactly once, and its permit, its place and its work come back exactly once. Over the real gate
 * and the real queue; what is started runs on the thread that starts it.
 */
final class AbandonmentProofTest {

  private static final long NOW = Long.MAX_VALUE - 1_000;
  private static final Profile PROFILE = Profiles.ROUTE.at(NOW);
  private static final GateSettings SETTINGS = GateSettings.standard();
  private static final Caller CALLER = Caller.at("caller");
  private static final Traits TRAITS = Traits.unknown(RequestKind.ROUTE);
  private static final RouteQuery QUERY = new RouteQuery.Nearest(new Coordinate(1, 2), false);
  private static final RouteOutcome FOUND =
      new RouteOutcome.Found(new Rendered(Rendered.Media.JSON, new byte[0], 1), 1);

  /** Its way back, as a connection has it. */
  private static final class Way implements ReplySink {
    private final AtomicInteger replies = new AtomicInteger();
    private volatile boolean gone;

    @Override
    public void reply(Reply reply) {
      replies.incrementAndGet();
    }

    @Override
    public boolean abandoned() {
      return gone;
    }
  }

  /** Runs at once what it is to run. */
  private static final class Inline extends Thread {
    private final Runnable work;

    Inline(Runnable work) {
      this.work = work;
    }

    @Override
    public void start() {
      work.run();
    }
  }

  private static final class Ends implements PathObserver {
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public void refused(RequestKind kind, Refusal.Reason reason) {
      count.incrementAndGet();
    }

    @Override
    public void ended(
        RequestKind kind, Trace trace, Outcome outcome, long queue, long engine, long total) {
      count.incrementAndGet();
    }

    @Override
    public void decided(Priority priority, Refusal.@Nullable Reason reason) {}

    @Override
    public void wouldHaveRefused(RequestKind kind, Refusal.Reason reason) {}

    @Override
    public void sampled(
        Profile profile, Refusal.@Nullable Reason reason, long waitNanos, double part) {}

    @Override
    public void degraded(RequestKind kind, Set<Step> left) {}

    @Override
    public void estimated(RequestKind kind, Estimate estimate, long busyNanos) {}

    @Override
    public void failed(RequestKind kind, Trace trace, Identity asker, Throwable fault) {
      throw new AssertionError(fault);
    }
  }

  private static final class NoCosts implements CostModel {
    @Override
    public Estimate estimate(Traits traits) {
      return PROFILE.estimate();
    }

    @Override
    public void learn(Estimate estimate, long busyNanos, long visitedNodes) {}

    @Override
    public void learnAtLeast(Estimate estimate, long busyNanos) {}
  }

  private static final class NoBrownout implements Brownout {
    @Override
    public @Nullable Plan cheaper(Plan plan, Caller caller, Priority priority) {
      return null;
    }

    @Override
    public RouteQuery reduce(RouteQuery query, Set<Step> steps) {
      return query;
    }

    @Override
    public Reply.Estimated estimate(Traits traits) {
      throw new IllegalStateException("nobody asked for it");
    }
  }

  /** One worker, one gate, and the path through both. */
  private static final class House {
    private final Ends ends = new Ends();
    private final CostGate gate = new CostGate(() -> SETTINGS, 1, 4, ends, () -> NOW);
    private final WorkQueue queue =
        new WorkQueue(() -> 1, () -> 0.4, SETTINGS::order, gate, Inline::new, () -> NOW);
    private final RequestPath path =
        new RequestPath(
            caller -> new Authenticator.Verdict.Known(PROFILE.identity()),
            (call, identity, traits) -> PROFILE,
            () -> null,
            Quota.NONE,
            gate,
            new NoBrownout(),
            queue,
            House::compute,
            new NoCosts(),
            ends,
            () -> NOW,
            WorkClock.passing(() -> NOW));

    private static RouteOutcome compute(RouteQuery query, StopSignal stop) {
      return stop.cause() == null ? FOUND : new RouteOutcome.Cancelled(0);
    }

    void serve(Way way) {
      path.serve(new Call(Traced.ANY, CALLER, TRAITS, NOW, PROFILE.deadline(), () -> QUERY), way);
    }

    void leave(Way way) {
      way.gone = true;
      queue.sweep();
    }

    void assertLeft(Way... ways) {
      assertEquals(ways.length, ends.count.get());
      for (Way way : ways) {
        int replies = way.replies.get();
        assertTrue(way.gone ? replies <= 1 : replies == 1, "replies: " + replies);
      }
      assertEquals(0, gate.inHouse());
      assertEquals(0, gate.running());
      assertEquals(0, gate.workAheadNanos());
      assertEquals(0, queue.length());
      try {
        assertTrue(queue.awaitIdle(0));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Two callers want the one worker, and one of them leaves at some moment. */
  public static final class Leaving {
    private final House house = new House();
    private final Way one = new Way();
    private final Way other = new Way();

    @Operation(runOnce = true)
    public void ask() {
      house.serve(one);
    }

    @Operation(runOnce = true)
    public void askToo() {
      house.serve(other);
    }

    @Operation(runOnce = true)
    public void leave() {
      house.leave(one);
    }

    @Validate
    public void eachEndedOnce() {
      house.assertLeft(one, other);
    }
  }

  @Test
  void aCallWhoseCallerLeavesEndsOnceAndGivesAllBack() {
    check(Leaving.class);
  }

  /** A caller leaves while the server closes. */
  public static final class Closing {
    private final House house = new House();
    private final Way one = new Way();
    private final Way other = new Way();

    @Operation(runOnce = true)
    public void ask() {
      house.serve(one);
    }

    @Operation(runOnce = true)
    public void askAndLeave() {
      house.serve(other);
      house.leave(other);
    }

    @Operation(runOnce = true)
    public void close() {
      house.path.drain();
      house.queue.close(Refusal.Reason.DRAINING);
      house.path.stopRunning();
    }

    @Validate
    public void eachEndedOnce() {
      house.assertLeft(one, other);
    }
  }

  @Test
  void aCallEndsOnceThoughItsCallerAndTheServerLeaveTogether() {
    check(Closing.class);
  }

  @Test
  void allComesBackOnRealThreadsToo() {
    House house = new House();
    Way[] ways = new Way[3_000];
    for (int i = 0; i < ways.length; i++) {
      ways[i] = new Way();
    }
    Runnable[] loops = new Runnable[4];
    for (int loop = 0; loop < 3; loop++) {
      int first = loop;
      loops[loop] =
          () -> {
            for (int i = first; i < ways.length; i += 3) {
              house.serve(ways[i]);
            }
          };
    }
    loops[3] =
        () -> {
          for (int i = 0; i < ways.length; i += 2) {
            house.leave(ways[i]);
          }
        };
    Together.run(loops);
    house.assertLeft(ways);
  }

  private static void check(Class<?> scene) {
    new ModelCheckingOptions()
        .iterations(1)
        .invocationsPerIteration(60)
        .threads(3)
        .actorsPerThread(1)
        .actorsBefore(0)
        .actorsAfter(0)
        .minimizeFailedScenario(false)
        .check(scene);
  }
}
