package dev.weir.proxy.config;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** The keys below {@code warm-up}. */
final class WarmUpKeys {

  static final Key<Settings, Duration> AT_MOST =
      key(
          "at-most",
          Forms.duration("0s", "1h"),
          Duration.ofSeconds(15),
          "Time that warming up may take before the server calls itself ready; 0s to skip it.",
          WarmUpSettings::atMost);

  static final Key<Settings, Long> SEED =
      key(
          "seed",
          Forms.seed(),
          1L,
          "Seed of the random requests that warm it up.",
          WarmUpSettings::seed);

  static final List<Key<Settings, ?>> ALL = List.of(AT_MOST, SEED);

  private WarmUpKeys() {}

  private static <T> Key<Settings, T> key(
      String name, Form<T> form, T standard, String sentence, Function<WarmUpSettings, T> of) {
    return new Key<>(
        "warm-up." + name, form, standard, sentence, settings -> of.apply(settings.warmUp()));
  }

  static WarmUpSettings make(Values values) {
    return new WarmUpSettings(values.get(AT_MOST), values.get(SEED));
  }
}
