package dev.weir.proxy.observe;

import dev.weir.proxy.observe.trace.Fates;

/** What is counted of requests that were to be exported as traces. */
final class TraceMeters {

  private TraceMeters() {}

  static void register(Meters meters, Fates fates) {
    meters.counter(Metric.TRACES, fates.exported(), "exported");
    meters.counter(Metric.TRACES, fates.overRate(), "over_rate");
    meters.counter(Metric.TRACES, fates.queueFull(), "queue_full");
    meters.counter(Metric.TRACES, fates.failed(), "failed");
  }
}
