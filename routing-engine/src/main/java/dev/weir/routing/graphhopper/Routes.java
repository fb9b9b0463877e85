package dev.weir.routing.graphhopper;

import com.graphhopper.GHResponse;
import com.graphhopper.GraphHopper;
import dev.weir.routing.Answer;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import java.util.List;

/** Answers {@link RouteQuery.Route}. Thread-safe. */
final class Routes {

  private final GraphHopper hopper;
  private final RouteRequests requests;
  private final RouteCaps caps;
  private final RouteWriter writer;

  Routes(GraphHopper hopper, RouteRequests requests, RouteCaps caps, RouteWriter writer) {
    this.hopper = hopper;
    this.requests = requests;
    this.caps = caps;
    this.writer = writer;
  }

  RouteOutcome compute(RouteQuery.Route query, Computation computation) {
    RouteRequests.Prepared prepared = requests.prepare(query);
    GraphHopperModel model = query.customModel() instanceof GraphHopperModel given ? given : null;
    caps.check(prepared.request(), model, prepared.profile());
    GHResponse response = route(prepared, model != null);
    long visitedNodes = response.getHints().getLong("visited_nodes.sum", 0);
    if (response.hasErrors()) {
      return Problems.outcome(response.getErrors(), visitedNodes);
    }
    double tookMillis = computation.tookMillis();
    computation.ticket().poll();
    try {
      Answer answer = writer.write(response, query.rendering(), tookMillis);
      computation.ticket().poll();
      return new RouteOutcome.Found(answer, visitedNodes);
    } catch (IllegalArgumentException unwritable) {
      return Problems.outcome(List.of(unwritable), visitedNodes);
    }
  }

  private GHResponse route(RouteRequests.Prepared prepared, boolean withModel) {
    try {
      return hopper.route(prepared.request());
    } catch (StackOverflowError e) {
      if (withModel) {
        // Its compiler descends once per parenthesis.
        throw new IllegalArgumentException("The custom model is nested too deeply", e);
      }
      throw e;
    }
  }
}
