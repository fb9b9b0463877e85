package dev.weir.benchmarks.riders;

import dev.weir.benchmarks.load.Remarks;
import dev.weir.benchmarks.load.Verdict;
import dev.weir.proxy.path.Priority;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What became of the requests of one stage; latencies run from when a request was due. Used on the
 * event loop, and by anybody when the stage is over.
 */
final class Book {
  /** Names that a server gives to reasons are its own; more of them are counted together. */
  private static final int REASONS_AT_MOST = 24;

  private static final String OTHER_REASONS = "others";
  private static final String NO_REASON = "no reason given";
  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);
  private static final int DIGITS = 3;

  private final long fromNanos;
  private final Map<Kind, Counts> kinds = new EnumMap<>(Kind.class);
  private final Map<Priority, Counts> tiers = new EnumMap<>(Priority.class);
  private final Counts all = new Counts();
  private final Map<String, Long> reasons = new TreeMap<>();
  private final Map<String, Long> degraded = new TreeMap<>();
  private final Histogram good = histogram();
  private final Histogram shed = histogram();
  private final Histogram late = histogram();
  private final Histogram lag = histogram();
  private Second second = new Second();
  private long retries;
  private long retriesGood;

  /**
   * How a request ended.
   *
   * @param dueNanos since the start of the stage
   * @param latencyNanos since it was due
   * @param nowNanos since the start of the stage
   * @param retry whether its rider had asked before
   */
  record End(Verdict verdict, long dueNanos, long latencyNanos, long nowNanos, boolean retry) {}

  /**
   * @param fromNanos requests due before, since the start of the stage, are not counted
   */
  Book(long fromNanos) {
    this.fromNanos = fromNanos;
    for (Kind kind : Kind.values()) {
      kinds.put(kind, new Counts());
    }
    for (Priority tier : Priority.values()) {
      tiers.put(tier, new Counts());
    }
  }

  private static Histogram histogram() {
    return new Histogram(LONGEST_MICROS, DIGITS);
  }

  private Counts of(Kind kind) {
    return kinds.getOrDefault(kind, all);
  }

  private Counts of(Priority tier) {
    return tiers.getOrDefault(tier, all);
  }

  void due(Question question, long dueNanos, boolean retry) {
    if (dueNanos >= fromNanos) {
      all.offered++;
      of(question.kind()).offered++;
      of(question.tier()).offered++;
      second.offered();
      retries += retry ? 1 : 0;
    }
  }

  void sent(long dueNanos, long lagNanos) {
    if (dueNanos >= fromNanos) {
      lag.recordValue(micros(lagNanos));
    }
  }

  void ended(Question question, End end, Remarks remarks) {
    if (end.dueNanos() < fromNanos) {
      return;
    }
    all.add(end.verdict());
    of(question.kind()).add(end.verdict());
    of(question.tier()).add(end.verdict());
    long micros = micros(end.latencyNanos());
    switch (end.verdict()) {
      case GOOD -> {
        good.recordValue(micros);
        second.good(micros);
        retriesGood += end.retry() ? 1 : 0;
        count(degraded, remarks.degraded());
      }
      case REFUSED -> {
        shed.recordValue(micros);
        String reason = remarks.reason().isEmpty() ? NO_REASON : remarks.reason();
        second.shed(micros, count(reasons, reason), question.tier());
      }
      case LATE -> {
        late.recordValue(micros);
        second.late();
      }
      case ERROR, UNANSWERED, LEFT, NO_CONNECTION -> second.other();
    }
  }

  private static String count(Map<String, Long> counts, String name) {
    if (name.isEmpty()) {
      return name;
    }
    String known =
        counts.containsKey(name) || counts.size() < REASONS_AT_MOST ? name : OTHER_REASONS;
    counts.merge(known, 1L, Long::sum);
    return known;
  }

  private static long micros(long nanos) {
    return Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 0, LONGEST_MICROS);
  }

  /** What came due and what ended since the last call. */
  Moment.Counted cut() {
    Moment.Counted counted = second.counted();
    second = new Second();
    return counted;
  }

  Counts all() {
    return all;
  }

  Map<Kind, Counts> kinds() {
    return kinds;
  }

  Map<Priority, Counts> tiers() {
    return tiers;
  }

  Map<String, Long> reasons() {
    return reasons;
  }

  /** Good answers that did without something, by what. */
  Map<String, Long> degraded() {
    return degraded;
  }

  /** Requests that were not the first of their rider. */
  long retries() {
    return retries;
  }

  long retriesGood() {
    return retriesGood;
  }

  /** In microseconds, as all of them. */
  Histogram good() {
    return good;
  }

  Histogram shed() {
    return shed;
  }

  /** Of right answers after the deadline. */
  Histogram late() {
    return late;
  }

  /** From when requests were due to when they were sent. */
  Histogram lag() {
    return lag;
  }

  /** All of them, by name. */
  Map<String, Histogram> histograms() {
    return Map.of("good", good, "shed", shed, "late", late, "lag", lag);
  }

  /** Of some requests. */
  static final class Counts {
    private final Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);
    private long offered;

    private void add(Verdict verdict) {
      verdicts.merge(verdict, 1L, Long::sum);
    }

    long offered() {
      return offered;
    }

    long count(Verdict verdict) {
      return verdicts.getOrDefault(verdict, 0L);
    }

    Map<Verdict, Long> verdicts() {
      return Map.copyOf(verdicts);
    }
  }
}
