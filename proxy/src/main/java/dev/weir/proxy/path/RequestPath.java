package dev.weir.proxy.path;

import dev.weir.proxy.path.Authenticator.Verdict;
import dev.weir.routing.RequestKind;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The path of every call, whatever transport it came by: classify, admit, dispatch; then, on a
 * worker, guard and compute. Thread-safe.
 */
public final class RequestPath implements Application {

  private static final Refusal DRAINING =
      new Refusal(Refusal.Reason.DRAINING, Duration.ofSeconds(1));

  private final Authenticator authenticator;
  private final Classifier classifier;
  private final EngineHealth health;
  private final Quota quota;
  private final Gate gate;
  private final Brownout brownout;
  private final Dispatcher dispatcher;
  private final Journey.Surroundings surroundings;
  private volatile boolean draining;

  public RequestPath(
      Authenticator authenticator,
      Classifier classifier,
      EngineHealth health,
      Quota quota,
      Gate gate,
      Brownout brownout,
      Dispatcher dispatcher,
      Computation computation,
      CostModel costs,
      PathObserver observer,
      Ticker ticker,
      WorkClock work) {
    this.authenticator = authenticator;
    this.classifier = classifier;
    this.health = health;
    this.quota = quota;
    this.gate = gate;
    this.brownout = brownout;
    this.dispatcher = dispatcher;
    this.surroundings =
        new Journey.Surroundings(quota, gate, brownout, computation, costs, observer, ticker, work);
  }

  @Override
  public @Nullable Caller recognize(Caller caller, Consumer<Caller> then) {
    return authenticator.recognize(caller, then);
  }

  @Override
  public @Nullable Refusal screen(RequestKind kind, Caller caller, long remainingNanos) {
    Refusal refusal =
        switch (authenticator.identify(caller)) {
          case Verdict.Unknown(Refusal unknown) -> unknown;
          case Verdict.Known(Identity identity) -> screen(kind, caller, identity, remainingNanos);
        };
    if (refusal != null) {
      surroundings.observer().refused(kind, refusal.reason());
    }
    return refusal;
  }

  private @Nullable Refusal screen(
      RequestKind kind, Caller caller, Identity identity, long remainingNanos) {
    Refusal barred = closed();
    if (barred == null) {
      barred = quota.screen(identity);
    }
    if (barred != null || canBeEstimated(kind, caller)) {
      return barred;
    }
    Refusal refusal = gate.screen(identity, remainingNanos);
    if (refusal != null) {
      surroundings.observer().decided(identity.priority(), refusal.reason());
    }
    return refusal;
  }

  /** There is always room for an estimate; what it takes is in the parameters, or the body. */
  private static boolean canBeEstimated(RequestKind kind, Caller caller) {
    return kind == RequestKind.ROUTE && caller.estimateWelcome();
  }

  @Override
  public Verdict identify(Caller caller) {
    return authenticator.identify(caller);
  }

  @Override
  public @Nullable Standing standing(Caller caller) {
    return quota.imposed() && authenticator.identify(caller) instanceof Verdict.Known(var identity)
        ? quota.standing(identity)
        : null;
  }

  @Override
  public void serve(Call call, ReplySink sink) {
    switch (authenticator.identify(call.caller())) {
      case Verdict.Unknown(Refusal unknown) -> refuse(call, sink, unknown);
      case Verdict.Known(Identity identity) -> {
        Refusal closed = closed();
        if (closed == null) {
          admit(call, identity, sink);
        } else {
          refuse(call, sink, closed);
        }
      }
    }
  }

  /** Why nobody is let in at present, whoever it is. */
  private @Nullable Refusal closed() {
    return draining ? DRAINING : health.refusal();
  }

  /**
   * Admits what was asked for, else the most of it that there is room for. What is beyond the quota
   * of its tenant is not what there is no room for: nothing is left out for that.
   */
  private void admit(Call call, Identity identity, ReplySink sink) {
    Plan plan = Plan.asAsked(call.traits());
    Profile asked = null;
    Refusal first = null;
    while (plan != null) {
      if (plan.left().contains(Step.ESTIMATE)) {
        sink.reply(brownout.estimate(plan.traits()));
        surroundings.observer().degraded(call.kind(), plan.left());
        return;
      }
      Profile profile = classifier.classify(call, identity, plan.traits());
      Place place = new Place(profile, first == null);
      Refusal exhausted = quota.charge(place);
      if (exhausted != null) {
        refuse(call, sink, exhausted);
        return;
      }
      Refusal refusal = admit(place);
      if (refusal == null) {
        surroundings.observer().decided(identity.priority(), null);
        dispatcher.submit(new Journey(call, place, plan.left(), sink, surroundings));
        return;
      }
      quota.settle(place, 0);
      asked = asked == null ? profile : asked;
      first = first == null ? refusal : first;
      plan = brownout.cheaper(plan, call.caller(), identity.priority());
    }
    if (asked != null && first != null) {
      gate.turnedAway(asked, first.reason());
      surroundings.observer().decided(identity.priority(), first.reason());
      refuse(call, sink, first);
    }
  }

  private @Nullable Refusal admit(Place place) {
    try {
      return gate.admit(place);
    } catch (RuntimeException | Error fault) {
      quota.settle(place, 0);
      throw fault;
    }
  }

  private void refuse(Call call, ReplySink sink, Refusal refusal) {
    surroundings.observer().refused(call.kind(), refusal.reason());
    sink.reply(new Reply.Refused(refusal));
  }

  /** From now on every new call is refused. */
  public void drain() {
    draining = true;
  }

  /** Tells the searches that still run to stop. */
  public void stopRunning() {
    surroundings.shutDown();
  }
}
