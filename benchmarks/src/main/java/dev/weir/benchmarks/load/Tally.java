package dev.weir.benchmarks.load;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What became of the counted requests of one stage. Latencies run from when a request was
 * <em>due</em>: one that the generator delayed has waited, too. Written on the event loop; read
 * after the stage.
 */
public final class Tally {
  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);
  private static final int DIGITS = 3;

  private final Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
  private final Histogram goodMicros = new Histogram(LONGEST_MICROS, DIGITS);
  private final Histogram refusedMicros = new Histogram(LONGEST_MICROS, DIGITS);
  private final Histogram sendLagMicros = new Histogram(LONGEST_MICROS, DIGITS);
  private long goodBytes;

  /** Percentiles of what was recorded; zeros if nothing was. */
  public record Latency(long recorded, double p50Millis, double p99Millis, double maxMillis) {

    public static Latency of(Histogram micros) {
      return new Latency(
          micros.getTotalCount(),
          micros.getValueAtPercentile(50) / 1_000.0,
          micros.getValueAtPercentile(99) / 1_000.0,
          micros.getMaxValue() / 1_000.0);
    }
  }

  /**
   * @param latencyNanos since the request was due; of good answers and refusals it is kept
   */
  void record(Verdict verdict, long latencyNanos) {
    counts.merge(verdict, 1L, Long::sum);
    switch (verdict) {
      case GOOD -> goodMicros.recordValue(micros(latencyNanos));
      case REFUSED -> refusedMicros.recordValue(micros(latencyNanos));
      case LATE, ERROR, UNANSWERED, LEFT, NO_CONNECTION -> {}
    }
  }

  /** Length of the body of a good answer. */
  void goodBody(long bytes) {
    goodBytes += bytes;
  }

  /**
   * @param lagNanos from when a request was due to when it was written
   */
  void sent(long lagNanos) {
    sendLagMicros.recordValue(micros(lagNanos));
  }

  Map<Verdict, Long> verdicts() {
    return Map.copyOf(counts);
  }

  long count(Verdict verdict) {
    return counts.getOrDefault(verdict, 0L);
  }

  /** All counted requests. */
  long due() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  Latency good() {
    return Latency.of(goodMicros);
  }

  Latency refused() {
    return Latency.of(refusedMicros);
  }

  Latency sendLag() {
    return Latency.of(sendLagMicros);
  }

  /** Mean length of a good answer's body; 0 if there was none. */
  double bytesPerGood() {
    return count(Verdict.GOOD) == 0 ? 0 : (double) goodBytes / count(Verdict.GOOD);
  }

  private static long micros(long nanos) {
    return Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 0, LONGEST_MICROS);
  }
}
