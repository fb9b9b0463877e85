package dev.weir.proxy.config;

import java.time.Duration;
import java.util.List;

/**
 * Which requests are exported as traces, and where to.
 *
 * @param endpoint URL that takes traces by OTLP; empty for none
 * @param sample part of the requests whose callers do not decide
 * @param slow whatever takes as long is exported in any case; zero for never
 * @param mostPerSecond requests; beyond, none is
 * @param serviceName what this server is called in traces
 * @param headers of each export
 */
public record TracingSettings(
    String endpoint,
    double sample,
    Duration slow,
    int mostPerSecond,
    String serviceName,
    List<Header> headers) {

  /** No request is exported. */
  public static TracingSettings off() {
    return TracingKeys.STANDARD;
  }

  /**
   * @param value may be a secret
   */
  public record Header(String name, String value) {

    /** Without what may be a secret. */
    @Override
    public String toString() {
      return "Header[name=" + name + "]";
    }
  }

  public TracingSettings {
    headers = List.copyOf(headers);
    TracingKeys.SAMPLE.require(sample);
    TracingKeys.SLOW.require(slow);
    TracingKeys.MOST_PER_SECOND.require(mostPerSecond);
    TracingKeys.ENDPOINT.require(endpoint);
    TracingKeys.SERVICE_NAME.require(serviceName);
  }

  public boolean on() {
    return !endpoint.isEmpty();
  }
}
