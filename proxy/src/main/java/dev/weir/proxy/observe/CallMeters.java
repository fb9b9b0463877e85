package dev.weir.proxy.observe;

import dev.weir.proxy.path.Estimate;
import dev.weir.proxy.path.PathObserver.Outcome;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Step;
import dev.weir.routing.RequestKind;
import io.micrometer.core.instrument.Counter;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is counted of the calls of one kind. All meters exist from the start, so that counting looks
 * nothing up and allocates nothing. Thread-safe.
 */
final class CallMeters {

  private final Map<Refusal.Reason, Counter> refusals = new EnumMap<>(Refusal.Reason.class);
  private final Map<Refusal.Reason, Counter> dryRun = new EnumMap<>(Refusal.Reason.class);
  private final Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);
  private final Map<Step, Counter> degraded = new EnumMap<>(Step.class);
  private final Counter faults;
  private final Distribution queueDelay;
  private final Distribution engineTime;
  private final Distribution totalTime;
  private final Distribution estimatePercent;
  private final Counter estimateExceeded;

  CallMeters(Meters meters, RequestKind kind) {
    String label = Meters.label(kind);
    for (Refusal.Reason reason : Refusal.Reason.values()) {
      refusals.put(reason, meters.counter(Metric.REFUSALS, label, reason.code()));
      dryRun.put(reason, meters.counter(Metric.DRY_RUN, label, reason.code()));
    }
    for (Outcome outcome : Outcome.values()) {
      outcomes.put(outcome, meters.counter(Metric.REQUESTS, label, Meters.label(outcome)));
    }
    for (Step step : Step.values()) {
      degraded.put(step, meters.counter(Metric.DEGRADED, label, step.code()));
    }
    faults = meters.counter(Metric.FAULTS, label);
    queueDelay = meters.histogram(Metric.QUEUE_DELAY, Buckets.QUEUE, label);
    engineTime = meters.histogram(Metric.ENGINE_TIME, Buckets.of(kind), label);
    totalTime = meters.histogram(Metric.TOTAL_TIME, Buckets.of(kind), label);
    estimatePercent = meters.histogram(Metric.ESTIMATE, Buckets.ESTIMATE_PERCENT, label);
    estimateExceeded = meters.counter(Metric.ESTIMATE_EXCEEDED, label);
  }

  void refused(Refusal.Reason reason) {
    Meters.of(refusals, reason).increment();
  }

  void wouldHaveRefused(Refusal.Reason reason) {
    Meters.of(dryRun, reason).increment();
  }

  /**
   * @param example what histograms remember of the call; {@code null} if nobody can look it up
   */
  void ended(
      Outcome outcome,
      long queueNanos,
      long engineNanos,
      long totalNanos,
      Distribution.@Nullable Example example) {
    Meters.of(outcomes, outcome).increment();
    queueDelay.record(Meters.seconds(queueNanos), example);
    if (engineNanos > 0) {
      engineTime.record(Meters.seconds(engineNanos), example);
    }
    totalTime.record(Meters.seconds(totalNanos), example);
  }

  void degraded(Set<Step> left) {
    left.forEach(step -> Meters.of(degraded, step).increment());
  }

  void estimated(Estimate estimate, long busyNanos) {
    estimatePercent.record(100.0 * estimate.meanNanos() / Math.max(1, busyNanos));
    if (busyNanos > estimate.highNanos()) {
      estimateExceeded.increment();
    }
  }

  void failed() {
    faults.increment();
  }

  long refusals(Refusal.Reason reason) {
    return (long) Meters.of(refusals, reason).count();
  }

  long dryRunRefusals() {
    return dryRun.values().stream().mapToLong(each -> (long) each.count()).sum();
  }

  long endings(Outcome outcome) {
    return (long) Meters.of(outcomes, outcome).count();
  }

  long degradations(Step step) {
    return (long) Meters.of(degraded, step).count();
  }

  long exceeded() {
    return (long) estimateExceeded.count();
  }

  long faults() {
    return (long) faults.count();
  }
}
