package dev.weir.proxy.brownout;

import dev.weir.proxy.config.BrownoutSettings;
import dev.weir.proxy.path.Traits;
import dev.weir.routing.RequestKind;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.RouteQuery.Rendering;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** No path details and no instructions; GPX is made of instructions, so it keeps them. */
final class PlainOutput implements Rung {

  @Override
  public @Nullable Traits cheaper(Traits traits, BrownoutSettings settings) {
    return traits.kind() == RequestKind.ROUTE && traits.fullOutput()
        ? Less.plainOutput(traits)
        : null;
  }

  @Override
  public RouteQuery reduce(RouteQuery query, BrownoutSettings settings) {
    if (!(query instanceof RouteQuery.Route route)) {
      return query;
    }
    Rendering asked = route.rendering();
    return Less.rendering(
        route,
        List.of(),
        new Rendering(
            asked.form() instanceof RouteQuery.Gpx,
            asked.calcPoints(),
            asked.elevation(),
            asked.checkElevation(),
            asked.form(),
            asked.degraded()));
  }
}
