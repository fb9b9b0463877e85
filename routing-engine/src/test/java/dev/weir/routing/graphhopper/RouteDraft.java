package dev.weir.routing.graphhopper;

import dev.weir.routing.Coordinate;
import dev.weir.routing.CustomModel;
import dev.weir.routing.RouteQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds a route query from what matters to a test; the rest is as {@code GET /route} defaults it.
 */
final class RouteDraft {

  private final String profile;
  private final List<Coordinate> points = new ArrayList<>();
  private final Map<String, Object> hints = new LinkedHashMap<>();
  private List<Double> headings = List.of();
  private List<String> pointHints = List.of();
  private List<String> curbsides = List.of();
  private @Nullable List<String> snapPreventions;
  private List<String> details = List.of();
  private String algorithm = "";
  private String locale = "en";
  private @Nullable CustomModel model;
  private RouteQuery.@Nullable Gpx gpx;
  private boolean instructions = true;
  private boolean calcPoints = true;
  private boolean elevation;
  private boolean encoded = true;
  private double multiplier = 1e5;

  private RouteDraft(String profile) {
    this.profile = profile;
  }

  static RouteDraft route(String profile, Coordinate... points) {
    RouteDraft draft = new RouteDraft(profile);
    draft.points.addAll(List.of(points));
    return draft;
  }

  RouteDraft hint(String name, Object value) {
    hints.put(name, value);
    return this;
  }

  RouteDraft flexible() {
    return hint("ch.disable", true).hint("lm.disable", true);
  }

  RouteDraft hybrid() {
    return hint("ch.disable", true);
  }

  RouteDraft headings(Double... values) {
    headings = List.of(values);
    return this;
  }

  RouteDraft pointHints(String... values) {
    pointHints = List.of(values);
    return this;
  }

  RouteDraft curbsides(String... values) {
    curbsides = List.of(values);
    return this;
  }

  RouteDraft snapPreventions(String... values) {
    snapPreventions = List.of(values);
    return this;
  }

  RouteDraft details(String... values) {
    details = List.of(values);
    return this;
  }

  RouteDraft algorithm(String value) {
    algorithm = value;
    return this;
  }

  RouteDraft locale(String value) {
    locale = value;
    return this;
  }

  RouteDraft model(@Nullable CustomModel value) {
    model = value;
    return this;
  }

  RouteDraft gpx(boolean route, boolean track, boolean waypoints, @Nullable String millis) {
    gpx = new RouteQuery.Gpx(route, track, waypoints, "GraphHopper Track", millis);
    return this;
  }

  RouteDraft gpx(RouteQuery.Gpx value) {
    gpx = value;
    return this;
  }

  RouteDraft withoutInstructions() {
    instructions = false;
    return this;
  }

  RouteDraft withoutPoints() {
    calcPoints = false;
    return this;
  }

  RouteDraft elevation() {
    elevation = true;
    return this;
  }

  RouteDraft plainPoints() {
    encoded = false;
    return this;
  }

  RouteDraft multiplier(double value) {
    multiplier = value;
    return this;
  }

  RouteQuery.Route build() {
    return new RouteQuery.Route(
        profile,
        points,
        headings,
        pointHints,
        curbsides,
        snapPreventions,
        details,
        algorithm,
        locale,
        model,
        hints,
        new RouteQuery.Rendering(
            instructions,
            calcPoints,
            elevation,
            true,
            gpx == null ? new RouteQuery.Json(encoded, multiplier) : gpx));
  }
}
