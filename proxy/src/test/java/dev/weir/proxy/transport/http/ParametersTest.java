package dev.weir.proxy.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.routing.Coordinate;
import dev.weir.routing.MalformedQuery;
import dev.weir.routing.Problem;
import dev.weir.routing.Problem.Hint;
import dev.weir.routing.RouteQuery;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Query parameters are read as GraphHopper's server reads them. */
final class ParametersTest {

  private static RouteQuery.Route route(String query) throws MalformedQuery {
    return RouteParameters.read(new Parameters(query));
  }

  private static RouteQuery.Isochrone isochrone(String query) throws MalformedQuery {
    return ReachParameters.isochrone(new Parameters(query));
  }

  private static RouteQuery.ShortestPathTree tree(String query) throws MalformedQuery {
    return ReachParameters.tree(new Parameters(query));
  }

  private interface Reading {
    Object read() throws MalformedQuery;
  }

  private static Problem problem(Reading reading) {
    return assertThrows(MalformedQuery.class, reading::read).problem();
  }

  @Test
  void readsARouteWithDefaults() throws Exception {
    assertEquals(
        new RouteQuery.Route(
            "",
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            null,
            List.of(),
            "",
            "en",
            null,
            Map.of(),
            new RouteQuery.Rendering(true, true, false, true, RouteQuery.Json.USUAL)),
        route(""));
  }

  @Test
  void readsEverythingARouteMaySay() throws Exception {
    RouteQuery.Route route =
        route(
            "profile=bike&point=1,2&point=%203%2C+4&heading=90&heading=NaN&point_hint=a&point_hint="
                + "&curbside=left&curbside=any&snap_prevention=tunnel&details=time&details=a%26b"
                + "&algorithm=astar&locale=de_DE&instructions=TRUE&calc_points=no&elevation=true"
                + "&points_encoded=false&points_encoded_multiplier=1e6");

    assertEquals("bike", route.profile());
    assertEquals(List.of(new Coordinate(1, 2), new Coordinate(3, 4)), route.points());
    assertEquals(List.of(90.0, Double.NaN), route.headings());
    assertEquals(List.of("a", ""), route.pointHints());
    assertEquals(List.of("left", "any"), route.curbsides());
    assertEquals(List.of("tunnel"), route.snapPreventions());
    assertEquals(List.of("time", "a&b"), route.pathDetails());
    assertEquals("astar", route.algorithm());
    assertEquals("de_DE", route.locale());
    assertEquals(
        new RouteQuery.Rendering(true, false, true, true, new RouteQuery.Json(false, 1e6)),
        route.rendering());
    assertEquals(Map.of(), route.hints());
  }

  @Test
  void writesInstructionsIntoGpxWhetherWishedOrNot() throws Exception {
    RouteQuery.Rendering plain = route("type=GPX&instructions=false").rendering();
    assertTrue(plain.instructions());
    assertEquals(new RouteQuery.Gpx(true, true, false, "GraphHopper Track", null), plain.form());

    assertEquals(
        new RouteQuery.Gpx(false, false, true, "x", ""),
        route(
                "type=gpx&gpx.route=false&gpx.track=f&gpx.waypoints=true&gpx.trackname=x"
                    + "&gpx.millis=")
            .rendering()
            .form());
  }

  @Test
  void takesTheFirstOfRepeatedValuesAndDefaultsForEmptyOnes() throws Exception {
    RouteQuery.Route route =
        route(
            "profile=a&profile=b&instructions=&calc_points=%20&points_encoded_multiplier="
                + "&locale=&algorithm=");

    assertEquals("a", route.profile());
    assertEquals("", route.locale());
    assertTrue(route.rendering().instructions());
    assertTrue(route.rendering().calcPoints());
    assertEquals(RouteQuery.Json.USUAL, route.rendering().form());
  }

  @Test
  void makesHintsOfEverythingElseThatIsThereOnce() throws Exception {
    assertEquals(
        Map.of(
            "ch.disable",
            true,
            "lm.disable",
            false,
            "max_visited_nodes",
            10,
            "timeout_ms",
            99_999_999_999L,
            "astar.epsilon",
            1.5f,
            "key",
            "abc",
            "empty",
            "",
            "flag",
            "",
            "%zz",
            "%z+"),
        route(
                "ch.disable=TRUE&lm.disable=false&maxVisitedNodes=10&timeout_ms=99999999999"
                    + "&astar.epsilon=1.5&key=abc&empty=&flag&twice=1&twice=2&&calcPoints=false"
                    + "&%zz=%z%2B")
            .hints());
  }

  @Test
  void passesDistancesOfWayPointsOnAsNumbers() throws Exception {
    assertEquals(
        Map.of("way_point_max_distance", 1.0, "elevation_way_point_max_distance", 2.0),
        route("way_point_max_distance=1&elevation_way_point_max_distance=%202").hints());
    assertEquals(
        Map.of(), route("way_point_max_distance=&elevation_way_point_max_distance").hints());
  }

