package dev.weir.benchmarks.riders;

import dev.weir.benchmarks.load.Tally.Latency;
import dev.weir.proxy.path.Priority;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** The current second of a {@link Book}; on the event loop. */
final class Second {
  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);
  private static final int DIGITS = 2;

  private final Histogram goodMicros = new Histogram(LONGEST_MICROS, DIGITS);
  private final Histogram shedMicros = new Histogram(LONGEST_MICROS, DIGITS);
  private final Map<String, Long> reasons = new TreeMap<>();
  private final Map<Priority, Long> tiers = new EnumMap<>(Priority.class);
  private long offered;
  private long late;
  private long other;

  void offered() {
    offered++;
  }

  void late() {
    late++;
  }

  void other() {
    other++;
  }

  void good(long micros) {
    goodMicros.recordValue(micros);
  }

  void shed(long micros, String reason, Priority tier) {
    shedMicros.recordValue(micros);
    reasons.merge(reason, 1L, Long::sum);
    tiers.merge(tier, 1L, Long::sum);
  }

  Moment.Counted counted() {
    return new Moment.Counted(
        offered,
        late,
        other,
        Latency.of(goodMicros),
        Latency.of(shedMicros),
        Map.copyOf(reasons),
        Map.copyOf(tiers));
  }
}
