package dev.weir.routing.graphhopper;

import static dev.weir.routing.graphhopper.Monaco.FAR_AWAY;
import static dev.weir.routing.graphhopper.Monaco.HERMITAGE;
import static dev.weir.routing.graphhopper.Monaco.LARVOTTO;
import static dev.weir.routing.graphhopper.Monaco.STADIUM;
import static dev.weir.routing.graphhopper.Monaco.compute;
import static dev.weir.routing.graphhopper.Monaco.json;
import static dev.weir.routing.graphhopper.RouteDraft.route;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.routing.MalformedQuery;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RoutesTest {

  /** Distance, weight and time are those of the stock server on this map, but for rounding. */
  @Test
  void answersAsTheStockServerInSpeedMode() {
    JsonNode answer = json(route("car", HERMITAGE, STADIUM));

    JsonNode path = answer.at("/paths/0");
    assertEquals(2282.54, path.get("distance").asDouble(), 0.05);
    assertEquals(378.37, path.get("weight").asDouble(), 0.05);
    assertEquals(172_941, path.get("time").asDouble(), 5);
    assertTrue(path.get("points").asText().startsWith("is}iGibil@Ol@t@z@Vj@Xz@"));
    assertEquals(1e5, path.get("points_encoded_multiplier").asDouble());
    JsonNode first = path.at("/instructions/0");
    assertEquals("Continue onto Avenue de l'Hermitage", first.get("text").asText());
    assertEquals(294.78, first.get("heading").asDouble(), 0.05);
    assertEquals("2021-04-21T20:21:46Z", answer.at("/info/road_data_timestamp").asText());
    assertEquals(
        "[\"GraphHopper\",\"OpenStreetMap contributors\"]",
        answer.at("/info/copyrights").toString());
    assertTrue(answer.at("/info/took").isInt());
    assertTrue(answer.at("/hints").get("visited_nodes.sum").asInt() > 0);
  }

  @Test
  void saysInItsHintsWhatItDoesWithout() {
    RouteQuery.Route asked = route("car", HERMITAGE, STADIUM).build();
    RouteQuery.Rendering less = asked.rendering().degraded(List.of("alternatives", "output"));
    JsonNode answer =
        json(
            new RouteQuery.Route(
                asked.profile(),
                asked.points(),
                asked.headings(),
                asked.pointHints(),
                asked.curbsides(),
                asked.snapPreventions(),
                asked.pathDetails(),
                asked.algorithm(),
                asked.locale(),
                asked.customModel(),
                asked.hints(),
                less));

    assertEquals(
        "[\"alternatives\",\"output\"]", answer.at("/hints").get("weir.degraded").toString());
    assertFalse(json(asked).at("/hints").has("weir.degraded"));
  }

  @Test
  void findsTheSameRouteInEveryMode() {
    double speed = distance(json(route("car", HERMITAGE, LARVOTTO)));
    double hybrid = distance(json(route("car", HERMITAGE, LARVOTTO).hybrid()));
    double flexible = distance(json(route("car", HERMITAGE, LARVOTTO).flexible()));

    assertEquals(speed, hybrid, 0.01);
    assertEquals(speed, flexible, 0.01);
  }

  @Test
  void visitsFewerNodesTheMoreWasPrepared() {
    long speed = visited(route("car", HERMITAGE, LARVOTTO));
    long hybrid = visited(route("car", HERMITAGE, LARVOTTO).hybrid());
    long flexible = visited(route("car", HERMITAGE, LARVOTTO).flexible().algorithm("dijkstra"));

    assertTrue(speed < hybrid, speed + " < " + hybrid);
    assertTrue(hybrid < flexible, hybrid + " < " + flexible);
  }

  @Test
  void routesEveryProfileByItsOwnRules() {
    double car = distance(json(route("car", HERMITAGE, STADIUM)));
    double foot = distance(json(route("foot", HERMITAGE, STADIUM).flexible()));
    double bike = distance(json(route("bike", HERMITAGE, STADIUM).hybrid()));

    assertTrue(foot < car);
    assertNotEquals(bike, car);
  }

  @Test
  void respectsTurnCostsAndCurbsides() {
    JsonNode any = json(route("car_tc", HERMITAGE, STADIUM).curbsides("any", "any"));
    JsonNode left =
        json(
            route("car_tc", HERMITAGE, STADIUM)
                .curbsides("left", "right")
                .hint("curbside_strictness", "soft"));
    assertEquals(
        "Impossible curbside constraint: 'curbside=left' at point 0",
        Monaco.problem(route("car_tc", HERMITAGE, STADIUM).curbsides("left", "right")).message());

    assertEquals(distance(any), distance(left), 500);
  }

  @Test
  void goesOverViaPoints() {
    JsonNode answer = json(route("car", HERMITAGE, LARVOTTO, STADIUM));

    assertTrue(distance(answer) > distance(json(route("car", HERMITAGE, STADIUM))));
    assertTrue(answer.at("/paths/0/instructions").toString().contains("Waypoint 1"));
  }

  @Test
  void findsAlternativesInEveryMode() {
    assertTrue(paths(route("car", HERMITAGE, STADIUM).algorithm("alternative_route")) >= 1);
    assertTrue(paths(route("car", HERMITAGE, STADIUM).hybrid().algorithm("alternative_route")) > 1);
    assertTrue(
        paths(route("car", HERMITAGE, STADIUM).flexible().algorithm("alternative_route")) > 1);
  }

  @Test
  void makesRoundTrips() {
    JsonNode trip =
        json(
            route("car", HERMITAGE)
                .flexible()
                .algorithm("round_trip")
                .hint("round_trip.distance", 2000));

    assertTrue(distance(trip) > 1000);
  }

  @Test
  void takesCustomModelsInFlexibleAndHybridMode() throws MalformedQuery {
    JsonNode flexible = json(Monaco.engine().readRoute(modelled(true)));
    JsonNode hybrid = json(Monaco.engine().readRoute(modelled(false)));

    assertNotEquals(distance(json(route("car", HERMITAGE, STADIUM))), distance(flexible));
    assertEquals(distance(flexible), distance(hybrid), 0.01);
    assertFalse(flexible.at("/paths/0").has("instructions"));
  }

  @Test
  void writesWhatWasWished() {
    JsonNode plain =
        json(route("car", HERMITAGE, STADIUM).plainPoints().withoutInstructions()).at("/paths/0");
    assertEquals("LineString", plain.at("/points/type").asText());
    assertFalse(plain.has("instructions"));

    JsonNode bare = json(route("car", HERMITAGE, STADIUM).withoutPoints()).at("/paths/0");
    assertFalse(bare.has("points"));
    assertTrue(bare.has("snapped_waypoints"));

    JsonNode details =
        json(route("car", HERMITAGE, STADIUM).details("road_class", "max_speed")).at("/paths/0");
    assertTrue(details.at("/details/road_class/0").isArray());

    JsonNode german = json(route("car", HERMITAGE, STADIUM).locale("de")).at("/paths/0");
    assertTrue(german.at("/instructions/1/text").asText().startsWith("Links abbiegen"));

    JsonNode fine = json(route("car", HERMITAGE, STADIUM).multiplier(1e6)).at("/paths/0");
    assertEquals(1e6, fine.get("points_encoded_multiplier").asDouble());
  }

  @Test
  void doesNotSnapToTunnelsUnlessAsked() {
    double kept = distance(json(route("car", HERMITAGE, STADIUM).snapPreventions()));
    double tunnels = distance(json(route("car", HERMITAGE, STADIUM)));

    assertTrue(kept > 0 && tunnels > 0);
  }

  @Test
  void tellsOutOfBoundsNotFoundAndBadRequestApart() {
    assertInstanceOf(RouteOutcome.OutOfBounds.class, compute(route("car", HERMITAGE, FAR_AWAY)));
    assertInstanceOf(RouteOutcome.BadRequest.class, compute(route("car", HERMITAGE)));
    assertInstanceOf(
        RouteOutcome.BadRequest.class,
        compute(route("car", HERMITAGE, STADIUM).flexible().hint("max_visited_nodes", 10)));
  }

  private static byte[] modelled(boolean flexible) {
    return """
    {"profile": "car", "points": [[7.4246, 43.7384], [7.4197, 43.7311]],
     "ch.disable": true, "lm.disable": %s, "instructions": false,
     "custom_model": {"priority": [{"if": "road_class == PRIMARY", "multiply_by": "0.1"}]}}
    """
        .formatted(flexible)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static double distance(JsonNode answer) {
    return answer.at("/paths/0/distance").asDouble();
  }

  private static long visited(RouteDraft draft) {
    return compute(draft).visitedNodes();
  }

  private static int paths(RouteDraft draft) {
    return json(draft).get("paths").size();
  }
}
