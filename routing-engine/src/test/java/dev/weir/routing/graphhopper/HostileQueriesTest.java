package dev.weir.routing.graphhopper;

import static dev.weir.routing.graphhopper.Monaco.HERMITAGE;
import static dev.weir.routing.graphhopper.Monaco.STADIUM;
import static dev.weir.routing.graphhopper.Monaco.engine;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.weir.routing.Coordinate;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.StopSignal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a caller sends is an outcome: an exception would count as a fault of the engine. */
final class HostileQueriesTest {

  private static final double[] ODD_NUMBERS = {
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Double.MIN_VALUE,
    0,
    -0.0,
    -1,
    90,
    181,
    1e18
  };

  private static final List<Object> ODD_VALUES =
      List.of(
          "",
          "true",
          "x",
          0,
          -1,
          1,
          2,
          Integer.MAX_VALUE,
          Integer.MIN_VALUE,
          Long.MAX_VALUE,
          Double.NaN,
          1e300,
          -1e300,
          true,
          false,
          List.of(1, "a"),
          Map.of("a", 1),
          0.5f);

  private static final List<String> HINTS =
      List.of(
          "ch.disable",
          "lm.disable",
          "lm.active_landmarks",
          "timeout_ms",
          "max_visited_nodes",
          "pass_through",
          "u_turn_costs",
          "heading_penalty",
          "curbside_strictness",
          "force_curbside",
          "astar.epsilon",
          "astarbi.epsilon",
          "astar.approximation",
          "astarbi.approximation",
          "alternative_route.max_paths",
          "alternative_route.max_weight_factor",
          "alternative_route.max_share_factor",
          "alternative_route.local_optimality_factor",
          "round_trip.distance",
          "round_trip.seed",
          "round_trip.points",
          "cm_version",
          "way_point_max_distance",
          "elevation_way_point_max_distance",
          "custom_model",
          "stall_on_demand",
          "profile",
          "algorithm",
          "edge_based");

  private static final List<String> ALGORITHMS =
      List.of(
          "",
          "dijkstra",
          "dijkstrabi",
          "astar",
          "astarbi",
          "alternative_route",
          "round_trip",
          "dijkstra_one_to_many",
          "DIJKSTRA",
          "x");

  @Test
  void oddPlacesAreOutcomes() {
    for (double latitude : ODD_NUMBERS) {
      for (double longitude : ODD_NUMBERS) {
        Coordinate place = new Coordinate(latitude, longitude);
        survives(new RouteQuery.Nearest(place, true));
        survives(RouteDraft.route("car", place, HERMITAGE).build());
        survives(Monaco.isochrone("car", place, 30));
        survives(new RouteQuery.ShortestPathTree("car", place, false, 30, -1, List.of(), Map.of()));
      }
    }
  }

  @Test
  void oddLimitsAreOutcomes() {
    for (double meters : ODD_NUMBERS) {
      for (long seconds : new long[] {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE}) {
        survives(
            new RouteQuery.Isochrone(
                "car",
                HERMITAGE,
                3,
                true,
                seconds,
                meters,
                meters,
                RouteQuery.Json.USUAL,
                meters,
                true,
                Map.of()));
        survives(
            new RouteQuery.Isochrone(
                "car",
                HERMITAGE,
                1,
                true,
                seconds,
                meters,
                -1,
                RouteQuery.Json.USUAL,
                0,
                false,
                Map.of()));
        survives(
            new RouteQuery.ShortestPathTree(
                "car", HERMITAGE, true, seconds, meters, List.of("time"), Map.of()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void randomRoutesAreOutcomes(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      survives(route(random));
    }
  }

  @Test
  void anExpressionNestedWithoutEndIsABadRequest() throws Exception {
    String condition = "(".repeat(20_000) + "true" + ")".repeat(20_000);
    RouteQuery.Route route =
        engine()
            .readRoute(
                """
                {"profile": "car", "points": [[7.4246, 43.7384], [7.4197, 43.7311]],
                 "ch.disable": true, "lm.disable": true,
                 "custom_model": {"priority": [{"if": "%s", "multiply_by": "0.5"}]}}
                """
                    .formatted(condition)
                    .getBytes(StandardCharsets.UTF_8));

    assertInstanceOf(RouteOutcome.BadRequest.class, engine().compute(route, StopSignal.NEVER));
  }

  private static RouteQuery.Route route(Random random) {
    Map<String, Object> hints = new LinkedHashMap<>();
    hints.put("ch.disable", random.nextInt(3) > 0);
    hints.put("lm.disable", random.nextBoolean());
    for (int i = random.nextInt(3); i > 0; i--) {
      hints.put(any(HINTS, random), any(ODD_VALUES, random));
    }
    Coordinate[] points = new Coordinate[random.nextInt(4)];
    Arrays.setAll(
        points,
        _ ->
            new Coordinate(
                43.724 + random.nextDouble() * 0.027, 7.407 + random.nextDouble() * 0.032));
    if (random.nextInt(4) == 0) {
      points = new Coordinate[] {HERMITAGE, HERMITAGE, STADIUM};
    }
    List<Double> headings = new ArrayList<>();
    for (int i = random.nextInt(6) == 0 ? points.length : 0; i > 0; i--) {
      headings.add(random.nextInt(3) == 0 ? Double.NaN : random.nextDouble() * 400 - 20);
    }
    return new RouteQuery.Route(
        any(List.of("car", "car_tc", "bike", "foot"), random),
        List.of(points),
        headings,
        texts(random, points.length, "Avenue", "", "\u0000"),
        texts(random, points.length, "any", "left", "right", "", "x"),
        random.nextBoolean() ? null : texts(random, 2, "ferry", "tunnel", "motorway", "x", ""),
        texts(random, 2, "road_class", "time", "leg_time", "edge_id", "country", "x", ""),
        any(ALGORITHMS, random),
        any(List.of("en", "de", "", "_", "xx_YY", "."), random),
        null,
        hints,
        new RouteQuery.Rendering(
            random.nextBoolean(),
            random.nextInt(4) > 0,
            random.nextInt(4) == 0,
            random.nextBoolean(),
            form(random)));
  }

  private static RouteQuery.Form form(Random random) {
    double multiplier =
        random.nextInt(4) == 0 ? ODD_NUMBERS[random.nextInt(ODD_NUMBERS.length)] : 1e5;
    return switch (random.nextInt(4)) {
      case 0 -> new RouteQuery.Gpx(true, true, random.nextBoolean(), "t", "0");
      case 1 -> new RouteQuery.Structure(multiplier);
      default -> new RouteQuery.Json(random.nextBoolean(), multiplier);
    };
  }

  private static List<String> texts(Random random, int size, String... choice) {
    List<String> texts = new ArrayList<>();
    for (int i = random.nextInt(6) == 0 ? size : 0; i > 0; i--) {
      texts.add(choice[random.nextInt(choice.length)]);
    }
    return texts;
  }

  private static <T> T any(List<T> choice, Random random) {
    return choice.get(random.nextInt(choice.size()));
  }

  private static void survives(RouteQuery query) {
    assertDoesNotThrow(() -> engine().compute(query, StopSignal.NEVER), query::toString);
  }
}
