package dev.weir.proxy.brownout;

import dev.weir.proxy.config.BrownoutSettings;
import dev.weir.proxy.path.Traits;
import dev.weir.proxy.path.Traits.Search;
import dev.weir.routing.EngineSettings.ProfileSettings;
import dev.weir.routing.RequestKind;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.RouteQuery.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Speed or hybrid mode where the caller did without, and only where they find what a flexible
 * search would: the shortest path by the same rules. Whatever else is asked of the search rules it
 * out, also what this class does not know.
 */
final class PreparedSearch implements Rung {

  private static final String SPEED_OFF = "ch.disable";
  private static final String HYBRID_OFF = "lm.disable";

  /** All of them find the shortest path. */
  private static final Set<String> EXACT = Set.of("", "dijkstra", "dijkstrabi", "astar", "astarbi");

  /** What says nothing of the search itself. */
  private static final Set<String> HARMLESS =
      Set.of(
          SPEED_OFF,
          HYBRID_OFF,
          "timeout_ms",
          "instructions",
          "calc_points",
          "elevation",
          "points_encoded",
          "points_encoded_multiplier",
          "way_point_max_distance",
          "elevation_way_point_max_distance",
          "turn_description",
          "optimize",
          "debug",
          "type",
          "key");

  private final Map<String, ProfileSettings> profiles;

  PreparedSearch(List<ProfileSettings> served) {
    profiles =
        served.stream()
            .collect(Collectors.toUnmodifiableMap(ProfileSettings::name, Function.identity()));
  }

  @Override
  public @Nullable Traits cheaper(Traits traits, BrownoutSettings settings) {
    ProfileSettings profile = profiles.get(traits.profile());
    if (profile == null
        || traits.kind() != RequestKind.ROUTE
        || traits.search() != Search.PLAIN
        || traits.modelHash() != 0) {
      return null;
    }
    if (profile.speedMode()) {
      return traits.speedModeOff() ? Less.modes(traits, false, false) : null;
    }
    return profile.hybridMode() && traits.hybridModeOff()
        ? Less.modes(traits, traits.speedModeOff(), false)
        : null;
  }

  @Override
  public @Nullable RouteQuery reduce(RouteQuery query, BrownoutSettings settings) {
    if (!(query instanceof Route route) || !isPlain(route)) {
      return null;
    }
    ProfileSettings profile = profiles.get(route.profile());
    if (profile == null) {
      return null;
    }
    Map<String, Object> hints = new HashMap<>(route.hints());
    hints.remove(HYBRID_OFF);
    if (profile.speedMode()) {
      hints.remove(SPEED_OFF);
    }
    return Less.defaultAlgorithm(Less.hints(route, Map.copyOf(hints)));
  }

  private static boolean isPlain(Route route) {
    return route.customModel() == null
        && route.headings().isEmpty()
        && route.curbsides().isEmpty()
        && EXACT.contains(route.algorithm())
        && HARMLESS.containsAll(route.hints().keySet());
  }
}
