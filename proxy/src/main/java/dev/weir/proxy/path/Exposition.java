package dev.weir.proxy.path;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/**
 * All metrics at one moment.
 *
 * @param type media type of the bytes
 * @param bytes to be read, not to be changed
 */
public record Exposition(String type, ByteBuffer bytes) {

  /** Prometheus' own format, which everybody understands. */
  public static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  /** OpenMetrics, which tells of traces behind the buckets of histograms. */
  public static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  /** Delimited messages, with native histograms besides the classic, and traces as well. */
  public static final String PROTOBUF =
      "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily;"
          + " encoding=delimited";

  /**
   * The one that a scraper is given.
   *
   * @param accept what it understands, as it says itself, what it likes best first
   */
  public static String typeFor(String accept) {
    if (accept.startsWith("application/vnd.google.protobuf")) {
      return PROTOBUF;
    }
    return accept.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
  }

  /** What is no protobuf, to be read. */
  public String text() {
    return UTF_8.decode(bytes.duplicate()).toString();
  }
}
