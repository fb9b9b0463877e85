package dev.weir.proxy.observe;

import dev.weir.proxy.path.Trace;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Counts values by classic bounds, and by native buckets, of which there are eight while values
 * double. Thread-safe; counting takes no lock and makes no objects.
 *
 * <p>The line of numbers is cut at the bounds of both, and a value is counted in the one cell it
 * falls into; each bucket is a sum of cells. So a snapshot is consistent whenever it is made. The
 * library's own histogram counts twice, and makes objects for every value.
 */
final class Distribution {

  /** Of native histograms: bounds are powers of 2^(2^-3). */
  private static final int SCHEMA = 3;

  private static final double PER_DOUBLING = 1 << SCHEMA;

  /** From 2^-20, a microsecond, to 2^20; what is less counts as zero. */
  private static final int LOWEST = -160;

  private static final int HIGHEST = 160;

  private static final double[] NATIVE_BOUNDS =
      IntStream.rangeClosed(LOWEST, HIGHEST)
          .mapToDouble(index -> Math.pow(2, index / PER_DOUBLING))
          .toArray();

  /** When counting began; nobody asks. */
  private static final long UNKNOWN = 0;

  private final Labels labels;
  private final double[] classicBounds;
  private final double[] bounds;
  private final AtomicLongArray cells;
  private final DoubleAdder sum = new DoubleAdder();

  /** By classic bucket. */
  private final AtomicReferenceArray<@Nullable Exemplar> examples;

  /**
   * A trace that can be looked up.
   *
   * @param epochMillis when it was taken; Prometheus leaves out examples of native histograms that
   *     do not say
   */
  record Example(Trace trace, long epochMillis) {}

  /**
   * @param classicBounds upper ones, ascending
   */
  Distribution(Labels labels, double... classicBounds) {
    this.labels = labels;
    this.classicBounds = classicBounds.clone();
    this.bounds =
        DoubleStream.concat(DoubleStream.of(classicBounds), DoubleStream.of(NATIVE_BOUNDS))
            .sorted()
            .distinct()
            .toArray();
    this.cells = new AtomicLongArray(bounds.length + 1);
    this.examples = new AtomicReferenceArray<>(classicBounds.length + 1);
  }

  /**
   * @param value not negative
   */
  void record(double value) {
    cells.getAndIncrement(place(bounds, value));
    sum.add(value);
  }

  /**
   * @param value not negative
   * @param example its classic bucket remembers it until the next; {@code null} for none
   */
  void record(double value, @Nullable Example example) {
    record(value);
    if (example != null) {
      examples.set(
          place(classicBounds, value),
          Exemplar.builder()
              .value(value)
              .traceId(example.trace().traceId())
              .spanId(example.trace().spanId())
              .timestampMillis(example.epochMillis())
              .build());
    }
  }

  /** The first bound that is not less, the number of bounds if there is none. */
  private static int place(double[] bounds, double value) {
    int found = Arrays.binarySearch(bounds, value);
    return found >= 0 ? found : -found - 1;
  }

  HistogramDataPointSnapshot snapshot() {
    double[] upper = Arrays.copyOf(classicBounds, classicBounds.length + 1);
    upper[classicBounds.length] = Double.POSITIVE_INFINITY;
    long[] classic = new long[upper.length];
    long[] exponential = new long[NATIVE_BOUNDS.length + 1];
    for (int i = 0; i < cells.length(); i++) {
      long count = cells.get(i);
      if (count > 0) {
        double to = i < bounds.length ? bounds[i] : Double.POSITIVE_INFINITY;
        classic[place(classicBounds, to)] += count;
        exponential[place(NATIVE_BOUNDS, to)] += count;
      }
    }
    return new HistogramDataPointSnapshot(
        ClassicHistogramBuckets.of(upper, classic),
        SCHEMA,
        exponential[0],
        NATIVE_BOUNDS[0],
        positive(exponential),
        NativeHistogramBuckets.EMPTY,
        sum.sum(),
        labels,
        examples(),
        UNKNOWN);
  }

  private Exemplars examples() {
    return Exemplars.of(
        IntStream.range(0, examples.length())
            .mapToObj(examples::get)
            .filter(Objects::nonNull)
            .toList());
  }

  private static NativeHistogramBuckets positive(long[] exponential) {
    int[] used =
        IntStream.range(1, exponential.length).filter(each -> exponential[each] > 0).toArray();
    return NativeHistogramBuckets.of(
        Arrays.stream(used).map(each -> each + LOWEST).toArray(),
        Arrays.stream(used).mapToLong(each -> exponential[each]).toArray());
  }
}
