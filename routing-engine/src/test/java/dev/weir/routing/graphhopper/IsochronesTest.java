package dev.weir.routing.graphhopper;

import static dev.weir.routing.graphhopper.Monaco.FAR_AWAY;
import static dev.weir.routing.graphhopper.Monaco.HERMITAGE;
import static dev.weir.routing.graphhopper.Monaco.engine;
import static dev.weir.routing.graphhopper.Monaco.isochrone;
import static dev.weir.routing.graphhopper.Monaco.json;
import static dev.weir.routing.graphhopper.Monaco.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.graphhopper.jackson.Jackson;
import com.graphhopper.util.JsonFeature;
import dev.weir.routing.Problem;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.StopSignal;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.geom.Geometry;

final class IsochronesTest {

  @Test
  void outlinesWhatCanBeReachedInTime() throws IOException {
    JsonNode answer = json(isochrone("car", HERMITAGE, 60));

    JsonNode feature = answer.at("/polygons/0");
    assertEquals("Polygon", feature.at("/geometry/type").asText());
    assertEquals(0, feature.at("/properties/bucket").asInt());
    assertEquals("2021-04-21T20:21:46Z", answer.at("/info/road_data_timestamp").asText());
    assertTrue(answer.at("/info/took").isInt());
    assertTrue(area(feature) > 0);
  }

  @Test
  void growsFromBucketToBucket() throws IOException {
    JsonNode answer =
        json(
            new RouteQuery.Isochrone(
                "foot",
                HERMITAGE,
                3,
                false,
                600,
                -1,
                -1,
                new RouteQuery.GeoJson(),
                0,
                false,
                Map.of()));

    assertEquals("FeatureCollection", answer.get("type").asText());
    assertEquals(3, answer.get("features").size());
    assertEquals(
        "[\"GraphHopper\",\"OpenStreetMap contributors\"]",
        answer.at("/features/0/properties/copyrights").toString());
    assertTrue(area(answer.at("/features/0")) < area(answer.at("/features/2")));
  }

  @Test
  void canBeLimitedByDistanceOrWeightAndRunBackwards() throws IOException {
    JsonNode byDistance = json(limited(400, -1, false, false));
    JsonNode byWeight = json(limited(400, 100, false, false));
    JsonNode backwards = json(limited(400, -1, true, false));

    assertNotEquals(area(byDistance.at("/polygons/0")), area(byWeight.at("/polygons/0")));
    assertNotEquals(area(byDistance.at("/polygons/0")), area(backwards.at("/polygons/0")));
    assertEquals(
        "MultiPolygon",
        json(limited(400, -1, false, true)).at("/polygons/0/geometry/type").asText());
  }

  @Test
  void searchesFromTheNearestRoadHoweverFar() {
    assertTrue(json(isochrone("car", FAR_AWAY, 60)).at("/polygons/0").has("geometry"));
  }

  @Test
  void worksWithTurnCosts() {
    assertTrue(json(isochrone("car_tc", HERMITAGE, 120)).at("/polygons/0").has("geometry"));
  }

  /** The same surface as GraphHopper's own triangulator spans, hence the same border. */
  @Test
  void hasTheBorderOfTheStockServer() {
    JsonNode ring = json(isochrone("car", HERMITAGE, 60)).at("/polygons/0/geometry/coordinates/0");

    assertTrue(ring.size() > 20);
    assertEquals(ring.get(0), ring.get(ring.size() - 1));
  }

  /** On a map of the size of a village coarse means far less than in a city. */
  @Test
  void aCoarserBorderIsMadeOfFewerPlacesAndEnclosesAboutTheSame() throws IOException {
    JsonNode fine = json(grained(0)).at("/polygons/0");
    JsonNode coarse = json(grained(50)).at("/polygons/0");

    assertTrue(points(coarse) < 0.8 * points(fine), points(coarse) + " of " + points(fine));
    assertEquals(1, area(coarse) / area(fine), 0.1);
  }

  private static int points(JsonNode feature) {
    return feature.at("/geometry/coordinates/0").size();
  }

  private static RouteQuery.Isochrone grained(double meters) {
    return new RouteQuery.Isochrone(
        "foot",
        HERMITAGE,
        1,
        false,
        600,
        -1,
        -1,
        RouteQuery.Json.USUAL,
        0,
        false,
        Map.of(),
        meters);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 21, 50})
  void refusesBucketsOutOfRange(int buckets) {
    assertEquals(
        Problem.of(Problem.Kind.CONSTRAINT, "query param buckets must be between 1 and 20", null),
        problem(
            new RouteQuery.Isochrone(
                "car",
                HERMITAGE,
                buckets,
                false,
                60,
                -1,
                -1,
                RouteQuery.Json.USUAL,
                0,
                false,
                Map.of())));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1})
  void refusesAToleranceThatIsNoLength(double tolerance) {
    assertEquals(
        "The tolerance has to be a length in meters",
        problem(
                new RouteQuery.Isochrone(
                    "car",
                    HERMITAGE,
                    1,
                    false,
                    60,
                    -1,
                    -1,
                    RouteQuery.Json.USUAL,
                    tolerance,
                    false,
                    Map.of()))
            .message());
  }

  @Test
  void tellsWhenNothingIsLeftOfTheArea() {
    assertEquals(
        "Too few points found. Please try a different 'point' or a larger 'time_limit'.",
        problem(isochrone("car", HERMITAGE, -1000)).message());
    assertEquals(
        "Too few points found. Please try a different 'point' or a larger 'time_limit'.",
        problem(
                new RouteQuery.Isochrone(
                    "car",
                    HERMITAGE,
                    1,
                    false,
                    60,
                    -1,
                    -1,
                    RouteQuery.Json.USUAL,
                    1e9,
                    false,
                    Map.of()))
            .message());
  }

  @Test
  void checksProfilesAndLegacyParametersAsRoutesDo() {
    assertEquals("profile parameter required", problem(isochrone("", HERMITAGE, 60)).message());
    assertEquals(
        "The 'vehicle' parameter is no longer supported. You used 'vehicle=car'",
        problem(
                new RouteQuery.Isochrone(
                    "car",
                    HERMITAGE,
                    1,
                    false,
                    60,
                    -1,
                    -1,
                    RouteQuery.Json.USUAL,
                    0,
                    false,
                    Map.of("vehicle", "car")))
            .message());
  }

  @Test
  void countsTheNodesItVisits() {
    assertTrue(
        engine().compute(isochrone("car", HERMITAGE, 60), StopSignal.NEVER).visitedNodes() > 10);
  }

  private static RouteQuery.Isochrone limited(
      double meters, double weight, boolean reverse, boolean full) {
    return new RouteQuery.Isochrone(
        "car",
        HERMITAGE,
        1,
        reverse,
        600,
        meters,
        weight,
        RouteQuery.Json.USUAL,
        0,
        full,
        Map.of());
  }

  private static double area(JsonNode feature) throws IOException {
    Geometry geometry =
        Jackson.newObjectMapper().readValue(feature.toString(), JsonFeature.class).getGeometry();
    return geometry.getArea();
  }
}
