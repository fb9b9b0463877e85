package dev.weir.routing.graphhopper;

import com.graphhopper.GHRequest;
import com.graphhopper.util.PMap;
import com.graphhopper.util.Parameters;
import com.graphhopper.util.shapes.GHPoint;
import dev.weir.routing.RouteQuery;
import java.util.List;

/** Turns a {@link RouteQuery.Route} into what GraphHopper's router takes, as its server does. */
final class RouteRequests {

  private final ProfileGate profiles;
  private final List<String> defaultSnapPreventions;
  private final boolean hasElevation;

  RouteRequests(ProfileGate profiles, List<String> defaultSnapPreventions, boolean hasElevation) {
    this.profiles = profiles;
    this.defaultSnapPreventions = defaultSnapPreventions;
    this.hasElevation = hasElevation;
  }

  /** A request for the router, and the profile it is for. */
  record Prepared(GHRequest request, ServedProfile profile) {}

  /**
   * @throws IllegalArgumentException with GraphHopper's own words if it would not take the query
   */
  Prepared prepare(RouteQuery.Route query) {
    RouteQuery.Rendering rendering = query.rendering();
    if (rendering.checkElevation() && rendering.elevation() && !hasElevation) {
      throw new IllegalArgumentException("Elevation not supported!");
    }
    if (query.profile().isEmpty() && query.customModel() != null) {
      throw new IllegalArgumentException(
          "The 'profile' parameter is required when you use the `custom_model` parameter");
    }
    ServedProfile profile = profiles.resolve(query.profile(), new PMap(query.hints()));
    return new Prepared(request(query), profile);
  }

  private GHRequest request(RouteQuery.Route query) {
    GHRequest request =
        new GHRequest(
                query.points().stream().map(p -> new GHPoint(p.latitude(), p.longitude())).toList())
            .setProfile(query.profile())
            .setAlgorithm(query.algorithm())
            .setLocale(query.locale())
            .setHeadings(query.headings())
            .setPointHints(query.pointHints())
            .setCurbsides(query.curbsides())
            .setPathDetails(query.pathDetails())
            .setSnapPreventions(
                query.snapPreventions() == null ? defaultSnapPreventions : query.snapPreventions());
    if (query.customModel() instanceof GraphHopperModel model) {
      request.setCustomModel(model.model());
    }
    hints(query, request.getHints());
    return request;
  }

  private static void hints(RouteQuery.Route query, PMap hints) {
    query.hints().forEach(hints::putObject);
    // Watched by the ticket over all legs together; GraphHopper would begin anew with each leg and
    // then report that there is no connection.
    hints.remove(StopTicket.TIMEOUT_HINT);
    RouteQuery.Rendering rendering = query.rendering();
    hints.putObject(Parameters.Routing.CALC_POINTS, rendering.calcPoints());
    hints.putObject(
        Parameters.Routing.INSTRUCTIONS,
        rendering.instructions() || rendering.form() instanceof RouteQuery.Gpx);
  }
}
