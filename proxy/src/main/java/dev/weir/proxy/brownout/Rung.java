package dev.weir.proxy.brownout;

import dev.weir.proxy.config.BrownoutSettings;
import dev.weir.proxy.path.Traits;
import dev.weir.routing.RouteQuery;
import org.jspecify.annotations.Nullable;

/** How one step is taken: what it does to a glance at a request, it does to the query. Pure. */
interface Rung {

  /** What is left to be computed, or {@code null} if the step would make nothing cheaper. */
  @Nullable Traits cheaper(Traits traits, BrownoutSettings settings);

  /** The query after the step, or {@code null} if it does not allow it. */
  @Nullable RouteQuery reduce(RouteQuery query, BrownoutSettings settings);
}
