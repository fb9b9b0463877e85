package dev.weir.proxy.observe;

import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Refusal;
import io.micrometer.core.instrument.Counter;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is counted of the gate's decisions on one priority. Thread-safe. */
final class TierMeters {

  private final Map<Refusal.Reason, Counter> refused = new EnumMap<>(Refusal.Reason.class);
  private final Counter admitted;
  private final Distribution expectedWait;

  TierMeters(Meters meters, Priority priority) {
    String label = Meters.label(priority);
    admitted = meters.counter(Metric.DECISIONS, label, "admitted");
    for (Refusal.Reason reason : Refusal.Reason.values()) {
      refused.put(reason, meters.counter(Metric.DECISIONS, label, reason.code()));
    }
    expectedWait = meters.histogram(Metric.EXPECTED_WAIT, Buckets.QUEUE, label);
  }

  void decided(Refusal.@Nullable Reason reason) {
    (reason == null ? admitted : Meters.of(refused, reason)).increment();
  }

  void sampled(long waitNanos) {
    expectedWait.record(Meters.seconds(waitNanos));
  }
}
