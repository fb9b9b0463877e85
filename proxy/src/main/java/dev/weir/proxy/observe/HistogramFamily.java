package dev.weir.proxy.observe;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The distributions of one metric, with bounds of their own for each set of labels. The text format
 * has room for classic buckets only; a scrape in protobuf has the native ones, too. Thread-safe.
 *
 * <p>Micrometer's own timers and summaries know no native buckets, so these go to the registry
 * below it.
 */
final class HistogramFamily implements Collector {

  private final Metric metric;
  private final List<Distribution> distributions = new CopyOnWriteArrayList<>();

  HistogramFamily(Metric metric) {
    this.metric = metric;
  }

  /** Where to count, in the unit of the metric. */
  Distribution distribution(double[] bounds, String... labels) {
    Distribution made = new Distribution(Labels.of(metric.labels(), List.of(labels)), bounds);
    distributions.add(made);
    return made;
  }

  @Override
  public MetricSnapshot collect() {
    HistogramSnapshot.Builder all =
        HistogramSnapshot.builder().name(metric.family()).help(metric.sentence());
    distributions.forEach(each -> all.dataPoint(each.snapshot()));
    return all.build();
  }
}
