package dev.weir.routing.graphhopper;

import com.graphhopper.config.Profile;
import dev.weir.routing.EngineSettings.Caps;

/**
 * A profile as it was loaded.
 *
 * @param speedMode whether contraction hierarchies were prepared for it
 */
record ServedProfile(Profile profile, boolean speedMode, Caps caps) {

  String name() {
    return profile.getName();
  }
}
