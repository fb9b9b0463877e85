package dev.weir.proxy.config;

import dev.weir.routing.InvalidSetting;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The keys of one entry of {@code tracing.headers}. */
final class HeaderKeys {

  private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}";

  /** Said by whoever sends the request. */
  private static final Set<String> TAKEN =
      Set.of("connection", "content-length", "content-type", "expect", "host", "upgrade");

  static final Key<TracingSettings.Header, String> NAME =
      new Key<>(
          "name",
          Forms.text(
              "name of a header", "one that is not a matter of HTTP itself", HeaderKeys::isName),
          "",
          "Name of the header.",
          TracingSettings.Header::name);

  static final Key<TracingSettings.Header, String> VALUE =
      new Key<>(
          "value",
          Forms.secretText(),
          "",
          "Its value, which is not shown.",
          TracingSettings.Header::value);

  static final Schema<TracingSettings.Header> SCHEMA =
      new Schema<>(List.of(NAME, VALUE), List.of(HeaderKeys::make), HeaderKeys::make);

  private HeaderKeys() {}

  private static boolean isName(String text) {
    return text.isEmpty()
        || (text.matches(TOKEN) && !TAKEN.contains(text.toLowerCase(Locale.ROOT)));
  }

  private static TracingSettings.Header make(Values values) {
    String name = values.get(NAME);
    if (name.isEmpty()) {
      throw new InvalidSetting(NAME.name(), "is missing");
    }
    return new TracingSettings.Header(name, values.get(VALUE));
  }
}
