package dev.weir.chaos.report;

import dev.weir.chaos.load.Fate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a trial, in buckets of 100 ms since it began. Thread-safe. Holds as much as an
 * hour, and no more.
 */
public final class Timeline {

  public static final int BUCKET_MILLIS = 100;

  private static final int MOST_BUCKETS = 36_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** A time in which a fault was on; {@code toMillis} is open while it still is. */
  public record Window(String fault, long fromMillis, @Nullable Long toMillis) {}

  /** A value read at a moment. */
  public record Sample(long atMillis, double value) {}

  private static final class Bucket {
    private final Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
    private final List<Long> goodMicros = new ArrayList<>();
    private final List<Long> refusedMicros = new ArrayList<>();

    private List<Long> micros(Fate fate) {
      return fate == Fate.GOOD ? goodMicros : fate == Fate.REFUSED ? refusedMicros : List.of();
    }
  }

  private final long startNanos = System.nanoTime();
  private final List<Bucket> buckets = new ArrayList<>();
  private final Map<Series, List<Sample>> samples = new EnumMap<>(Series.class);
  private final List<Window> windows = new ArrayList<>();
  private long surplus;
  private long closedMillis = Long.MAX_VALUE;

  public long nowMillis() {
    return (System.nanoTime() - startNanos) / NANOS_PER_MILLI;
  }

  /** Nothing is written from now on. */
  public synchronized void close() {
    closedMillis = Math.min(closedMillis, nowMillis());
  }

  /** How long it is. */
  synchronized long lengthMillis() {
    return Math.min(closedMillis, nowMillis());
  }

  /** A request ended now. */
  public synchronized void ended(Fate fate, long latencyMicros) {
    int index = (int) Math.min(nowMillis() / BUCKET_MILLIS, MOST_BUCKETS - 1);
    while (buckets.size() <= index) {
      buckets.add(new Bucket());
    }
    Bucket bucket = buckets.get(index);
    bucket.fates.merge(fate, 1, Integer::sum);
    if (fate == Fate.GOOD || fate == Fate.REFUSED) {
      bucket.micros(fate).add(latencyMicros);
    }
  }

  /** An answer came that nobody had asked for. */
  public synchronized void surplus() {
    surplus++;
  }

  public synchronized void sampled(Series series, double value) {
    List<Sample> all = samples.computeIfAbsent(series, _ -> new ArrayList<>());
    if (all.size() < MOST_BUCKETS) {
      all.add(new Sample(nowMillis(), value));
    }
  }

  /** A fault begins now. */
  public synchronized void begin(String fault) {
    windows.add(new Window(fault, nowMillis(), null));
  }

  /** The fault ends now. */
  public synchronized void end(String fault) {
    windows.replaceAll(
        window ->
            window.fault().equals(fault) && window.toMillis() == null
                ? new Window(fault, window.fromMillis(), nowMillis())
                : window);
  }

  public synchronized List<Window> windows() {
    return List.copyOf(windows);
  }

  public synchronized long surpluses() {
    return surplus;
  }

  /** How many requests ended so, in all. */
  public long count(Fate fate) {
    return count(fate, 0, Long.MAX_VALUE);
  }

  /** How many requests ended so from a moment on to another, to a bucket. */
  public synchronized long count(Fate fate, long fromMillis, long toMillis) {
    long sum = 0;
    for (int i = first(fromMillis); i < end(toMillis); i++) {
      sum += buckets.get(i).fates.getOrDefault(fate, 0);
    }
    return sum;
  }

  /** The same per second. */
  public double perSecond(Fate fate, long fromMillis, long toMillis) {
    return count(fate, fromMillis, toMillis) * 1_000.0 / Math.max(1, toMillis - fromMillis);
  }

  /**
   * Latency in milliseconds that so many percent do not exceed; 0 if there were none.
   *
   * @param fate good or refused; of others it is not kept
   */
  public synchronized double latencyMillis(
      Fate fate, double percent, long fromMillis, long toMillis) {
    List<Long> all = new ArrayList<>();
    for (int i = first(fromMillis); i < end(toMillis); i++) {
      all.addAll(buckets.get(i).micros(fate));
    }
    if (all.isEmpty()) {
      return 0;
    }
    all.sort(null);
    int rank = (int) Math.ceil(percent / 100 * all.size()) - 1;
    return all.get(Math.clamp(rank, 0, all.size() - 1)) / 1_000.0;
  }

  /** What was read of the server from a moment on. */
  public synchronized List<Sample> samples(Series series, long fromMillis) {
    return samples.getOrDefault(series, List.of()).stream()
        .filter(sample -> sample.atMillis() >= fromMillis)
        .toList();
  }

  /** The largest that was read from a moment on; 0 if nothing was. */
  public double most(Series series, long fromMillis) {
    return samples(series, fromMillis).stream().mapToDouble(Sample::value).max().orElse(0);
  }

  private static int first(long millis) {
    return (int) (millis / BUCKET_MILLIS);
  }

  private int end(long millis) {
    return (int) Math.min(buckets.size(), millis / BUCKET_MILLIS);
  }
}
