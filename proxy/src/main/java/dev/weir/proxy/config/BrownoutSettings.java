package dev.weir.proxy.config;

import dev.weir.routing.InvalidSetting;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What may be left out of answers before calls are refused, and of whose.
 *
 * @param alternatives tiers whose routes may come without alternatives
 * @param output tiers whose routes may come without instructions and path details
 * @param search tiers whose flexible searches may be done in speed or hybrid mode
 * @param coarse tiers whose isochrones may have coarser borders
 * @param estimate tiers that may hear an estimate, if they ask for it
 * @param detour length of a way per straight distance, for estimates
 * @param speeds of profiles, for estimates
 */
public record BrownoutSettings(
    List<Tier> alternatives,
    List<Tier> output,
    List<Tier> search,
    List<Tier> coarse,
    List<Tier> estimate,
    double detour,
    List<SpeedSettings> speeds) {

  /** Nothing is left out. */
  public static final BrownoutSettings OFF =
      new BrownoutSettings(
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          BrownoutKeys.DETOUR.standard(),
          List.of());

  public BrownoutSettings {
    alternatives = List.copyOf(alternatives);
    output = List.copyOf(output);
    search = List.copyOf(search);
    coarse = List.copyOf(coarse);
    estimate = List.copyOf(estimate);
    speeds = List.copyOf(speeds);
    BrownoutKeys.DETOUR.require(detour);
    Set<String> profiles = new HashSet<>();
    for (SpeedSettings speed : speeds) {
      if (!profiles.add(speed.profile())) {
        throw new InvalidSetting(
            BrownoutKeys.SPEEDS.name(), "names " + Problems.show(speed.profile()) + " twice");
      }
    }
  }

  /** Mean speed of a profile from door to door, 0 if it is not known. */
  public double kmh(String profile) {
    for (SpeedSettings speed : speeds) {
      if (speed.profile().equals(profile)) {
        return speed.kmh();
      }
    }
    BuiltInProfile known = BuiltInProfile.named(profile);
    return known == null ? 0 : known.kmh();
  }
}
