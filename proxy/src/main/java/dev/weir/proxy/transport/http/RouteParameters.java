package dev.weir.proxy.transport.http;

import dev.weir.routing.Coordinate;
import dev.weir.routing.MalformedQuery;
import dev.weir.routing.RouteQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of {@code GET /route}. Costs CPU in proportion to their length. */
final class RouteParameters {

  private static final String WAY_POINT_MAX_DISTANCE = "way_point_max_distance";
  private static final String ELEVATION_WAY_POINT_MAX_DISTANCE = "elevation_way_point_max_distance";

  private static final Set<String> KNOWN =
      Set.of(
          "point",
          "profile",
          "type",
          "algorithm",
          "locale",
          "instructions",
          "calc_points",
          "elevation",
          "points_encoded",
          "points_encoded_multiplier",
          "point_hint",
          "curbside",
          "snap_prevention",
          "details",
          "heading",
          "gpx.route",
          "gpx.track",
          "gpx.waypoints",
          "gpx.trackname",
          "gpx.millis",
          WAY_POINT_MAX_DISTANCE);

  private RouteParameters() {}

  // The order of what may fail is that of GraphHopper's server.
  static RouteQuery.Route read(Parameters in) throws MalformedQuery {
    Map<String, Object> hints = in.hints(KNOWN);
    distance(in, WAY_POINT_MAX_DISTANCE, hints);
    distance(in, ELEVATION_WAY_POINT_MAX_DISTANCE, hints);
    List<Coordinate> points = points(in);
    boolean gpx = "gpx".equalsIgnoreCase(in.first("type"));
    double multiplier = in.decimal("points_encoded_multiplier", 1e5);
    return new RouteQuery.Route(
        in.text("profile", ""),
        points,
        headings(in),
        in.all("point_hint"),
        in.all("curbside"),
        snapPreventions(in),
        in.all("details"),
        in.text("algorithm", ""),
        in.text("locale", "en"),
        null,
        hints,
        new RouteQuery.Rendering(
            gpx || in.flag("instructions", true),
            in.flag("calc_points", true),
            in.flag("elevation", false),
            true,
            gpx ? gpx(in) : new RouteQuery.Json(in.flag("points_encoded", true), multiplier)));
  }

  private static void distance(Parameters in, String name, Map<String, Object> hints)
      throws MalformedQuery {
    String value = in.first(name);
    if (value != null && !value.isBlank()) {
      hints.put(name, Parameters.decimal(value));
    } else {
      hints.remove(name);
    }
  }

  private static List<Coordinate> points(Parameters in) throws MalformedQuery {
    List<String> values = in.all("point");
    List<Coordinate> points = new ArrayList<>(values.size());
    for (String value : values) {
      points.add(Parameters.point(value));
    }
    return points;
  }

  private static List<Double> headings(Parameters in) throws MalformedQuery {
    List<String> values = in.all("heading");
    List<Double> headings = new ArrayList<>(values.size());
    for (String value : values) {
      headings.add(Parameters.decimal(value));
    }
    return headings;
  }

  /** A single empty value asks for none; without the parameter the engine's default holds. */
  private static @Nullable List<String> snapPreventions(Parameters in) {
    List<String> values = in.all("snap_prevention");
    if (values.isEmpty()) {
      return null;
    }
    return values.size() == 1 && values.get(0).isEmpty() ? List.of() : values;
  }

  private static RouteQuery.Gpx gpx(Parameters in) {
    return new RouteQuery.Gpx(
        in.flag("gpx.route", true),
        in.flag("gpx.track", true),
        in.flag("gpx.waypoints", false),
        in.text("gpx.trackname", "GraphHopper Track"),
        in.first("gpx.millis"));
  }
}
