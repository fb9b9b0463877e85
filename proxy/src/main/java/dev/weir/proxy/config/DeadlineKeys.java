package dev.weir.proxy.config;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** The keys below {@code deadline}. */
final class DeadlineKeys {

  static final Key<Settings, Duration> STANDARD =
      key(
          "standard",
          Forms.duration("1ms", "24h"),
          Duration.ofSeconds(5),
          "For calls that do not say; GraphHopper's own Java client gives up after 5 s.",
          DeadlineSettings::standard);

  static final Key<Settings, Duration> LONGEST =
      key(
          "longest",
          Forms.duration("1ms", "24h"),
          Duration.ofSeconds(60),
          "The latest that a call may ask for.",
          DeadlineSettings::longest);

  static final List<Key<Settings, ?>> ALL = List.of(STANDARD, LONGEST);

  private DeadlineKeys() {}

  private static <T> Key<Settings, T> key(
      String name, Form<T> form, T standard, String sentence, Function<DeadlineSettings, T> of) {
    return new Key<>(
        "deadline." + name, form, standard, sentence, settings -> of.apply(settings.deadline()));
  }

  static DeadlineSettings make(Values values) {
    return new DeadlineSettings(values.get(STANDARD), values.get(LONGEST));
  }
}
