package dev.weir.proxy.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** The keys below {@code tracing}. */
final class TracingKeys {

  /** It is shown in the log: secrets go into headers. */
  static final String ALLOWED = "http or https, a host and maybe a path, or empty";

  static final Key<Settings, String> ENDPOINT =
      key(
          "endpoint",
          Forms.text("URL", ALLOWED, text -> text.isEmpty() || isUrl(text)),
          "",
          "URL of the collector that takes traces by OTLP over HTTP, such as"
              + " http://127.0.0.1:4318/v1/traces; empty for none. See docs/tracing.md.",
          TracingSettings::endpoint);

  static final Key<Settings, Double> SAMPLE =
      key(
          "sample",
          Forms.decimal(0, 1),
          0.01,
          "Part of the requests that are exported where the caller does not decide by its"
              + " traceparent.",
          TracingSettings::sample);

  static final Key<Settings, Duration> SLOW =
      key(
          "slow",
          Forms.duration("0s", "1h"),
          Duration.ofSeconds(1),
          "Whatever takes as long is exported in any case, as refused critical requests are; 0s for"
              + " neither.",
          TracingSettings::slow);

  static final Key<Settings, Integer> MOST_PER_SECOND =
      key(
          "most-per-second",
          Forms.whole(1, 100_000),
          100,
          "Requests exported in a second; what is more is counted and not exported.",
          TracingSettings::mostPerSecond);

  static final Key<Settings, String> SERVICE_NAME =
      key(
          "service-name",
          Forms.text(
              "name",
              "1 to 128 characters, no control characters",
              text ->
                  !text.isEmpty()
                      && text.length() <= 128
                      && text.chars().noneMatch(Character::isISOControl)),
          "weir",
          "What this server is called in traces.",
          TracingSettings::serviceName);

  static final Key<Settings, List<TracingSettings.Header>> HEADERS =
      key(
          "headers",
          Forms.list("headers", new Form.Group<>(HeaderKeys.SCHEMA)),
          List.of(),
          "Headers of each export, such as {name: authorization, value: Bearer …}.",
          TracingSettings::headers);

  static final List<Key<Settings, ?>> ALL =
      List.of(ENDPOINT, SAMPLE, SLOW, MOST_PER_SECOND, SERVICE_NAME, HEADERS);

  static final TracingSettings STANDARD = make(Values.standard(ALL));

  private TracingKeys() {}

  private static <T> Key<Settings, T> key(
      String name, Form<T> form, T standard, String sentence, Function<TracingSettings, T> of) {
    return new Key<>(
        "tracing." + name, form, standard, sentence, settings -> of.apply(settings.tracing()));
  }

  static boolean isUrl(String text) {
    try {
      URI url = new URI(text);
      return ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
          && url.getHost() != null
          && url.getRawUserInfo() == null
          && url.getRawQuery() == null
          && url.getRawFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  static TracingSettings make(Values values) {
    return new TracingSettings(
        values.get(ENDPOINT),
        values.get(SAMPLE),
        values.get(SLOW),
        values.get(MOST_PER_SECOND),
        values.get(SERVICE_NAME),
        values.get(HEADERS));
  }
}
