package dev.weir.proxy.config;

import dev.weir.routing.InvalidSetting;
import java.util.List;

/** The keys of one entry of {@code brownout.speeds}. */
final class SpeedKeys {

  static final Key<SpeedSettings, String> PROFILE =
      new Key<>(
          "profile",
          Forms.text("name", "", text -> true),
          "",
          "Name of the profile.",
          SpeedSettings::profile);

  static final Key<SpeedSettings, Double> KMH =
      new Key<>(
          "kmh",
          Forms.decimal(1, 300),
          30.0,
          "Mean speed from door to door, in km/h.",
          SpeedSettings::kmh);

  static final Schema<SpeedSettings> SCHEMA =
      new Schema<>(List.of(PROFILE, KMH), List.of(SpeedKeys::make), SpeedKeys::make);

  private SpeedKeys() {}

  private static SpeedSettings make(Values values) {
    String profile = values.get(PROFILE);
    if (profile.isEmpty()) {
      throw new InvalidSetting(PROFILE.name(), "is missing");
    }
    return new SpeedSettings(profile, values.get(KMH));
  }
}
