package dev.weir.routing.graphhopper;

import com.graphhopper.util.PMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the profile a query names, with the words of GraphHopper's server where it cannot. */
final class ProfileGate {

  private final Map<String, ServedProfile> profiles;

  private ProfileGate(Map<String, ServedProfile> profiles) {
    this.profiles = profiles;
  }

  static ProfileGate of(List<ServedProfile> served) {
    Map<String, ServedProfile> profiles = new LinkedHashMap<>();
    served.forEach(profile -> profiles.put(profile.name(), profile));
    return new ProfileGate(profiles);
  }

  /**
   * @throws IllegalArgumentException if there is no such profile, or the hints name what profiles
   *     replaced years ago
   */
  ServedProfile resolve(String name, PMap hints) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("profile parameter required");
    }
    rejectLegacy(hints, "weighting", hints.getString("weighting", ""));
    rejectLegacy(hints, "vehicle", hints.getString("vehicle", ""));
    rejectLegacy(hints, "edge_based", hints.getBool("edge_based", false));
    rejectLegacy(hints, "turn_costs", hints.getBool("turn_costs", false));
    @Nullable ServedProfile profile = profiles.get(name);
    if (profile == null) {
      throw new IllegalArgumentException(
          "The requested profile '%s' does not exist.\nAvailable profiles: %s"
              .formatted(name, profiles.keySet()));
    }
    return profile;
  }

  private static void rejectLegacy(PMap hints, String parameter, Object value) {
    if (hints.has(parameter)) {
      throw new IllegalArgumentException(
          "The '%1$s' parameter is no longer supported. You used '%1$s=%2$s'"
              .formatted(parameter, value));
    }
  }
}
