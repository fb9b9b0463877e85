package dev.weir.proxy.classify;

import dev.weir.proxy.path.CostModel;
import dev.weir.proxy.path.Estimate;
import dev.weir.proxy.path.Traits;
import dev.weir.routing.RequestKind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A moving average of the cost per kind of request. Lock-free; writers are the few workers, so a
 * failed update is tried again at once.
 */
public final class CostByKind implements CostModel {

  /** One sample in 16 of the average: follows a change of load within some dozens of calls. */
  private static final List<RequestKind> KINDS = List.of(RequestKind.values());

  private static final int WEIGHT = 16;

  private final Map<RequestKind, AtomicLong> averages = new EnumMap<>(RequestKind.class);

  public CostByKind() {
    for (RequestKind kind : RequestKind.values()) {
      averages.put(kind, new AtomicLong(prior(kind).toNanos()));
    }
  }

  /** Orders of magnitude on a city map, until the first calls tell. */
  private static Duration prior(RequestKind kind) {
    return switch (kind) {
      case ROUTE -> Duration.ofMillis(2);
      case ISOCHRONE -> Duration.ofMillis(100);
      case SPT -> Duration.ofMillis(50);
      case NEAREST -> Duration.ofNanos(200_000);
    };
  }

  @Override
  public Estimate estimate(Traits traits) {
    long nanos = averageNanos(traits.kind()).get();
    return new Estimate(KINDS.indexOf(traits.kind()), nanos, nanos);
  }

  @Override
  public void learnAtLeast(Estimate estimate, long busyNanos) {
    if (busyNanos > estimate.meanNanos()) {
      learn(estimate, busyNanos, 0);
    }
  }

  @Override
  public void learn(Estimate estimate, long busyNanos, long visitedNodes) {
    averageNanos(KINDS.get(estimate.cell()))
        .accumulateAndGet(busyNanos, (average, sample) -> average + (sample - average) / WEIGHT);
  }

  private AtomicLong averageNanos(RequestKind kind) {
    return Objects.requireNonNull(averages.get(kind));
  }
}
