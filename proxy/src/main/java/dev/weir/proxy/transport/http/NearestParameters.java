package dev.weir.proxy.transport.http;

import dev.weir.routing.Coordinate;
import dev.weir.routing.MalformedQuery;
import dev.weir.routing.Problem;
import dev.weir.routing.RouteQuery;
import java.util.List;

/** Reads the parameters of {@code GET /nearest}. */
final class NearestParameters {

  private NearestParameters() {}

  static RouteQuery.Nearest read(Parameters in) throws MalformedQuery {
    String value = in.text("point", "");
    if (value.isBlank()) {
      throw new MalformedQuery(
          Problem.of(Problem.Kind.CONSTRAINT, "query param point must not be null", null));
    }
    Coordinate point = Parameters.pointOrNull(value);
    if (point == null) {
      // Unlike everywhere else, GraphHopper treats this as a resource that is not there.
      throw new MalformedQuery(
          new Problem(Problem.Kind.NOT_A_NUMBER, "HTTP 404 Not Found", List.of()));
    }
    return new RouteQuery.Nearest(point, in.flag("elevation", false));
  }
}
