package dev.weir.proxy.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Profiles that need no rules of the operator's own: GraphHopper ships them. */
enum BuiltInProfile {
  CAR(40, "car.json"),
  CAR4WD(35, "car4wd.json"),
  TRUCK(35, "truck.json"),
  BUS(30, "bus.json"),
  MOTORCYCLE(45, "motorcycle.json", "curvature.json"),
  BIKE(15, "bike.json"),
  RACINGBIKE(20, "racingbike.json"),
  MTB(13, "mtb.json"),
  CARGO_BIKE(13, "bike.json", "cargo_bike.json"),
  FOOT(4.5, "foot.json"),
  HIKE(3.5, "hike.json");

  private final double kmh;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> customModelFiles;

  /**
   * @param kmh mean speed from door to door in and around towns, by rule of thumb
   */
  BuiltInProfile(double kmh, String... customModelFiles) {
    this.kmh = kmh;
    this.customModelFiles = List.of(customModelFiles);
  }

  List<String> customModelFiles() {
    return customModelFiles;
  }

  double kmh() {
    return kmh;
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
