package dev.weir.proxy.config;

import java.util.List;
import java.util.function.Function;

/** The keys below {@code log}. */
final class LogKeys {

  static final Key<Settings, LogSettings.Format> FORMAT =
      key(
          "format",
          Forms.choice(LogSettings.Format.class),
          LogSettings.Format.TEXT,
          "Form of a log line: text for people, json for one JSON object per line.",
          LogSettings::format);

  static final Key<Settings, Boolean> ACCESS =
      key("access", Forms.flag(), false, "Write a line for every answer.", LogSettings::access);

  static final Key<Settings, Integer> REFUSALS_PER_SECOND =
      key(
          "refusals-per-second",
          Forms.whole(0, 1_000_000),
          100,
          "Such lines in a second about requests that were turned away before any work was done;"
              + " what is more is counted and not written.",
          LogSettings::refusalsPerSecond);

  static final Key<Settings, Boolean> DECISIONS =
      key(
          "decisions",
          Forms.flag(),
          false,
          "Write a line for one decision of the gate in 1024, with what led to it.",
          LogSettings::decisions);

  static final Key<Settings, List<LogLevel>> LEVELS =
      key(
          "levels",
          Forms.list("levels", new Form.Group<>(LogLevelKeys.SCHEMA)),
          List.of(),
          "Loggers that log more or less than by default, each such as {logger:"
              + " dev.weir.proxy.auth, level: warn}.",
          LogSettings::levels);

  static final List<Key<Settings, ?>> ALL =
      List.of(FORMAT, ACCESS, REFUSALS_PER_SECOND, DECISIONS, LEVELS);

  private LogKeys() {}

  private static <T> Key<Settings, T> key(
      String name, Form<T> form, T standard, String sentence, Function<LogSettings, T> of) {
    return new Key<>("log." + name, form, standard, sentence, settings -> of.apply(settings.log()));
  }

  static LogSettings make(Values values) {
    return new LogSettings(
        values.get(FORMAT),
        values.get(ACCESS),
        values.get(REFUSALS_PER_SECOND),
        values.get(DECISIONS),
        values.get(LEVELS));
  }
}
