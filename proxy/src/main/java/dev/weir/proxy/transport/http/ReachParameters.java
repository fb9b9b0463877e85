package dev.weir.proxy.transport.http;

import dev.weir.routing.Coordinate;
import dev.weir.routing.MalformedQuery;
import dev.weir.routing.Problem;
import dev.weir.routing.Problem.Hint;
import dev.weir.routing.RouteQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of {@code GET /isochrone} and {@code GET /spt}. */
final class ReachParameters {

  private static final String ILLEGAL_ARGUMENT = "java.lang.IllegalArgumentException";
  private static final int MAX_BUCKETS = 20;
  private static final long TIME_LIMIT_SECONDS = 600;

  private static final Set<String> OF_ISOCHRONE =
      Set.of(
          "profile",
          "buckets",
          "reverse_flow",
          "point",
          "time_limit",
          "distance_limit",
          "weight_limit",
          "type",
          "tolerance",
          "full_geometry");
  private static final Set<String> OF_TREE =
      Set.of("profile", "reverse_flow", "point", "columns", "time_limit", "distance_limit");

  private ReachParameters() {}

  // In both, the order of what may fail is that of GraphHopper's server.
  static RouteQuery.Isochrone isochrone(Parameters in) throws MalformedQuery {
    Long buckets = in.whole("buckets", 1);
    Coordinate point = in.point();
    Long time = in.whole("time_limit", TIME_LIMIT_SECONDS);
    Long distance = in.whole("distance_limit", -1);
    Long weight = in.whole("weight_limit", -1);
    RouteQuery.Form form = form(in.text("type", ""));
    double tolerance = in.decimal("tolerance", 0);
    Coordinate centre = constraints(point, buckets);
    long weightLimit = number("weight_limit", weight);
    long distanceLimit = weightLimit > 0 ? -1 : number("distance_limit", distance);
    long timeLimit =
        (weightLimit > 0 || distanceLimit > 0) ? TIME_LIMIT_SECONDS : number("time_limit", time);
    return new RouteQuery.Isochrone(
        in.text("profile", ""),
        centre,
        (int) number("buckets", buckets),
        in.flag("reverse_flow", false),
        timeLimit,
        distanceLimit,
        weightLimit,
        form,
        tolerance,
        in.flag("full_geometry", false),
        in.hints(OF_ISOCHRONE));
  }

  static RouteQuery.ShortestPathTree tree(Parameters in) throws MalformedQuery {
    Coordinate point = in.point();
    Long time = in.whole("time_limit", TIME_LIMIT_SECONDS);
    Long distance = in.whole("distance_limit", -1);
    Coordinate root = constraints(point, 1L);
    long distanceLimit = number("distance_limit", distance);
    long timeLimit = distanceLimit > 0 ? TIME_LIMIT_SECONDS : number("time_limit", time);
    return new RouteQuery.ShortestPathTree(
        in.text("profile", ""),
        root,
        in.flag("reverse_flow", false),
        timeLimit,
        distanceLimit,
        columns(in.text("columns", "")),
        in.hints(OF_TREE));
  }

  private static RouteQuery.Form form(String type) throws MalformedQuery {
    if (type.isBlank() || type.equalsIgnoreCase("json")) {
      return RouteQuery.Json.USUAL;
    }
    if (type.equalsIgnoreCase("geojson")) {
      return new RouteQuery.GeoJson();
    }
    throw new MalformedQuery(
        new Problem(
            Problem.Kind.UNREADABLE, "query param type must be one of [json, geojson]", List.of()));
  }

  private static Coordinate constraints(@Nullable Coordinate point, @Nullable Long buckets)
      throws MalformedQuery {
    List<Hint> mistakes = new ArrayList<>(2);
    if (point == null) {
      mistakes.add(new Hint("query param point must not be null", null, Map.of()));
    }
    if (buckets != null && (buckets < 1 || buckets > MAX_BUCKETS)) {
      mistakes.add(
          new Hint("query param buckets must be between 1 and " + MAX_BUCKETS, null, Map.of()));
    }
    if (point == null || !mistakes.isEmpty()) {
      throw new MalformedQuery(
          new Problem(Problem.Kind.CONSTRAINT, mistakes.get(0).message(), mistakes));
    }
    return point;
  }

  private static long number(String name, @Nullable Long value) throws MalformedQuery {
    if (value == null) {
      throw engineProblem("query param " + name + " is not a number.");
    }
    return value;
  }

  private static List<String> columns(String columns) throws MalformedQuery {
    if (columns.isEmpty()) {
      return List.of();
    }
    List<String> names = new ArrayList<>(List.of(columns.split(",", -1)));
    while (!names.isEmpty() && names.getLast().isEmpty()) {
      names.removeLast();
    }
    if (names.isEmpty()) {
      throw engineProblem(
          "Either omit the columns parameter or specify the columns via comma separated values");
    }
    return names;
  }

  private static MalformedQuery engineProblem(String message) {
    return new MalformedQuery(Problem.of(Problem.Kind.ENGINE, message, ILLEGAL_ARGUMENT));
  }
}
