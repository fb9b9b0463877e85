package dev.weir.proxy.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Profiles that need no rules of the operator's own: GraphHopper ships them. */
enum BuiltInProfile {
  CAR("car.json"),
  CAR4WD("car4wd.json"),
  TRUCK("truck.json"),
  BUS("bus.json"),
  MOTORCYCLE("motorcycle.json", "curvature.json"),
  BIKE("bike.json"),
  RACINGBIKE("racingbike.json"),
  MTB("mtb.json"),
  CARGO_BIKE("bike.json", "cargo_bike.json"),
  FOOT("foot.json"),
  HIKE("hike.json");

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> customModelFiles;

  BuiltInProfile(String... customModelFiles) {
    this.customModelFiles = List.of(customModelFiles);
  }

  List<String> customModelFiles() {
    return customModelFiles;
  }

  static @Nullable BuiltInProfile named(String name) {
    for (BuiltInProfile profile : values()) {
      if (profile.word().equals(name)) {
        return profile;
      }
    }
    return null;
  }

  /** All names, for people. */
  static String names() {
    return Arrays.stream(values()).map(BuiltInProfile::word).collect(Collectors.joining(", "));
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
