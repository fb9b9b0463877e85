package dev.weir.proxy.brownout;

import dev.weir.proxy.path.Brownout;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Plan;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Step;
import dev.weir.proxy.path.Traits;
import dev.weir.routing.Answer;
import dev.weir.routing.RouteQuery;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The steps that are on, in their order. Thread-safe. */
public final class Ladder implements Brownout {

  @Override
  public @Nullable Plan cheaper(Plan plan, Caller caller, Priority priority) {
    return null;
  }

  @Override
  public RouteQuery reduce(RouteQuery query, Set<Step> steps) {
    return query;
  }

  @Override
  public Answer estimate(Traits traits) {
    throw new IllegalStateException("no plan leads here");
  }
}
