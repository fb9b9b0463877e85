package dev.weir.proxy.observe;

import dev.weir.proxy.path.Answered;
import dev.weir.proxy.path.Call;
import dev.weir.proxy.path.PathObserver.Outcome;
import dev.weir.proxy.path.PathObserver.Passage;
import dev.weir.proxy.path.Profile;
import dev.weir.proxy.path.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The way of one call in a flight recording. Where nobody records, none is made, and an event that
 * is asked whether it is wanted is none that the compiler keeps. Thread-safe.
 */
final class FlightPassage implements Passage {

  private final Call call;
  private final Profile profile;
  private final QueueEvent queue;
  private final ComputeEvent compute;
  private volatile boolean running;

  private FlightPassage(Call call, Profile profile, QueueEvent queue, ComputeEvent compute) {
    this.call = call;
    this.profile = profile;
    this.queue = queue;
    this.compute = compute;
  }

  /** Begins to wait; {@code null} if nobody records that. */
  static @Nullable Passage begin(Call call, Profile profile) {
    admit(call, profile);
    QueueEvent queue = new QueueEvent();
    ComputeEvent compute = new ComputeEvent();
    if (!queue.isEnabled() && !compute.isEnabled()) {
      return null;
    }
    queue.begin();
    return new FlightPassage(call, profile, queue, compute);
  }

  private static void admit(Call call, Profile profile) {
    AdmitEvent event = new AdmitEvent();
    if (event.shouldCommit()) {
      event.request = call.trace().requestId();
      event.trace = call.trace().traceId();
      event.kind = Meters.label(profile.kind());
      event.tenant = profile.identity().tenant();
      event.priority = Meters.label(profile.priority());
      event.estimate = profile.estimate().meanNanos();
      event.highEstimate = profile.estimate().highNanos();
      event.commit();
    }
  }

  /** Of a request that may never have been a call. */
  static void refused(Answered answer, Refusal.Reason reason) {
    RefuseEvent event = new RefuseEvent();
    if (event.shouldCommit()) {
      event.request = answer.trace().requestId();
      event.trace = answer.trace().traceId();
      event.resource = Meters.label(answer.resource());
      event.reason = reason.code();
      event.status = answer.status();
      event.took = answer.tookNanos();
      event.commit();
    }
  }

  @Override
  public void started() {
    commitQueue("");
    compute.begin();
    running = true;
  }

  @Override
  public void ended(Outcome outcome) {
    if (running) {
      commitCompute(outcome);
    } else {
      commitQueue(Meters.label(outcome));
    }
  }

  private void commitQueue(String outcome) {
    queue.end();
    if (queue.shouldCommit()) {
      queue.request = call.trace().requestId();
      queue.trace = call.trace().traceId();
      queue.kind = Meters.label(profile.kind());
      queue.priority = Meters.label(profile.priority());
      queue.outcome = outcome;
      queue.commit();
    }
  }

  private void commitCompute(Outcome outcome) {
    compute.end();
    if (compute.shouldCommit()) {
      compute.request = call.trace().requestId();
      compute.trace = call.trace().traceId();
      compute.kind = Meters.label(profile.kind());
      compute.priority = Meters.label(profile.priority());
      compute.outcome = Meters.label(outcome);
      compute.estimate = profile.estimate().meanNanos();
      compute.commit();
    }
  }
}
