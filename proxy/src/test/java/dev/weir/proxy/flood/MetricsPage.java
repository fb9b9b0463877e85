package dev.weir.proxy.flood;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a server says of itself at one moment, as a monitoring system would read it. Immutable.
 *
 * @param samples values by name with labels, as they are written
 */
public record MetricsPage(Map<String, Double> samples) {

  /** Reads the metrics of the server with that admin port. */
  public static MetricsPage read(int adminPort) throws IOException {
    URI page = URI.create("http://127.0.0.1:" + adminPort + "/metrics");
    Map<String, Double> samples = new LinkedHashMap<>();
    try (InputStream in = page.toURL().openStream()) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(
              line -> {
                int space = line.lastIndexOf(' ');
                samples.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
              });
    }
    return new MetricsPage(samples);
  }

  /** Sum over all labels; fails if there is no such metric. */
  public double sum(String family) {
    return sum(family, "");
  }

  /**
   * Sum over the samples that have the label.
   *
   * @param label as {@code name="value"}
   */
  public double sum(String family, String label) {
    return samples.entrySet().stream()
        .filter(sample -> sample.getKey().split("\\{", 2)[0].equals(family))
        .filter(sample -> sample.getKey().contains(label))
        .mapToDouble(Map.Entry::getValue)
        .reduce(Double::sum)
        .orElseThrow(() -> new AssertionError("no metric " + family + " " + label));
  }
}
