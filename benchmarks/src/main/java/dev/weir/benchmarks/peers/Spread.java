package dev.weir.benchmarks.peers;

import java.util.List;

/** Median and range of a figure over rounds. */
record Spread(double median, double min, double max) {

  static Spread of(List<Row> rounds, Metric metric) {
    double[] sorted = rounds.stream().mapToDouble(metric.figure()).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }
}
