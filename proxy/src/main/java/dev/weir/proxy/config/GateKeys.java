package dev.weir.proxy.config;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** The keys below {@code gate}. */
final class GateKeys {

  static final Key<Settings, Integer> PERMITS =
      key(
          "permits",
          Forms.whole(0, 1024),
          0,
          "Calls computed at the same time; 0 for the processors of this machine or container.",
          GateSettings::permits);

  static final Key<Settings, Integer> MAX_QUEUE =
      key(
          "max-queue",
          Forms.whole(0, 1_000_000),
          64,
          "Calls waiting for a worker.",
          GateSettings::maxQueue);

  static final Key<Settings, Duration> MAX_QUEUE_DELAY =
      key(
          "max-queue-delay",
          Forms.duration("0s", "24h"),
          Duration.ofMillis(100),
          "Estimated wait beyond which calls are refused even if their deadline is later. Once the"
              + " oldest has waited longer nevertheless, the newest goes first.",
          GateSettings::maxQueueDelay);

  static final Key<Settings, Duration> STANDING_DELAY =
      key(
          "standing-queue-delay",
          Forms.duration("0s", "24h"),
          Duration.ofMillis(20),
          "The same once the queue has not been empty for max-queue-delay: it does no good by its"
              + " length then.",
          GateSettings::standingQueueDelay);

  static final Key<Settings, Double> SHARE =
      key(
          "share-per-caller",
          Forms.part(),
          1.0,
          "Part of permits and queue that one caller may hold; 1.0 for no such limit.",
          GateSettings::sharePerCaller);

  static final List<Key<Settings, ?>> ALL =
      List.of(PERMITS, MAX_QUEUE, MAX_QUEUE_DELAY, STANDING_DELAY, SHARE);

  private GateKeys() {}

  private static <T> Key<Settings, T> key(
      String name, Form<T> form, T standard, String sentence, Function<GateSettings, T> of) {
    return new Key<>(
        "gate." + name, form, standard, sentence, settings -> of.apply(settings.gate()));
  }

  static GateSettings make(Values values) {
    return new GateSettings(
        values.get(PERMITS),
        values.get(MAX_QUEUE),
        values.get(MAX_QUEUE_DELAY),
        values.get(STANDING_DELAY),
        values.get(SHARE));
  }
}
