package dev.weir.proxy.brownout;

import dev.weir.proxy.config.BrownoutSettings;
import dev.weir.proxy.path.Traits;
import dev.weir.proxy.path.Traits.Search;
import dev.weir.routing.RouteQuery;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One path where alternatives were asked for: the best, found by the profile's own search. */
final class OnePath implements Rung {

  private static final String ALTERNATIVES = "alternative_route";

  @Override
  public @Nullable Traits cheaper(Traits traits, BrownoutSettings settings) {
    return traits.search() == Search.ALTERNATIVES ? Less.onePath(traits) : null;
  }

  @Override
  public RouteQuery reduce(RouteQuery query, BrownoutSettings settings) {
    if (!(query instanceof RouteQuery.Route route)
        || !route.algorithm().equalsIgnoreCase(ALTERNATIVES)) {
      return query;
    }
    Map<String, Object> hints = new HashMap<>(route.hints());
    hints.keySet().removeIf(name -> name.startsWith(ALTERNATIVES + "."));
    return Less.defaultAlgorithm(Less.hints(route, Map.copyOf(hints)));
  }
}
