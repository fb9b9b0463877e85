package dev.weir.proxy.path;

import dev.weir.routing.RequestKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The path of every call, whatever transport it came by: classify, admit, dispatch; then, on a
 * worker, guard and compute. Thread-safe.
 */
public final class RequestPath implements Application {

  private static final Refusal DRAINING =
      new Refusal(Refusal.Reason.DRAINING, Duration.ofSeconds(1));

  private final Classifier classifier;
  private final EngineHealth health;
  private final Gate gate;
  private final Dispatcher dispatcher;
  private final Journey.Surroundings surroundings;
  private volatile boolean draining;

  public RequestPath(
      Classifier classifier,
      EngineHealth health,
      Gate gate,
      Dispatcher dispatcher,
      Computation computation,
      CostModel costs,
      PathObserver observer,
      Ticker ticker) {
    this.classifier = classifier;
    this.health = health;
    this.gate = gate;
    this.dispatcher = dispatcher;
    this.surroundings = new Journey.Surroundings(computation, costs, observer, ticker);
  }

  @Override
  public @Nullable Refusal screen(RequestKind kind, String caller, long remainingNanos) {
    Refusal refusal = draining ? DRAINING : health.refusal();
    if (refusal == null) {
      refusal = gate.screen(kind, caller, remainingNanos);
    }
    if (refusal != null) {
      surroundings.observer().refused(kind, refusal.reason());
    }
    return refusal;
  }

  @Override
  public void serve(Call call, ReplySink sink) {
    Refusal unwell = draining ? DRAINING : health.refusal();
    if (unwell != null) {
      refuse(call, sink, unwell);
      return;
    }
    Profile profile = classifier.classify(call);
    switch (gate.admit(profile)) {
      case Gate.Admission.Refused(Refusal refusal) -> refuse(call, sink, refusal);
      case Gate.Admission.Admitted(Gate.Permit permit) ->
          dispatcher.submit(new Journey(call, permit, sink, surroundings));
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
