package dev.weir.proxy.observe;

import dev.weir.proxy.path.Estimate;
import dev.weir.proxy.path.PathObserver.Outcome;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Step;
import dev.weir.proxy.path.Totals;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Sums over all kinds, read off the meters, and what is counted for the live page alone.
 * Thread-safe.
 */
final class Counted implements Totals {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double PERCENT = 100;

  private final Collection<CallMeters> calls;
  private final Map<Priority, TierMeters> tiers;
  private final WireMeters wire;
  private final Samples samples;

  /** In seconds, from 0.1 ms to 100 s. */
  private final Cells times = Cells.geometric(1e-4, 6, 6);

  /** In percent. */
  private final Cells estimates = Cells.geometric(10, 2, 10);

  Counted(
      Collection<CallMeters> calls,
      Map<Priority, TierMeters> tiers,
      WireMeters wire,
      Samples samples) {
    this.calls = calls;
    this.tiers = tiers;
    this.wire = wire;
    this.samples = samples;
  }

  private long sum(ToLongFunction<CallMeters> what) {
    return calls.stream().mapToLong(what).sum();
  }

  @Override
  public long refused(Refusal.Reason reason) {
    return sum(kind -> kind.refusals(reason));
  }

  @Override
  public long wouldHaveRefused() {
    return sum(CallMeters::dryRunRefusals);
  }

  @Override
  public long ended(Outcome outcome) {
    return sum(kind -> kind.endings(outcome));
  }

  @Override
  public long admitted(Priority priority) {
    return Meters.of(tiers, priority).admitted();
  }

  @Override
  public long turnedAway(Priority priority) {
    return Meters.of(tiers, priority).turnedAway();
  }

  @Override
  public long degraded(Step step) {
    return sum(kind -> kind.degradations(step));
  }

  @Override
  public long exceeded() {
    return sum(CallMeters::exceeded);
  }

  @Override
  public long faults() {
    return sum(CallMeters::faults) + wire.faults();
  }

  /** An admitted call ended. */
  void took(long totalNanos) {
    times.add(totalNanos / NANOS_PER_SECOND);
  }

  /** A call was computed to its end. */
  void estimated(Estimate estimate, long busyNanos) {
    estimates.add(PERCENT * estimate.meanNanos() / Math.max(1, busyNanos));
  }

  @Override
  public Distribution times() {
    return times.distribution();
  }

  @Override
  public Distribution estimates() {
    return estimates.distribution();
  }

  @Override
  public List<Share> takeShares() {
    return samples.takeShares();
  }

  @Override
  public List<Turned> takeRefusals() {
    return samples.takeRefusals();
  }
}
