package dev.weir.routing.graphhopper;

import static dev.weir.routing.graphhopper.Monaco.FAR_AWAY;
import static dev.weir.routing.graphhopper.Monaco.HERMITAGE;
import static dev.weir.routing.graphhopper.Monaco.STADIUM;
import static dev.weir.routing.graphhopper.Monaco.problem;
import static dev.weir.routing.graphhopper.RouteDraft.route;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.routing.Problem;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The words and class names are those of the stock server; its clients rely on them. */
final class RouteProblemsTest {

  private static final String PACKAGE = "com.graphhopper.util.exceptions.";

  @Test
  void anUnknownProfileIsToldWithTheKnownOnes() {
    says(
        "The requested profile 'nope' does not exist.\n"
            + "Available profiles: [car, car_tc, bike, foot, capped, tight]",
        route("nope", HERMITAGE, STADIUM));
  }

  @Test
  void aMissingProfileIsTold() {
    says("profile parameter required", route("", HERMITAGE, STADIUM));
  }

  @Test
  void aMissingPointIsTold() {
    says("You have to pass at least one point", route("car"));
    says("At least 2 points have to be specified, but was:1", route("car", HERMITAGE));
  }

  @Test
  void aPointOutOfBoundsIsToldWithItsIndex() {
    Problem problem = problem(route("car", FAR_AWAY, STADIUM));

    assertEquals(
        "Point 0 is out of bounds: 0.0,0.0, the bounds are:"
            + " 7.4065668,7.4395993,43.7233932,43.7519162",
        problem
            .message()
            .replaceAll(
                "7\\.40\\d+,7\\.43\\d+,43\\.72\\d+,43\\.75\\d+",
                "7.4065668,7.4395993,43.7233932,43.7519162"));
    assertEquals(PACKAGE + "PointOutOfBoundsException", problem.hints().getFirst().details());
    assertEquals(Map.of("point_index", 0), problem.hints().getFirst().extras());
  }

  @Test
  void legacyParametersAreRefused() {
    says(
        "The 'vehicle' parameter is no longer supported. You used 'vehicle=car'",
        route("car", HERMITAGE, STADIUM).hint("vehicle", "car"));
    says(
        "The 'weighting' parameter is no longer supported. You used 'weighting=fastest'",
        route("car", HERMITAGE, STADIUM).hint("weighting", "fastest"));
    says(
        "The 'edge_based' parameter is no longer supported. You used 'edge_based=true'",
        route("car", HERMITAGE, STADIUM).hint("edge_based", true));
    says(
        "The 'turn_costs' parameter is no longer supported. You used 'turn_costs=false'",
        route("car", HERMITAGE, STADIUM).hint("turn_costs", "yes"));
    says(
        "The `block_area` parameter is no longer supported. Use a custom model with `areas`"
            + " instead.",
        route("car", HERMITAGE, STADIUM).hint("block_area", "1,2,3"));
  }

  @Test
  void headingsNeedFlexibleMode() {
    says(
        "The 'heading' parameter is currently not supported for speed mode, you need to disable"
            + " speed mode with `ch.disable=true`. See issue #483",
        route("car", HERMITAGE, STADIUM).headings(10.0));
  }

  @Test
  void elevationNeedsAMapWithElevation() {
    says("Elevation not supported!", route("car", HERMITAGE, STADIUM).elevation());
  }

  @Test
  void aMultiplierBelowOneIsRefused() {
    says(
        "multiplier cannot be smaller than 1 but was 0.1 for polyline",
        route("car", HERMITAGE, STADIUM).multiplier(0.1));
  }

  @Test
  void anUnknownAlgorithmIsRefused() {
    says(
        "Algorithm bogus not found in com.graphhopper.routing.RoutingAlgorithmFactorySimple",
        route("car", HERMITAGE, STADIUM).flexible().algorithm("bogus"));
  }

  @Test
  void aProfileWithoutSpeedModeIsNotRoutedByAnotherMode() {
    says(
        """
        Cannot find CH preparation for the requested profile: 'bike'
        You can try disabling CH using ch.disable=true
        available CH profiles: [car, car_tc, capped]\
        """,
        route("bike", HERMITAGE, STADIUM));
  }

  @Test
  void tooManyVisitedNodesAreTheStockServersBadRequest() {
    Problem problem =
        problem(route("car", HERMITAGE, STADIUM).flexible().hint("max_visited_nodes", 10));

    assertEquals("No path found due to maximum nodes exceeded 10", problem.message());
    assertEquals(PACKAGE + "MaximumNodesExceededException", problem.hints().getFirst().details());
    assertEquals(Map.of("max_visited_nodes", 10), problem.hints().getFirst().extras());
  }

  @Test
  void noMoreNodesMayBeWishedThanTheServerAllows() {
    says(
        "The max_visited_nodes parameter has to be below or equal to:1000000",
        route("car", HERMITAGE, STADIUM).hint("max_visited_nodes", 1_000_001));
  }

  @Test
  void alternativesCannotBeGpx() {
    says(
        "Alternatives are currently not yet supported for GPX",
        route("car", HERMITAGE, STADIUM)
            .flexible()
            .algorithm("alternative_route")
            .gpx(true, true, false, "0"));
  }

  @Test
  void aStartTimeThatIsNoNumberIsRefused() {
    Problem problem = problem(route("car", HERMITAGE, STADIUM).gpx(true, true, false, "soon"));

    assertEquals("For input string: \"soon\"", problem.message());
    assertEquals("java.lang.NumberFormatException", problem.hints().getFirst().details());
  }

  private static void says(String message, RouteDraft route) {
    assertEquals(
        Problem.of(Problem.Kind.ENGINE, message, "java.lang.IllegalArgumentException"),
        problem(route));
  }
}
