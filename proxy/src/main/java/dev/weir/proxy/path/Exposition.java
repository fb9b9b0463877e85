package dev.weir.proxy.path;

/**
 * All metrics at one moment.
 *
 * @param type media type of the text
 */
public record Exposition(String type, String text) {

  /** Prometheus' own format, which everybody understands. */
  public static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  /** OpenMetrics, which tells of traces behind the buckets of histograms. */
  public static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";
}
