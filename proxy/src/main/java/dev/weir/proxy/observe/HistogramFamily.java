package dev.weir.proxy.observe;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The histograms of one metric, with bounds of their own for each set of labels. Each counts twice
 * over: by the bounds it was given, which is all that the text format has room for, and by native
 * buckets, which a scrape in protobuf has as well. Thread-safe.
 *
 * <p>Micrometer's own timers and summaries know no native buckets, so these are of the library
 * below it.
 */
final class HistogramFamily implements Collector {

  /** Eight buckets while values double: a quantile is off by 4.5 % at most. */
  private static final int SCHEMA = 3;

  /** For values that differ by a factor of a million; then buckets are merged in pairs. */
  private static final int MOST_BUCKETS = 160;

  private final Metric metric;
  private final boolean traced;
  private final List<Histogram> histograms = new CopyOnWriteArrayList<>();

  /**
   * @param traced whether traces are remembered as examples
   */
  HistogramFamily(Metric metric, boolean traced) {
    this.metric = metric;
    this.traced = traced;
  }

  /** Where to count; what it counts in is up to the metric. */
  DistributionDataPoint histogram(double[] bounds, String... labels) {
    Histogram.Builder builder =
        Histogram.builder()
            .name(metric.family())
            .constLabels(Labels.of(metric.labels(), List.of(labels)))
            .classicUpperBounds(bounds)
            .nativeInitialSchema(SCHEMA)
            .nativeMaxNumberOfBuckets(MOST_BUCKETS);
    Histogram histogram = (traced ? builder.withExemplars() : builder.withoutExemplars()).build();
    histograms.add(histogram);
    return histogram;
  }

  @Override
  public MetricSnapshot collect() {
    HistogramSnapshot.Builder all =
        HistogramSnapshot.builder().name(metric.family()).help(metric.sentence());
    histograms.forEach(each -> each.collect().getDataPoints().forEach(all::dataPoint));
    return all.build();
  }
}
