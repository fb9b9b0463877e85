package dev.weir.proxy.brownout;

import dev.weir.proxy.path.Traits;
import dev.weir.proxy.path.Traits.Search;
import dev.weir.routing.Coordinate;
import dev.weir.routing.CustomModel;
import dev.weir.routing.EngineSettings;
import dev.weir.routing.EngineSettings.Caps;
import dev.weir.routing.EngineSettings.Elevation;
import dev.weir.routing.EngineSettings.ProfileSettings;
import dev.weir.routing.RequestKind;
import dev.weir.routing.RouteQuery.GeoJson;
import dev.weir.routing.RouteQuery.Gpx;
import dev.weir.routing.RouteQuery.Isochrone;
import dev.weir.routing.RouteQuery.Json;
import dev.weir.routing.RouteQuery.Rendering;
import dev.weir.routing.RouteQuery.Route;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Queries, what a glance at each would see, and an engine of three profiles. */
final class Queries {

  static final List<Map<String, Object>> HINTS =
      List.of(
          Map.of(),
          Map.of("ch.disable", true),
          Map.of("lm.disable", true),
          Map.of("ch.disable", true, "lm.disable", true, "key", "", "timeout_ms", 100));

  static final EngineSettings ENGINE =
      new EngineSettings(
          Path.of("map"),
          Path.of("graph"),
          List.of(
              profile("car", true, true),
              profile("van", true, false),
              profile("hybrid", false, true),
              profile("flexible", false, false)),
          List.of(),
          200,
          List.of(),
          Elevation.NONE,
          false,
          1_000_000);

  private Queries() {}

  private static ProfileSettings profile(String name, boolean speedMode, boolean hybridMode) {
    return new ProfileSettings(
        name, List.of("car.json"), false, -1, speedMode, hybridMode, Caps.DEFAULT);
  }

  static Route route(String profile, String algorithm, Map<String, Object> hints) {
    return copy(profile, List.of(), List.of(), algorithm, null, hints, rendering(null));
  }

  private static Rendering rendering(@Nullable Gpx gpx) {
    return new Rendering(true, true, false, false, gpx == null ? Json.USUAL : gpx);
  }

  static Route gpx(Route of) {
    Gpx gpx = new Gpx(true, true, true, "track", null);
    return copy(
        of.profile(), List.of(), List.of(), of.algorithm(), null, of.hints(), rendering(gpx));
  }

  static Route heading(Route of) {
    return copy(
        of.profile(), List.of(90.0), List.of(), of.algorithm(), null, of.hints(), of.rendering());
  }

  static Route curbside(Route of) {
    List<String> right = List.of("right", "right");
    return copy(of.profile(), List.of(), right, of.algorithm(), null, of.hints(), of.rendering());
  }

  static Route model(Route of) {
    CustomModel model = new CustomModel() {};
    return copy(
        of.profile(), List.of(), List.of(), of.algorithm(), model, of.hints(), of.rendering());
  }

  private static Route copy(
      String profile,
      List<Double> headings,
      List<String> curbsides,
      String algorithm,
      @Nullable CustomModel model,
      Map<String, Object> hints,
      Rendering rendering) {
    return new Route(
        profile,
        List.of(new Coordinate(1, 2), new Coordinate(3, 4)),
        headings,
        List.of(),
        curbsides,
        null,
        List.of("time"),
        algorithm,
        "en",
        model,
        hints,
        rendering);
  }

  /** What a transport would see, told of a query that has been read. */
  static Traits glance(Route query) {
    Search search =
        switch (query.algorithm()) {
          case "alternative_route" -> Search.ALTERNATIVES;
          case "round_trip" -> Search.ROUND_TRIP;
          default -> Search.PLAIN;
        };
    return new Traits(
        RequestKind.ROUTE,
        query.profile(),
        search,
        query.hints().containsKey("ch.disable"),
        query.hints().containsKey("lm.disable"),
        query.points().size(),
        10_000,
        1,
        2,
        0,
        0,
        search == Search.ALTERNATIVES ? 3 : 1,
        query.customModel() == null ? 0 : 1,
        0,
        query.rendering().instructions() || !query.pathDetails().isEmpty(),
        query.rendering().calcPoints());
  }

  static Traits reach(RequestKind kind, long seconds) {
    return new Traits(
        kind, "car", Search.PLAIN, false, false, 1, 0, 1, 2, seconds, 0, 1, 0, 0, true, true);
  }

  static Isochrone isochrone(
      String profile, long seconds, double meters, double weight, double grain) {
    return new Isochrone(
        profile,
        new Coordinate(1, 2),
        3,
        true,
        seconds,
        meters,
        weight,
        new GeoJson(),
        5,
        true,
        Map.of(),
        grain);
  }
}
