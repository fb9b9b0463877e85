package dev.weir.chaos.server;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a server says of itself at one moment. Immutable.
 *
 * @param samples values by name with labels, as they are written
 */
public record MetricsPage(Map<String, Double> samples) {

  /** Reads Prometheus' text format. */
  static MetricsPage parse(String text) {
    Map<String, Double> samples = new LinkedHashMap<>();
    for (String line : text.split("\n", -1)) {
      int space = line.lastIndexOf(' ');
      if (space > 0 && !line.startsWith("#")) {
        samples.put(line.substring(0, space), number(line.substring(space + 1)));
      }
    }
    return new MetricsPage(samples);
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /**
   * Sum over all labels.
   *
   * @throws IllegalArgumentException if there is no such metric
   */
  public double sum(String family) {
    return sum(family, "");
  }

  /**
   * Sum over the samples that have the label; 0 if none has.
   *
   * @param label as {@code name="value"}
   * @throws IllegalArgumentException if there is no such metric
   */
  public double sum(String family, String label) {
    boolean known = false;
    double sum = 0;
    for (Map.Entry<String, Double> sample : samples.entrySet()) {
      String name = sample.getKey();
      int brace = name.indexOf('{');
      boolean same = (brace < 0 ? name : name.substring(0, brace)).equals(family);
      known |= same;
      sum += same && name.contains(label) ? sample.getValue() : 0;
    }
    if (!known) {
      throw new IllegalArgumentException("the server tells nothing of " + family);
    }
    return sum;
  }

  /** By how much such a sum is larger than it was. */
  public double more(MetricsPage before, String family, String label) {
    return sum(family, label) - before.sum(family, label);
  }
}
