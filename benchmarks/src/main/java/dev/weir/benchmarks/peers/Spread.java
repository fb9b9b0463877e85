package dev.weir.benchmarks.peers;

import java.util.List;

/** Median and range of a figure over the rounds that have one; not numbers if none has. */
record Spread(double median, double min, double max) {

  static Spread of(List<Row> rounds, Metric metric) {
    double[] sorted =
        rounds.stream()
            .mapToDouble(metric.figure())
            .filter(figure -> !Double.isNaN(figure))
            .sorted()
            .toArray();
    if (sorted.length == 0) {
      return new Spread(Double.NaN, Double.NaN, Double.NaN);
    }
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }
}
