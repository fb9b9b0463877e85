package dev.weir.benchmarks.load;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What became of the counted requests of one stage. Latencies are in microseconds since the request
 * was <em>due</em>: a request that the generator or a full connection pool delayed has waited, too.
 * Written on the event loop; read after the stage.
 */
final class Tally {
  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);
  private static final int DIGITS = 3;

  private final Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
  private final Histogram goodMicros = new Histogram(LONGEST_MICROS, DIGITS);
  private final Histogram refusedMicros = new Histogram(LONGEST_MICROS, DIGITS);
  private long goodBytes;
  private final Histogram sendLagMicros = new Histogram(LONGEST_MICROS, DIGITS);

  void record(Verdict verdict, long latencyNanos) {
    counts.merge(verdict, 1L, Long::sum);
    switch (verdict) {
      case GOOD -> goodMicros.recordValue(micros(latencyNanos));
      case REFUSED -> refusedMicros.recordValue(micros(latencyNanos));
      case LATE, ERROR, UNANSWERED, NO_CONNECTION -> {}
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

  long count(Verdict verdict) {
    return counts.getOrDefault(verdict, 0L);
  }

  long due() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Percentile of the good answers' latency; 0 if there was none. */
  double goodMillis(double percentile) {
    return millis(goodMicros, percentile);
  }

  /** Percentile of the refusals' latency; 0 if there was none. */
  double refusedMillis(double percentile) {
    return millis(refusedMicros, percentile);
  }

  /** Mean length of a good answer; less than under less load means that the long routes starve. */
  double bytesPerGood() {
    return count(Verdict.GOOD) == 0 ? 0 : (double) goodBytes / count(Verdict.GOOD);
  }

  /** Percentile of how much later than due requests were written. */
  double sendLagMillis(double percentile) {
    return millis(sendLagMicros, percentile);
  }

  private static double millis(Histogram histogram, double percentile) {
    return histogram.getTotalCount() == 0
        ? 0
        : histogram.getValueAtPercentile(percentile) / 1_000.0;
  }

  private static long micros(long nanos) {
    return Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 0, LONGEST_MICROS);
  }
}
