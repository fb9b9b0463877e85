package dev.weir.routing.graphhopper;

import static dev.weir.routing.graphhopper.Monaco.FAR_AWAY;
import static dev.weir.routing.graphhopper.Monaco.HERMITAGE;
import static dev.weir.routing.graphhopper.Monaco.LARVOTTO;
import static dev.weir.routing.graphhopper.Monaco.STADIUM;
import static dev.weir.routing.graphhopper.Monaco.compute;
import static dev.weir.routing.graphhopper.Monaco.problem;
import static dev.weir.routing.graphhopper.RouteDraft.route;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.weir.routing.Coordinate;
import dev.weir.routing.MalformedQuery;
import dev.weir.routing.Problem;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.StopSignal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The profile {@code capped} has the caps of {@link Monaco#CAPS}; the others have the defaults. */
final class CapsTest {

  @Test
  void refusesTooManyPoints() {
    says("6 points are too many, at most 5 are allowed for profile 'capped'", zigzag("capped", 6));
    assertInstanceOf(RouteOutcome.Found.class, compute(zigzag("car", 6)));
  }

  @Test
  void countsTheDistanceOverAllLegsAndMoreStrictlyWithoutSpeedMode() {
    says(
        "The points are 8.2 km apart in a straight line, at most 8 km are allowed for profile"
            + " 'capped' without speed mode",
        zigzag("capped", 5).hybrid());
    assertInstanceOf(RouteOutcome.Found.class, compute(zigzag("capped", 5)));
  }

  @Test
  void leavesItToTheBoundsToRefuseWhatIsOffTheMap() {
    assertInstanceOf(
        RouteOutcome.OutOfBounds.class, compute(route("capped", HERMITAGE, FAR_AWAY).flexible()));
  }

  @Test
  void refusesTooManyAlternatives() {
    says(
        "4 alternatives are too many, at most 3 are allowed for profile 'capped'",
        route("capped", HERMITAGE, STADIUM)
            .algorithm("alternative_route")
            .hint("alternative_route.max_paths", 4));
  }

  @Test
  void refusesTooLongARoundTrip() {
    says(
        "A round trip of 5.0 km is too long, at most 4 km are allowed for profile 'capped'",
        route("capped", HERMITAGE)
            .flexible()
            .algorithm("round_trip")
            .hint("round_trip.distance", 5000));
    says(
        "A round trip of NaN km is too long, at most 4 km are allowed for profile 'capped'",
        route("capped", HERMITAGE)
            .flexible()
            .algorithm("round_trip")
            .hint("round_trip.distance", Float.NaN));
  }

  @Test
  void refusesCustomModelsThatAreTooLongOrHaveTooManyStatements() throws MalformedQuery {
    says(
        "The custom model is longer than the 2000 bytes allowed for profile 'capped'",
        modelled("{\"priority\": [" + statement("x".repeat(3000)) + "]}"));
    says(
        "6 statements in a custom model are too many, at most 5 are allowed for profile 'capped'",
        modelled("{\"priority\": [" + repeated(statement("true"), 6) + "]}"));
    says(
        "6 statements in a custom model are too many, at most 5 are allowed for profile 'capped'",
        modelled(
            "{\"speed\": [{\"if\": \"true\", \"do\": ["
                + repeated("{\"if\": \"true\", \"limit_to\": \"9\"}", 5)
                + "]}]}"));
  }

  @Test
  void doesNotCountTheRestOfTheDocumentAsCustomModel() throws MalformedQuery {
    RouteQuery.Route route =
        read("{\"priority\": [" + statement("true") + "]}", "\"x\": \"" + "y".repeat(3000) + "\"");

    assertInstanceOf(RouteOutcome.Found.class, Monaco.engine().compute(route, StopSignal.NEVER));
  }

  @Test
  void refusesAreasWithTooManyVertices() throws MalformedQuery {
    String ring = "[7.41,43.73]," + repeated("[7.42,43.74]", 10) + ",[7.41,43.73]";
    says(
        "12 vertices in the areas of a custom model are too many, at most 10 are allowed for"
            + " profile 'capped'",
        modelled(
            "{\"areas\": {\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\","
                + " \"id\": \"a\", \"geometry\": {\"type\": \"Polygon\", \"coordinates\": [["
                + ring
                + "]]}}]}}"));
  }

  @Test
  void refusesIsochronesThatReachTooFar() {
    says(
        "A time_limit of 601 s is too long, at most 10 minutes are allowed for profile 'capped'",
        isochrone(601, -1, -1));
    says(
        "A distance_limit of 6001 m is too long, at most 6 km are allowed for profile 'capped'",
        isochrone(10, 6001, -1));
    says(
        "A weight_limit of 601 is too large, at most 600 are allowed for profile 'capped'",
        isochrone(10, 10, 601));
  }

  @Test
  void refusesIsochronesOverTooManyPlacesBeforeTriangulatingThem() {
    Problem problem =
        problem(
            new RouteQuery.Isochrone(
                "tight",
                HERMITAGE,
                1,
                false,
                600,
                -1,
                -1,
                RouteQuery.Json.USUAL,
                0,
                false,
                Map.of()));

    assertEquals(
        "More than the 50 network places allowed can be reached; please lower the limit",
        problem.message());
  }

  @Test
  void refusesTreesThatReachTooFarOrHaveTooManyRows() {
    says(
        "A time_limit of 601 s is too long, at most 10 minutes are allowed for profile 'capped'",
        tree("capped", 601, -1));
    says(
        "A distance_limit of 6001 m is too long, at most 6 km are allowed for profile 'capped'",
        tree("capped", 1, 6001));
    says(
        "More than the 60 network places allowed can be reached; please lower the limit",
        tree("tight", 600, -1));
  }

  /** There and back between two places 2.2 km apart. */
  private static RouteDraft zigzag(String profile, int points) {
    Coordinate[] places = new Coordinate[points];
    Arrays.setAll(places, i -> i % 2 == 0 ? STADIUM : LARVOTTO);
    return route(profile, places);
  }

  private static RouteQuery.Isochrone isochrone(long seconds, double meters, double weight) {
    return new RouteQuery.Isochrone(
        "capped",
        HERMITAGE,
        1,
        false,
        seconds,
        meters,
        weight,
        RouteQuery.Json.USUAL,
        0,
        false,
        Map.of());
  }

  private static RouteQuery.ShortestPathTree tree(String profile, long seconds, double meters) {
    return new RouteQuery.ShortestPathTree(
        profile, HERMITAGE, false, seconds, meters, List.of(), Map.of());
  }

  private static RouteQuery.Route modelled(String model) throws MalformedQuery {
    return read(model, "\"x\": 1");
  }

  private static RouteQuery.Route read(String model, String more) throws MalformedQuery {
    return Monaco.engine()
        .readRoute(
            """
            {"profile": "capped", "points": [[7.4246, 43.7384], [7.4197, 43.7311]],
             "ch.disable": true, "lm.disable": true, "custom_model": %s, %s}
            """
                .formatted(model, more)
                .getBytes(StandardCharsets.UTF_8));
  }

  private static String statement(String condition) {
    return "{\"if\": \"" + condition + "\", \"multiply_by\": \"0.9\"}";
  }

  private static String repeated(String text, int times) {
    return Collections.nCopies(times, text).stream().collect(Collectors.joining(","));
  }

  private static void says(String message, RouteDraft route) {
    says(message, route.build());
  }

  private static void says(String message, RouteQuery query) {
    assertEquals(
        Problem.of(Problem.Kind.ENGINE, message, "java.lang.IllegalArgumentException"),
        problem(query));
  }
}
