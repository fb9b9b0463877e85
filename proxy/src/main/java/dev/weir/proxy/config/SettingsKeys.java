package dev.weir.proxy.config;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** All keys of weir.yaml, in the order in which they are printed and documented. */
final class SettingsKeys {

  static final Key<Settings, Duration> DRAIN_TIMEOUT =
      new Key<>(
          "drain-timeout",
          Forms.duration("0s", "1h"),
          Duration.ofSeconds(10),
          "How long running calls may take to finish when the server is told to stop.",
          Settings::drainTimeout);

  static final Schema<Settings> SCHEMA =
      new Schema<>(
          Stream.of(
                  EngineKeys.ALL,
                  HttpKeys.ALL,
                  GrpcKeys.ALL,
                  AdminKeys.ALL,
                  CallersKeys.ALL,
                  GateKeys.ALL,
                  BrownoutKeys.ALL,
                  DeadlineKeys.ALL,
                  BreakerKeys.ALL,
                  WarmUpKeys.ALL,
                  RidesKeys.ALL,
                  LogKeys.ALL,
                  TracingKeys.ALL,
                  List.<Key<Settings, ?>>of(DRAIN_TIMEOUT))
              .flatMap(List::stream)
              .toList(),
          List.of(
              EngineKeys::checkMap,
              EngineKeys::make,
              HttpKeys::make,
              GrpcKeys::make,
              AdminKeys::make,
              CallersKeys::make,
              GateKeys::make,
              BrownoutKeys::make,
              DeadlineKeys::make,
              BreakerKeys::make,
              WarmUpKeys::make,
              RidesKeys::make,
              LogKeys::make,
              TracingKeys::make),
          SettingsKeys::make);

  private SettingsKeys() {}

  private static Settings make(Values values) {
    return new Settings(
        EngineKeys.make(values),
        HttpKeys.make(values),
        GrpcKeys.make(values),
        AdminKeys.make(values),
        CallersKeys.make(values),
        GateKeys.make(values),
        BrownoutKeys.make(values),
        DeadlineKeys.make(values),
        BreakerKeys.make(values),
        WarmUpKeys.make(values),
        RidesKeys.make(values),
        LogKeys.make(values),
        TracingKeys.make(values),
        values.get(DRAIN_TIMEOUT));
  }
}
