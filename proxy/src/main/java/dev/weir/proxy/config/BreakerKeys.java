package dev.weir.proxy.config;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** The keys below {@code breaker}. */
final class BreakerKeys {

  static final Key<Settings, Integer> FAILURE_RATE =
      key(
          "failure-rate-percent",
          Forms.whole(1, 100),
          50,
          "Failed calls of the window from which on the engine counts as unwell.",
          BreakerSettings::failureRatePercent);

  static final Key<Settings, Duration> SLOW_CALL =
      key(
          "slow-call",
          Forms.duration("1ms", "24h"),
          Duration.ofSeconds(10),
          "A call that computes for longer is slow.",
          BreakerSettings::slowCallDuration);

  static final Key<Settings, Integer> SLOW_CALL_RATE =
      key(
          "slow-call-rate-percent",
          Forms.whole(1, 100),
          80,
          "Slow calls of the window from which on the engine counts as unwell.",
          BreakerSettings::slowCallRatePercent);

  static final Key<Settings, Integer> WINDOW =
      key(
          "window",
          Forms.whole(1, 100_000),
          100,
          "Calls looked at, the latest ones.",
          BreakerSettings::window);

  static final Key<Settings, Integer> MINIMUM_CALLS =
      key(
          "minimum-calls",
          Forms.whole(1, 100_000),
          20,
          "Calls below which nothing is concluded.",
          BreakerSettings::minimumCalls);

  static final Key<Settings, Duration> OPEN_FOR =
      key(
          "open-for",
          Forms.duration("1ms", "24h"),
          Duration.ofSeconds(5),
          "How long calls are refused before a few are let through to find out.",
          BreakerSettings::openFor);

  static final Key<Settings, Integer> PROBES =
      key(
          "probes",
          Forms.whole(1, 1000),
          5,
          "How many are let through to find out.",
          BreakerSettings::probes);

  static final List<Key<Settings, ?>> ALL =
      List.of(FAILURE_RATE, SLOW_CALL, SLOW_CALL_RATE, WINDOW, MINIMUM_CALLS, OPEN_FOR, PROBES);

  private BreakerKeys() {}

  private static <T> Key<Settings, T> key(
      String name, Form<T> form, T standard, String sentence, Function<BreakerSettings, T> of) {
    return new Key<>(
        "breaker." + name, form, standard, sentence, settings -> of.apply(settings.breaker()));
  }

  static BreakerSettings make(Values values) {
    return new BreakerSettings(
        values.get(FAILURE_RATE),
        values.get(SLOW_CALL),
        values.get(SLOW_CALL_RATE),
        values.get(WINDOW),
        values.get(MINIMUM_CALLS),
        values.get(OPEN_FOR),
        values.get(PROBES));
  }
}
