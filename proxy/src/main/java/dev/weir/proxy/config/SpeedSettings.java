package dev.weir.proxy.config;

/**
 * How fast a profile gets on.
 *
 * @param profile its name
 * @param kmh mean speed from door to door
 */
public record SpeedSettings(String profile, double kmh) {

  public SpeedSettings {
    SpeedKeys.KMH.require(kmh);
  }
}
