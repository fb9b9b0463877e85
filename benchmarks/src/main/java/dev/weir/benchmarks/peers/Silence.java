package dev.weir.benchmarks.peers;

import dev.weir.proxy.path.Estimate;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.PathObserver;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Profile;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Step;
import dev.weir.proxy.path.Trace;
import dev.weir.routing.RequestKind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hears everything and tells nobody, but for faults, which must not pass unseen. */
final class Silence implements PathObserver {

  @Override
  public void refused(RequestKind kind, Refusal.Reason reason) {}

  @Override
  public void decided(Priority priority, Refusal.@Nullable Reason reason) {}

  @Override
  public void wouldHaveRefused(RequestKind kind, Refusal.Reason reason) {}

  @Override
  public void sampled(
      Profile profile, Refusal.@Nullable Reason reason, long waitNanos, double part) {}

  @Override
  public void ended(
      RequestKind kind,
      Trace trace,
      Outcome outcome,
      long queueNanos,
      long engineNanos,
      long totalNanos) {}

  @Override
  public void degraded(RequestKind kind, Set<Step> left) {}

  @Override
  public void estimated(RequestKind kind, Estimate estimate, long busyNanos) {}

  @Override
  public void failed(RequestKind kind, Trace trace, Identity asker, Throwable fault) {
    System.err.println("bench: the engine failed: " + fault);
  }
}
