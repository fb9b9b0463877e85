package dev.weir.proxy.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.ManualTicker;
import dev.weir.proxy.Traced;
import dev.weir.proxy.path.Gate.Ending;
import dev.weir.proxy.path.PathObserver.Outcome;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.routing.Coordinate;
import dev.weir.routing.MalformedQuery;
import dev.weir.routing.Problem;
import dev.weir.routing.Rendered;
import dev.weir.routing.RequestKind;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.StopSignal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RequestPathTest {

  private static final Problem PROBLEM = Problem.of(Problem.Kind.ENGINE, "no", null);
  private static final Duration BUDGET = Duration.ofMillis(200);
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Reply.Estimated ESTIMATE = new Reply.Estimated(1_234.5, 99_000);
  private static final Rendered ANSWER = new Rendered(Rendered.Media.JSON, new byte[0], 1);

  private final ManualTicker ticker = new ManualTicker();
  private final RecordingQuota quota = new RecordingQuota();
  private final RecordingGate gate = new RecordingGate();
  private final FakeBrownout brownout = new FakeBrownout();
  private final RecordingObserver observer = new RecordingObserver();
  private final RecordingSink sink = new RecordingSink();
  private final List<Dispatcher.Task> dispatched = new ArrayList<>();
  private final List<Long> learned = new ArrayList<>();
  private final List<Long> learnedAtLeast = new ArrayList<>();
  private Call.QuerySource source = () -> nearest();
  private Computation computation = (query, stop) -> new RouteOutcome.Found(ANSWER, 1);
  private int lost;
  private @Nullable Refusal unwell;
  private @Nullable Refusal stranger;
  private final RequestPath path =
      new RequestPath(
          caller ->
              stranger == null
                  ? new Authenticator.Verdict.Known(Identity.of(caller.address()))
                  : new Authenticator.Verdict.Unknown(stranger),
          (call, identity, traits) ->
              new Profile(call.kind(), identity, 0, call.deadline(), Estimate.of(1_000_000)),
          () -> unwell,
          quota,
          gate,
          brownout,
          dispatched::add,
          new Counting(),
          new Costs(),
          observer,
          ticker,
          WorkClock.passing(ticker));

  private final class Counting implements Computation {
    @Override
    public RouteOutcome compute(RouteQuery query, StopSignal stop) throws Refused {
      return computation.compute(query, stop);
    }

    @Override
    public void lost() {
      lost++;
    }
  }

  private static RouteQuery nearest() {
    return new RouteQuery.Nearest(new Coordinate(1, 2), false);
  }

  private void serve() {
    Deadline deadline = Deadline.after(ticker.nanos(), TIMEOUT.toNanos());
    path.serve(
        new Call(
            Traced.ANY,
            Caller.at("caller"),
            Traits.unknown(RequestKind.ROUTE),
            ticker.nanos(),
            deadline,
            () -> source.read()),
        sink);
  }

  private Reply serveAndRun() {
    serve();
    dispatched.removeFirst().run();
    return Objects.requireNonNull(sink.reply);
  }

  private static Reason reasonOf(@Nullable Reply reply) {
    return assertInstanceOf(Reply.Refused.class, reply).refusal().reason();
  }

  @Test
  void anAdmittedCallIsDispatchedComputedAndAnswered() {
    Reply reply = serveAndRun();
    assertSame(ANSWER, assertInstanceOf(Reply.Routed.class, reply).answer());
    assertEquals(List.of(Ending.SERVED), gate.endings);
    assertEquals(List.of(Outcome.ROUTED), observer.outcomes);
    assertEquals(1, learned.size());
    assertEquals(learned, observer.estimated);
  }

  @Test
  void aCallBeyondItsQuotaIsRefusedBeforeTheGateHearsOfIt() {
    quota.refusal = new Refusal(Reason.QUOTA_EXHAUSTED, Duration.ofHours(3));
    serve();

    assertEquals(Reason.QUOTA_EXHAUSTED, reasonOf(sink.reply));
    assertEquals(List.of(Reason.QUOTA_EXHAUSTED), observer.refusals);
    assertEquals(0, gate.admitted);
    assertEquals(List.of(), observer.decisions);
    assertEquals(List.of(), quota.settled);
    assertSame(
        quota.refusal, path.screen(RequestKind.ROUTE, Caller.at("caller"), TIMEOUT.toNanos()));
  }

  @Test
  void aCallThatTheGateRefusesIsPaidBackAndAServedOneCostsWhatItTook() {
    gate.refusal = new Refusal(Reason.QUEUE_FULL, Duration.ofSeconds(1));
    serve();
    assertEquals(1, quota.charged);
    assertEquals(List.of(0L), quota.settled);

    gate.refusal = null;
    sink.reply = null;
    computation =
        (query, stop) -> {
          ticker.advance(Duration.ofMillis(7));
          return new RouteOutcome.Found(ANSWER, 1);
        };
    serveAndRun();
    assertEquals(List.of(0L, 7_000_000L), quota.settled);
  }

  @Test
  void whatIsLeftOfTheQuotaIsKnownWhenTheAnswerIsWritten() {
    List<Long> left = new ArrayList<>();
    sink.onReply =
        () -> {
          Standing standing = Objects.requireNonNull(path.standing(Caller.at("caller")));
          left.add(Objects.requireNonNull(standing.second()).leftUnits());
        };
    serveAndRun();

    assertEquals(List.of(0L), left);
  }

  @Test
  void onlyWorkForAnAnswerOrThatTheCallerMadeUselessIsPaidFor() {
    Duration work = Duration.ofMillis(7);
    for (RouteOutcome outcome :
        List.of(
            new RouteOutcome.NotFound(PROBLEM, 1),
            new RouteOutcome.BadRequest(PROBLEM, 1),
            new RouteOutcome.TooLate(1),
            new RouteOutcome.OverBudget(1),
            new RouteOutcome.Cancelled(1))) {
      computation =
          (query, stop) -> {
            ticker.advance(work);
            return outcome;
          };
      serveAndRun();
    }
    computation =
        (query, stop) -> {
          ticker.advance(work);
          throw new IllegalStateException("ours");
        };
    serveAndRun();
    serve();
    dispatched.removeFirst().shed(Reason.EXPIRED_IN_QUEUE);

    long paid = work.toNanos();
    assertEquals(List.of(paid, paid, paid, 0L, 0L, 0L, 0L), quota.settled);
  }

  @Test
  void aCallThatIsCutOffIsAnsweredOnceAndTeachesNothingWhenItReturns() {
    computation =
        (query, stop) -> {
          ticker.advance(TIMEOUT.multipliedBy(20));
          dispatched.getFirst().cutOff();
          assertEquals(Reason.TOO_LATE, reasonOf(sink.reply));
          assertEquals(List.of(Ending.IGNORED), gate.endings);
          return new RouteOutcome.Found(ANSWER, 1);
        };
    serve();
    dispatched.getFirst().run();

    assertEquals(Reason.TOO_LATE, reasonOf(sink.reply));
    assertEquals(List.of(Ending.IGNORED), gate.endings);
    assertEquals(List.of(Outcome.HUNG), observer.outcomes);
    assertEquals(List.of(), learned);
    assertEquals(1, lost);
  }

  @Test
  void whatAStoppedCallTeachesEndsAtItsDeadlineForTheRestWasAPause() {
    computation =
        (query, stop) -> {
          ticker.advance(Duration.ofHours(1));
          return new RouteOutcome.TooLate(1);
        };

    assertEquals(Reason.TOO_LATE, reasonOf(serveAndRun()));
    assertEquals(List.of(TIMEOUT.toNanos()), learnedAtLeast);
  }

  @Test
  void aCallTheGateRefusesIsAnsweredAtOnceWithoutReadingIt() {
    gate.refusal = new Refusal(Reason.QUEUE_FULL, TIMEOUT);
    source =
        () -> {
          throw new AssertionError("read");
        };
    serve();
    assertEquals(Reason.QUEUE_FULL, reasonOf(sink.reply));
    assertEquals(List.of(Reason.QUEUE_FULL), observer.refusals);
    assertTrue(dispatched.isEmpty());
  }

  @Test
  void aCallThereIsNoRoomForIsComputedWithLessAndSaysSo() {
    RouteQuery less = nearest();
    gate.refusal = new Refusal(Reason.QUEUE_FULL, TIMEOUT);
    gate.refusals = 2;
    brownout.steps.add(Set.of(Step.ALTERNATIVES));
    brownout.steps.add(Set.of(Step.ALTERNATIVES, Step.OUTPUT));
    brownout.reduced = less;
    computation =
        (query, stop) -> {
          assertSame(less, query);
          return new RouteOutcome.Found(ANSWER, 1);
        };

    Reply.Routed routed = assertInstanceOf(Reply.Routed.class, serveAndRun());

    assertEquals(Set.of(Step.ALTERNATIVES, Step.OUTPUT), routed.left());
    assertEquals(List.of(Set.of(Step.ALTERNATIVES, Step.OUTPUT)), observer.degraded);
    assertEquals(List.of(), observer.refusals);
    assertEquals(List.of(), gate.turnedAway);
  }

  @Test
  void aQueryThatAllowsNoLessThanThereIsRoomForIsRefused() {
    gate.refusal = new Refusal(Reason.QUEUE_FULL, TIMEOUT);
    gate.refusals = 1;
    brownout.steps.add(Set.of(Step.SEARCH));
    computation =
        (query, stop) -> {
          throw new AssertionError("computed");
        };

    assertEquals(Reason.QUEUE_FULL, reasonOf(serveAndRun()));
    assertEquals(List.of(Outcome.IRREDUCIBLE), observer.outcomes);
    assertEquals(List.of(Ending.DROPPED), gate.endings);
    assertEquals(List.of(), observer.degraded);
  }

  @Test
  void anEstimateIsGivenAtOnceAndTakesNoPlace() {
    gate.refusal = new Refusal(Reason.QUEUE_FULL, TIMEOUT);
    brownout.steps.add(Set.of(Step.ESTIMATE));

    serve();

    assertSame(ESTIMATE, sink.reply);
    assertEquals(List.of(Set.of(Step.ESTIMATE)), observer.degraded);
    assertEquals(0, gate.admitted);
    assertTrue(dispatched.isEmpty());
  }

  @Test
  void whoCanDoWithAnEstimateIsReadOnEvenIfThereIsNoRoom() {
    gate.refusal = new Refusal(Reason.QUEUE_FULL, TIMEOUT);
    Caller content = new Caller("caller", null, null, null, true);

    assertNull(path.screen(RequestKind.ROUTE, content, 1));
    assertNotNull(path.screen(RequestKind.ISOCHRONE, content, 1));
    assertNotNull(path.screen(RequestKind.ROUTE, Caller.at("caller"), 1));
  }

  @Test
  void whoIsRefusedHearsTheFirstReason() {
    gate.refusal = new Refusal(Reason.QUEUE_FULL, TIMEOUT);
    brownout.steps.add(Set.of(Step.OUTPUT));

    serve();

    assertEquals(Reason.QUEUE_FULL, reasonOf(sink.reply));
    assertEquals(List.of(Reason.QUEUE_FULL), observer.refusals);
    assertEquals(List.of("ROUTE QUEUE_FULL"), gate.turnedAway);
  }

  @Test
  void anUnwellEngineRefusesBeforeTheGate() {
    unwell = new Refusal(Reason.ENGINE_UNWELL, TIMEOUT);
    serve();
    assertEquals(Reason.ENGINE_UNWELL, reasonOf(sink.reply));
    assertEquals(0, gate.admitted);
    assertNotNull(path.screen(RequestKind.ROUTE, Caller.at("caller"), 1));
  }

  @Test
  void whoIsUnknownHearsOfNothingElse() {
    stranger = new Refusal(Reason.KEY_REQUIRED, Duration.ZERO);
    unwell = new Refusal(Reason.ENGINE_UNWELL, TIMEOUT);
    gate.refusal = new Refusal(Reason.QUEUE_FULL, TIMEOUT);
    path.drain();
    serve();

    assertEquals(Reason.KEY_REQUIRED, reasonOf(sink.reply));
    assertSame(stranger, path.screen(RequestKind.ROUTE, Caller.at("caller"), 1));
    assertEquals(List.of(Reason.KEY_REQUIRED, Reason.KEY_REQUIRED), observer.refusals);
    assertEquals(List.of(), observer.decisions);
  }

  @Test
  void saysWhereTheTimeOfAnAdmittedCallWent() {
    computation =
        (query, stop) -> {
          ticker.advance(Duration.ofMillis(7));
          return new RouteOutcome.Found(ANSWER, 1);
        };
    serve();
    ticker.advance(Duration.ofMillis(5));
    dispatched.removeFirst().run();

    Spent spent = Objects.requireNonNull(sink.spent);
    assertEquals(5_000_000, spent.queueNanos());
    assertEquals(7_000_000, spent.engineNanos());
    assertEquals(1_000_000, spent.estimateNanos());
    Spent.Stay stay = Objects.requireNonNull(spent.last());
    assertEquals(5_000_000, stay.startedNanos() - stay.admittedNanos());
    assertEquals(ticker.nanos(), stay.endedNanos());
  }

  @Test
  void whoFollowsACallHearsOfItsWay() {
    observer.follows = true;
    serveAndRun();
    serve();
    dispatched.removeFirst().shed(Reason.EXPIRED_IN_QUEUE);
    gate.refusal = new Refusal(Reason.QUEUE_FULL, TIMEOUT);
    serve();

    assertEquals(
        List.of("admitted", "started", "ROUTED", "admitted", "EXPIRED_IN_QUEUE"), observer.way);
  }

  @Test
  void aDrainingServerRefusesEveryNewCall() {
    assertNull(path.screen(RequestKind.ROUTE, Caller.at("caller"), 1));
    path.drain();
    serve();
    assertEquals(Reason.DRAINING, reasonOf(sink.reply));
    assertEquals(
        Reason.DRAINING,
        Objects.requireNonNull(path.screen(RequestKind.ROUTE, Caller.at("caller"), 1)).reason());
  }

  @Test
  void aQueryThatCannotBeReadIsInvalidAndGivesItsPermitBack() {
    source =
        () -> {
          throw new MalformedQuery(PROBLEM);
        };
    assertSame(PROBLEM, assertInstanceOf(Reply.Invalid.class, serveAndRun()).problem());
    assertEquals(List.of(Ending.IGNORED), gate.endings);
  }

  @Test
  void tellsTheEndsOfAComputationApart() {
    Map<RouteOutcome, Class<? extends Reply>> expected =
        Map.of(
            new RouteOutcome.NotFound(PROBLEM, 1), Reply.Unreachable.class,
            new RouteOutcome.OutOfBounds(PROBLEM), Reply.Invalid.class,
            new RouteOutcome.BadRequest(PROBLEM, 0), Reply.Invalid.class,
            new RouteOutcome.TooLate(1), Reply.Refused.class);
    expected.forEach(
        (outcome, replyClass) -> {
          computation = (query, stop) -> outcome;
          assertInstanceOf(replyClass, serveAndRun());
        });
    computation = (query, stop) -> new RouteOutcome.TooLate(1);
    assertEquals(Reason.TOO_LATE, reasonOf(serveAndRun()));
  }

  @Test
  void aFaultOfTheEngineBecomesAnIncidentAndGivesThePermitBack() {
    computation =
        (query, stop) -> {
          throw new IllegalStateException("planted");
        };
    Reply.Failed failed = assertInstanceOf(Reply.Failed.class, serveAndRun());
    assertEquals(Traced.ANY.requestId(), failed.incident());
    assertEquals(List.of(failed.incident() + " of caller"), observer.incidents);
    assertEquals(List.of(Ending.IGNORED), gate.endings);
  }

  @Test
  void anErrorOfTheEngineGivesThePermitBackToo() {
    computation =
        (query, stop) -> {
          throw new StackOverflowError("planted");
        };
    assertInstanceOf(Reply.Failed.class, serveAndRun());
    assertEquals(List.of(Ending.IGNORED), gate.endings);
  }

  @Test
  void aRefusalOfAGuardReachesTheCaller() {
    computation =
        (query, stop) -> {
          throw new Computation.Refused(new Refusal(Reason.ENGINE_UNWELL, TIMEOUT));
        };
    assertEquals(Reason.ENGINE_UNWELL, reasonOf(serveAndRun()));
    assertEquals(List.of(Outcome.REFUSED_BY_GUARD), observer.outcomes);
  }

  @Test
  void theSearchIsToldWhenTheCallerLeaves() {
    computation =
        (query, stop) -> {
          assertNull(stop.cause());
          sink.abandoned = true;
          assertEquals(StopSignal.Cause.CALLER_GONE, stop.cause());
          return new RouteOutcome.Cancelled(1);
        };
    serve();
    dispatched.removeFirst().run();
    assertNull(sink.reply);
    assertEquals(List.of(Outcome.ABANDONED), observer.outcomes);
    assertEquals(List.of(Ending.IGNORED), gate.endings);
  }

  @Test
  void theSearchIsToldWhenTheDeadlinePassesAndWhenTheServerStops() {
    computation =
        (query, stop) -> {
          assertEquals(TIMEOUT.toNanos(), stop.remainingNanos());
          ticker.advance(TIMEOUT);
          assertEquals(StopSignal.Cause.DEADLINE_PASSED, stop.cause());
          path.stopRunning();
          assertEquals(StopSignal.Cause.SHUTTING_DOWN, stop.cause());
          return new RouteOutcome.Cancelled(1);
        };
    assertEquals(Reason.DRAINING, reasonOf(serveAndRun()));
  }

  @Test
  void theDocumentsOwnTimeoutBringsTheDeadlineForward() {
    source = () -> route(Map.of("timeout_ms", 100));
    computation =
        (query, stop) -> {
          assertEquals(Duration.ofMillis(100).toNanos(), stop.remainingNanos());
          return new RouteOutcome.Found(ANSWER, 1);
        };
    assertInstanceOf(Reply.Routed.class, serveAndRun());
  }

  @Test
  void theDocumentsOwnTimeoutCannotPutTheDeadlineOff() {
    source = () -> route(Map.of("timeout_ms", 100_000));
    computation =
        (query, stop) -> {
          assertEquals(TIMEOUT.toNanos(), stop.remainingNanos());
          return new RouteOutcome.Found(ANSWER, 1);
        };
    assertInstanceOf(Reply.Routed.class, serveAndRun());
  }

  private static RouteQuery route(Map<String, Object> hints) {
    RouteQuery.Rendering json =
        new RouteQuery.Rendering(true, true, false, false, RouteQuery.Json.USUAL);
    return new RouteQuery.Route(
        "car", List.of(), List.of(), List.of(), List.of(), null, List.of(), "", "en", null, hints,
        json);
  }

  @Test
  void aCallShedInTheQueueIsAnsweredAndNeverReachesTheEngine() {
    computation =
        (query, stop) -> {
          throw new AssertionError("computed");
        };
    serve();
    dispatched.removeFirst().shed(Reason.EXPIRED_IN_QUEUE);
    assertEquals(
        new Reply.Refused(new Refusal(Reason.EXPIRED_IN_QUEUE, Duration.ZERO)), sink.reply);
    assertEquals(List.of(Ending.DROPPED), gate.endings);
    assertEquals(List.of(Outcome.EXPIRED_IN_QUEUE), observer.outcomes);
  }

  @Test
  void whoIsTakenOutOfTheQueueForWantOfRoomMayTryAgain() {
    for (Reason reason : List.of(Reason.QUEUE_FULL, Reason.OVER_CAPACITY)) {
      serve();
      dispatched.removeFirst().shed(reason);
      Refusal refusal = assertInstanceOf(Reply.Refused.class, sink.reply).refusal();
      assertEquals(reason, refusal.reason());
      assertTrue(refusal.retryAfter().isPositive());
    }
    assertEquals(List.of(Outcome.SHED, Outcome.SHED), observer.outcomes);
  }

  @Test
  void aSearchCutOffByItsDeadlineTellsTheLeastItWouldHaveCost() {
    computation =
        (query, stop) -> {
          ticker.advance(Duration.ofMillis(50));
          return new RouteOutcome.TooLate(1);
        };
    serveAndRun();
    assertTrue(learned.isEmpty());
    assertEquals(List.of(Duration.ofMillis(50).toNanos()), learnedAtLeast);
  }

  @Test
  void aSearchOverItsBudgetIsStoppedOnlyWhileOthersWaitAndThenForGood() {
    computation =
        (query, stop) -> {
          ticker.advance(BUDGET.plusNanos(1));
          assertNull(stop.cause());
          gate.othersWait = true;
          assertEquals(StopSignal.Cause.OVER_BUDGET, stop.cause());
          gate.othersWait = false;
          assertEquals(StopSignal.Cause.OVER_BUDGET, stop.cause());
          return new RouteOutcome.OverBudget(7);
        };
    assertEquals(Reason.OVER_BUDGET, reasonOf(serveAndRun()));
    assertEquals(List.of(Ending.DROPPED), gate.endings);
    assertEquals(List.of(Outcome.OVER_BUDGET), observer.outcomes);
    assertEquals(List.of(BUDGET.toNanos() + 1), learnedAtLeast);
  }

  @Test
  void tellsWhatTheGateDecided() {
    serve();
    gate.refusal = new Refusal(Reason.OVER_CAPACITY, TIMEOUT);
    serve();
    assertEquals(List.of("admitted", "over_capacity"), observer.decisions);
  }

  private final class Costs implements CostModel {
    @Override
    public Estimate estimate(Traits traits) {
      return Estimate.of(1_000_000);
    }

    @Override
    public void learn(Estimate estimate, long busyNanos, long visitedNodes) {
      learned.add(busyNanos);
    }

    @Override
    public void learnAtLeast(Estimate estimate, long busyNanos) {
      learnedAtLeast.add(busyNanos);
    }
  }

  private static final class RecordingSink implements ReplySink {
    private @Nullable Reply reply;
    private @Nullable Spent spent;
    private boolean abandoned;
    private Runnable onReply = () -> {};

    @Override
    public void spent(Spent on) {
      spent = on;
    }

    @Override
    public void reply(Reply reply) {
      this.reply = reply;
      onReply.run();
    }

    @Override
    public boolean abandoned() {
      return abandoned;
    }
  }

  /** Charges everybody who is not refused. */
  private static final class RecordingQuota implements Quota {
    private final List<Long> settled = new ArrayList<>();
    private @Nullable Refusal refusal;
    private int charged;

    @Override
    public boolean imposed() {
      return true;
    }

    @Override
    public @Nullable Refusal screen(Identity identity) {
      return refusal;
    }

    @Override
    public @Nullable Refusal charge(Place place) {
      if (refusal == null) {
        charged++;
        place.charged(0);
      }
      return refusal;
    }

    @Override
    public void settle(Place place, long tookNanos) {
      settled.add(tookNanos);
    }

    @Override
    public Standing standing(Identity identity) {
      return new Standing(new Standing.Allowance(1, 1, 1 - settled.size(), 0), null);
    }
  }

  private static final class RecordingGate implements Gate {
    private final List<Ending> endings = new ArrayList<>();
    private @Nullable Refusal refusal;
    private int refusals = Integer.MAX_VALUE;
    private int admitted;
    private boolean othersWait;
    private final List<String> turnedAway = new ArrayList<>();

    @Override
    public void turnedAway(Profile asked, Reason reason) {
      turnedAway.add(asked.kind() + " " + reason);
    }

    @Override
    public @Nullable Refusal screen(Identity identity, long remainingNanos) {
      return refusal;
    }

    @Override
    public @Nullable Refusal admit(Place place) {
      if (refusal != null && refusals-- > 0) {
        return refusal;
      }
      admitted++;
      return null;
    }

    @Override
    public void started(Place place) {}

    @Override
    public long budgetNanos(Profile profile) {
      return BUDGET.toNanos();
    }

    @Override
    public boolean othersWait(Profile profile) {
      return othersWait;
    }

    @Override
    public void settle(Place place, Ending ending) {
      endings.add(ending);
    }
  }

  /** Nothing can be left out, unless a test says so. */
  private static final class FakeBrownout implements Brownout {
    private final Deque<Set<Step>> steps = new ArrayDeque<>();
    private @Nullable RouteQuery reduced;

    @Override
    public @Nullable Plan cheaper(Plan plan, Caller caller, Priority priority) {
      Set<Step> left = steps.poll();
      return left == null ? null : new Plan(plan.traits(), left);
    }

    @Override
    public @Nullable RouteQuery reduce(RouteQuery query, Set<Step> left) {
      return reduced;
    }

    @Override
    public Reply.Estimated estimate(Traits traits) {
      return ESTIMATE;
    }
  }

  private static final class RecordingObserver implements PathObserver {
    private final List<Reason> refusals = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<String> incidents = new ArrayList<>();
    private final List<Set<Step>> degraded = new ArrayList<>();
    private final List<Long> estimated = new ArrayList<>();
    private final List<String> decisions = new ArrayList<>();
    private final List<String> way = new ArrayList<>();
    private boolean follows;

    @Override
    public @Nullable Passage admitted(Call call, Profile profile) {
      if (!follows) {
        return null;
      }
      way.add("admitted");
      return new Passage() {
        @Override
        public void started() {
          way.add("started");
        }

        @Override
        public void ended(Outcome outcome) {
          way.add(outcome.name());
        }
      };
    }

    @Override
    public void refused(RequestKind kind, Reason reason) {
      refusals.add(reason);
    }

    @Override
    public void ended(
        RequestKind kind,
        Trace trace,
        Outcome outcome,
        long queueNanos,
        long engineNanos,
        long totalNanos) {
      outcomes.add(outcome);
    }

    @Override
    public void decided(Priority priority, @Nullable Reason reason) {
      decisions.add(reason == null ? "admitted" : reason.code());
    }

    @Override
    public void wouldHaveRefused(RequestKind kind, Reason reason) {}

    @Override
    public void sampled(Profile profile, @Nullable Reason reason, long waitNanos, double part) {}

    @Override
    public void degraded(RequestKind kind, Set<Step> left) {
      degraded.add(left);
    }

    @Override
    public void estimated(RequestKind kind, Estimate estimate, long busyNanos) {
      estimated.add(busyNanos);
    }

    @Override
    public void failed(RequestKind kind, Trace trace, Identity asker, Throwable fault) {
      incidents.add(trace.requestId() + " of " + asker.tenant());
    }
  }
}
