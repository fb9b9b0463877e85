package dev.weir.proxy.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DistributionTest {

  private static final double[] BOUNDS = {0.001, 0.01, 1};

  private final Distribution distribution = new Distribution(Labels.of("kind", "route"), BOUNDS);

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.001, 0",
    "0.00100001, 1",
    "0.01, 1",
    "0.5, 2",
    "1, 2",
    "1.01, 3",
    "1e9, 3"
  })
  void aValueIsInTheFirstClassicBucketWhoseBoundIsNotLess(double value, int bucket) {
    distribution.record(value);

    HistogramDataPointSnapshot snapshot = distribution.snapshot();
    for (int i = 0; i <= BOUNDS.length; i++) {
      assertEquals(i == bucket ? 1 : 0, snapshot.getClassicBuckets().getCount(i), "bucket " + i);
    }
    assertEquals(value, snapshot.getSum());
  }

  @Test
  void aValueIsInTheNativeBucketThatItsLogarithmSays() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1_000; i++) {
      double value = Math.pow(2, random.nextDouble(-19.9, 20));
      Distribution one = new Distribution(Labels.EMPTY, BOUNDS);
      one.record(value);

      HistogramDataPointSnapshot snapshot = one.snapshot();
      NativeHistogramBuckets buckets = snapshot.getNativeBucketsForPositiveValues();
      assertEquals(1, buckets.size());
      double upper =
          Math.pow(2, buckets.getBucketIndex(0) / Math.pow(2, snapshot.getNativeSchema()));
      assertTrue(value <= upper && value > upper / Math.pow(2, 1 / 8.0), value + " " + upper);
    }
  }

  @Test
  void whatIsBelowAMicrosecondCountsAsZeroAndWhatIsBeyondAllBoundsIsInTheLast() {
    distribution.record(0);
    distribution.record(1e-7);
    distribution.record(1e12);

    HistogramDataPointSnapshot snapshot = distribution.snapshot();
    assertEquals(2, snapshot.getNativeZeroCount());
    assertEquals(1, snapshot.getNativeBucketsForPositiveValues().size());
    assertEquals(161, snapshot.getNativeBucketsForPositiveValues().getBucketIndex(0));
  }

  @Test
  void bothKindsOfBucketsCountTheSameWheneverTheyAreLookedAt() throws Exception {
    int values = 200_000;
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<?> counting = thread.submit(() -> countUp(values));
      while (!counting.isDone()) {
        sameOfBoth(distribution.snapshot());
      }
      counting.get();
    }

    assertEquals(values, sameOfBoth(distribution.snapshot()));
  }

  private void countUp(int values) {
    for (int i = 0; i < values; i++) {
      distribution.record(i * 1e-5);
    }
  }

  private static long sameOfBoth(HistogramDataPointSnapshot snapshot) {
    long classic = 0;
    for (int i = 0; i <= BOUNDS.length; i++) {
      classic += snapshot.getClassicBuckets().getCount(i);
    }
    long exponential = snapshot.getNativeZeroCount();
    NativeHistogramBuckets buckets = snapshot.getNativeBucketsForPositiveValues();
    for (int i = 0; i < buckets.size(); i++) {
      exponential += buckets.getCount(i);
    }
    assertEquals(classic, exponential);
    return classic;
  }
}
