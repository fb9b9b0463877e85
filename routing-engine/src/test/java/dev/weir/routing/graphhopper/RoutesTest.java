package dev.weir.routing.graphhopper;

import static dev.weir.routing.graphhopper.Monaco.HERMITAGE;
import static dev.weir.routing.graphhopper.Monaco.STADIUM;
import static dev.weir.routing.graphhopper.Monaco.json;
import static dev.weir.routing.graphhopper.Monaco.route;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RoutesTest {

  /** Distance, weight and time are those of the stock server on the same map. */
  @Test
  void answersAsTheStockServerInSpeedMode() {
    JsonNode answer = json(route("car", Map.of(), HERMITAGE, STADIUM));

    JsonNode path = answer.at("/paths/0");
    assertEquals(2282.54, path.get("distance").asDouble(), 0.05);
    assertEquals(378.37, path.get("weight").asDouble(), 0.05);
    assertEquals(172_941, path.get("time").asLong(), 5);
    assertTrue(path.get("points").asText().startsWith("is}iGibil@Ol@t@z@Vj@Xz@"));
    assertEquals(1e5, path.get("points_encoded_multiplier").asDouble());
    JsonNode first = path.at("/instructions/0");
    assertEquals("Continue onto Avenue de l'Hermitage", first.get("text").asText());
    assertEquals(294.78, first.get("heading").asDouble());
    assertEquals("2021-04-21T20:21:46Z", answer.at("/info/road_data_timestamp").asText());
    assertEquals(
        "[\"GraphHopper\",\"OpenStreetMap contributors\"]",
        answer.at("/info/copyrights").toString());
    assertTrue(answer.at("/info/took").isInt());
    assertTrue(answer.at("/hints/visited_nodes.sum").asInt() > 0);
  }
}
