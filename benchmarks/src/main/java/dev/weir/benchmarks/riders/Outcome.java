package dev.weir.benchmarks.riders;

import dev.weir.benchmarks.load.Tally.Latency;
import dev.weir.benchmarks.load.Usage;
import dev.weir.benchmarks.load.Verdict;
import dev.weir.proxy.path.Priority;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One stage of one server, in figures: an element of the JSON report. Rates are per second.
 *
 * @param fullPerSecond good answers that did without nothing that was asked for
 * @param late latency of right answers after the deadline
 * @param lag of the generator, from when requests were due to when they were sent
 * @param reasons refusals by the server's name of why
 * @param degraded good answers that did without something, by what
 * @param peakMemoryMib most that the server's resident memory was; 0 where unknown
 * @param connected riders with a connection at the beginning
 */
record Outcome(
    Label label,
    double seconds,
    double offeredPerSecond,
    double goodPerSecond,
    double fullPerSecond,
    Map<Verdict, Long> verdicts,
    Latency good,
    Latency shed,
    Latency late,
    Latency lag,
    Map<Kind, Part> kinds,
    Map<Priority, Part> tiers,
    Map<String, Long> reasons,
    Map<String, Long> degraded,
    Retries retries,
    Usage.Share cpu,
    double peakMemoryMib,
    int connected,
    Claim claim,
    List<Moment> moments) {

  Outcome {
    verdicts = Map.copyOf(verdicts);
    kinds = Map.copyOf(kinds);
    tiers = Map.copyOf(tiers);
    reasons = new TreeMap<>(reasons);
    degraded = new TreeMap<>(degraded);
    moments = List.copyOf(moments);
  }

  /**
   * Who was measured, and in which stage.
   *
   * @param pair number of the A/B pair, from 1; 0 outside of pairs
   * @param stage a word
   * @param load of the peak that the stage is about; 0 if that is not known
   */
  record Label(String server, int pair, String stage, double load) {}

  /** Requests of one kind or tier. */
  record Part(long offered, long good, long shed) {

    private static Part of(Book.Counts counts) {
      return new Part(counts.offered(), counts.count(Verdict.GOOD), counts.count(Verdict.REFUSED));
    }

    double success() {
      return offered == 0 ? 0 : (double) good / offered;
    }
  }

  /** Requests of riders who had asked before; they are counted among all others, too. */
  record Retries(long asked, long good) {}

  /** What the machine and the generator did meanwhile. */
  record Circumstances(Usage.Share cpu, double peakMemoryMib, int connected, double busyPart) {}

  static Outcome of(
      Label label, double seconds, Book book, Circumstances around, List<Moment> moments) {
    long good = book.all().count(Verdict.GOOD);
    long less = book.degraded().values().stream().mapToLong(Long::longValue).sum();
    return new Outcome(
        label,
        seconds,
        book.all().offered() / seconds,
        good / seconds,
        (good - less) / seconds,
        book.all().verdicts(),
        Latency.of(book.good()),
        Latency.of(book.shed()),
        Latency.of(book.late()),
        Latency.of(book.lag()),
        parts(Kind.class, book.kinds()),
        parts(Priority.class, book.tiers()),
        book.reasons(),
        book.degraded(),
        new Retries(book.retries(), book.retriesGood()),
        around.cpu(),
        around.peakMemoryMib(),
        around.connected(),
        new Claim(Latency.of(book.lag()).p99Millis(), around.busyPart()),
        moments);
  }

  private static <E extends Enum<E>> Map<E, Part> parts(Class<E> type, Map<E, Book.Counts> counts) {
    Map<E, Part> parts = new EnumMap<>(type);
    counts.forEach((value, count) -> parts.put(value, Part.of(count)));
    return parts;
  }

  long count(Verdict verdict) {
    return verdicts.getOrDefault(verdict, 0L);
  }
}
