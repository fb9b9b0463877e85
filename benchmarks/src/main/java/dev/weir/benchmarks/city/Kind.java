package dev.weir.benchmarks.city;

import org.jspecify.annotations.Nullable;

/** What a way is, with the tags that follow from it. */
enum Kind {
  MOTORWAY("highway", "motorway", "110", "3"),
  MOTORWAY_LINK("highway", "motorway_link", "60", "1"),
  PRIMARY("highway", "primary", "70", "4"),
  SECONDARY("highway", "secondary", "50", "2"),
  TERTIARY("highway", "tertiary", "50", "2"),
  RESIDENTIAL("highway", "residential", "30", null),
  SERVICE("highway", "service", null, null),
  RIVER("waterway", "river", null, null),
  PARK("leisure", "park", null, null);

  private final String key;
  private final String value;
  private final @Nullable String maxSpeed;
  private final @Nullable String lanes;

  Kind(String key, String value, @Nullable String maxSpeed, @Nullable String lanes) {
    this.key = key;
    this.value = value;
    this.maxSpeed = maxSpeed;
    this.lanes = lanes;
  }

  String key() {
    return key;
  }

  String value() {
    return value;
  }

  /** In km/h. */
  @Nullable String maxSpeed() {
    return maxSpeed;
  }

  @Nullable String lanes() {
    return lanes;
  }

  boolean road() {
    return key.equals("highway");
  }
}