  @Test
  void distinguishesNoSnapPreventionFromNoWish() throws Exception {
    assertNull(route("").snapPreventions());
    assertEquals(List.of(), route("snap_prevention=").snapPreventions());
    assertEquals(List.of("", "x"), route("snap_prevention=&snap_prevention=x").snapPreventions());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "1", "1,", ",1", "1,2,3", "1;2", "x,y", "1,2,,3"})
  void namesAPointItCannotRead(String point) {
    Problem problem = problem(() -> route("point=" + point));

    assertEquals(Problem.Kind.UNREADABLE, problem.kind());
    assertEquals(
        "query param point is invalid: Cannot parse point '" + point + "'", problem.message());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"1e1,2|10|2", "1d,2f|1|2", "+1,2|1|2", "0x1p1,2|2|2", "1,2,|1|2", "91,181|91|181"})
  void readsPointsAsGenerouslyAsTheStockServer(String point, double lat, double lon)
      throws Exception {
    assertEquals(List.of(new Coordinate(lat, lon)), route("point=" + point).points());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "way_point_max_distance=1,5",
        "elevation_way_point_max_distance=x",
        "points_encoded_multiplier=x",
        "heading=x",
        "heading=1&heading=",
        "way_point_max_distance=x&point=pups"
      })
  void tellsWhatIsNotANumber(String query) {
    assertEquals(Problem.Kind.NOT_A_NUMBER, problem(() -> route(query)).kind());
  }

  @Test
  void readsAnIsochrone() throws Exception {
    assertEquals(
        new RouteQuery.Isochrone(
            "",
            new Coordinate(1, 2),
            1,
            false,
            600,
            -1,
            -1,
            RouteQuery.Json.USUAL,
            0,
            false,
            Map.of()),
        isochrone("point=1,2"));
    assertEquals(
        new RouteQuery.Isochrone(
            "car",
            new Coordinate(1, 2),
            3,
            true,
            60,
            -1,
            -1,
            new RouteQuery.GeoJson(),
            0.5,
            true,
            Map.of("vehicle", "car")),
        isochrone(
            "profile=car&point=1,2&buckets=3&reverse_flow=true&time_limit=60&type=GeoJson"
                + "&tolerance=.5&full_geometry=true&vehicle=car"));
    assertEquals(5, isochrone("point=1,2&weight_limit=5&distance_limit=").weightLimit());
    assertEquals(7, isochrone("point=1,2&distance_limit=7&time_limit=").distanceLimitMeters());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "point=1,2&weight_limit= | ENGINE | query param weight_limit is not a number.",
        "point=1,2&distance_limit= | ENGINE | query param distance_limit is not a number.",
        "point=1,2&time_limit= | ENGINE | query param time_limit is not a number.",
        "point=1,2&buckets= | ENGINE | query param buckets is not a number.",
        "point=1,2&time_limit=1.5 | NOT_A_NUMBER | HTTP 404 Not Found",
        "point=1,2&time_limit=+1 | NOT_A_NUMBER | HTTP 404 Not Found",
        "point=1,2&tolerance=x | NOT_A_NUMBER | HTTP 404 Not Found",
        "point=1,2&buckets=21 | CONSTRAINT | query param buckets must be between 1 and 20",
        "point=1,2&buckets=0&type=x | UNREADABLE | query param type must be one of [json, geojson]",
        "point=pups&time_limit=x | UNREADABLE | query param point is invalid: Cannot parse point"
            + " 'pups'",
        "buckets=x&point=pups | NOT_A_NUMBER | HTTP 404 Not Found"
      })
  void tellsWhatIsWrongWithAnIsochrone(String query, Problem.Kind kind, String message) {
    Problem problem = problem(() -> isochrone(query));

    assertEquals(kind, problem.kind());
    assertEquals(message.replaceAll(" +", " "), problem.message());
  }

  @Test
  void listsAllConstraintsThatAreBroken() {
    Problem problem = problem(() -> isochrone("buckets=0"));

    assertEquals(
        List.of(
            new Hint("query param point must not be null", null, Map.of()),
            new Hint("query param buckets must be between 1 and 20", null, Map.of())),
        problem.hints());
  }

  @Test
  void readsATree() throws Exception {
    assertEquals(
        new RouteQuery.ShortestPathTree(
            "", new Coordinate(1, 2), false, 600, -1, List.of(), Map.of()),
        tree("point=1,2&columns="));
    RouteQuery.ShortestPathTree tree =
        tree("point=1,2&columns=time,%20x,&columns=y&reverse_flow=true&distance_limit=9");
    assertEquals(List.of("time", " x"), tree.columns());
    assertTrue(tree.reverseFlow());
    assertEquals(9, tree.distanceLimitMeters());
    assertEquals(
        "Either omit the columns parameter or specify the columns via comma separated values",
        problem(() -> tree("point=1,2&columns=,")).message());
  }

  @Test
  void readsAPlace() throws Exception {
    assertEquals(
        new RouteQuery.Nearest(new Coordinate(1, 2), true),
        NearestParameters.read(new Parameters("point=1,2&elevation=true&point=x")));
  }

  @Test
  void decodesUtf8AndLeavesBrokenEscapesAlone() {
    assertEquals("ä\uFFFD%zz% +", QueryString.decode("%C3%A4%FF%zz%+%2B", true));
    assertEquals("a+b", QueryString.decode("a+b", false));
    assertEquals("ä", QueryString.decode("\u00c3\u00a4", true));
    assertEquals("%4", QueryString.decode("%4", true));
  }

  @Test
  void findsAParameterWithoutDecoding() {
    assertEquals("1", QueryString.first("xtype=0&type=1&type=2", "type"));
    assertEquals("", QueryString.first("a&type=", "type"));
    assertNull(QueryString.first("type&typed=1", "type"));
    assertNull(QueryString.only("type=1&type=1", "type"));
    assertEquals("1", QueryString.only("type=1&my_type=1", "type"));
    assertFalse(new Parameters("a=1").has("b"));
  }
}
