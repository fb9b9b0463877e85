package dev.weir.proxy.observe;

import dev.weir.proxy.path.BreakerSwitch;
import dev.weir.proxy.path.Priority;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * What is asked when metrics are scraped. Called on the thread of the scrape; must not block.
 *
 * @param workAheadNanos estimated wait of a call that would arrive now
 */
public record Gauges(
    IntSupplier permits,
    IntSupplier inFlight,
    IntSupplier queueLength,
    IntSupplier workersLost,
    LongSupplier workAheadNanos,
    DoubleSupplier effectiveProcessors,
    IntSupplier loadPercent,
    ToDoubleFunction<Priority> admittedPart,
    Supplier<BreakerSwitch.Position> breaker,
    IntSupplier eventLoops,
    IntSupplier rides) {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double PERCENT = 100;

  void register(Meters meters) {
    meters.gauge(Metric.PERMITS, permits::getAsInt);
    meters.gauge(Metric.IN_FLIGHT, inFlight::getAsInt);
    meters.gauge(Metric.QUEUE_LENGTH, queueLength::getAsInt);
    meters.gauge(Metric.WORKERS_LOST, workersLost::getAsInt);
    meters.gauge(Metric.WORK_AHEAD, () -> workAheadNanos.getAsLong() / NANOS_PER_SECOND);
    meters.gauge(Metric.EFFECTIVE_PROCESSORS, effectiveProcessors::getAsDouble);
    meters.gauge(Metric.LOAD, () -> loadPercent.getAsInt() / PERCENT);
    for (Priority priority : Priority.values()) {
      meters.gauge(
          Metric.ADMITTED_PART, () -> admittedPart.applyAsDouble(priority), Meters.label(priority));
    }
    meters.gauge(Metric.HTTP_EVENT_LOOPS, eventLoops::getAsInt);
    meters.gauge(Metric.RIDES, rides::getAsInt);
    for (BreakerSwitch.Position position : BreakerSwitch.Position.values()) {
      meters.gauge(Metric.BREAKER, () -> breaker.get() == position ? 1 : 0, Meters.label(position));
    }
  }
}
