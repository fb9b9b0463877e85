package dev.weir.routing.graphhopper;

import dev.weir.routing.EngineSettings.Caps;

/**
 * Refuses isochrones and trees that reach further than their profile allows, before anything is
 * searched. Throws {@link IllegalArgumentException} with a sentence for the caller.
 */
final class ReachCaps {

  private static final int SECONDS_PER_MINUTE = 60;
  private static final int METERS_PER_KM = 1000;

  private ReachCaps() {}

  static void checkTime(long seconds, ServedProfile profile) {
    Caps caps = profile.caps();
    RouteCaps.require(
        seconds <= (long) caps.isochroneMinutes() * SECONDS_PER_MINUTE,
        "A time_limit of %d s is too long, at most %d minutes are allowed for profile '%s'",
        seconds,
        caps.isochroneMinutes(),
        profile.name());
  }

  static void checkDistance(double meters, ServedProfile profile) {
    Caps caps = profile.caps();
    RouteCaps.require(
        meters <= (double) caps.isochroneKm() * METERS_PER_KM,
        "A distance_limit of %.0f m is too long, at most %d km are allowed for profile '%s'",
        meters,
        caps.isochroneKm(),
        profile.name());
  }

  /**
   * Weight is seconds, lengthened by whatever the model dislikes, so a weight reaches no further
   * than as many seconds.
   */
  static void checkWeight(double weight, ServedProfile profile) {
    Caps caps = profile.caps();
    RouteCaps.require(
        weight <= (double) caps.isochroneMinutes() * SECONDS_PER_MINUTE,
        "A weight_limit of %.0f is too large, at most %d are allowed for profile '%s'",
        weight,
        caps.isochroneMinutes() * SECONDS_PER_MINUTE,
        profile.name());
  }
}
