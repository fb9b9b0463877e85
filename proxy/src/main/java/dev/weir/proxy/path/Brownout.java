package dev.weir.proxy.path;

import dev.weir.routing.RouteQuery;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says what an answer can do without before it is refused. Thread-safe; never blocks. */
public interface Brownout {

  /**
   * The next cheaper plan for a call that there is no room for, or {@code null} if there is none. A
   * step is only taken if it may be for that priority, and if it makes the call cheaper.
   */
  @Nullable Plan cheaper(Plan plan, Caller caller, Priority priority);

  /**
   * The query after these steps, or {@code null} if it turns out not to allow them: a glance sees
   * less than is there. Called on workers.
   */
  @Nullable RouteQuery reduce(RouteQuery query, Set<Step> steps);

  /** The answer to a call that was left with {@link Step#ESTIMATE}; costs microseconds. */
  Reply.Estimated estimate(Traits traits);
}
