package dev.weir.routing.graphhopper;

import static dev.weir.routing.graphhopper.Monaco.HERMITAGE;
import static dev.weir.routing.graphhopper.Monaco.answer;
import static dev.weir.routing.graphhopper.Monaco.problem;
import static dev.weir.routing.graphhopper.Monaco.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.routing.Rendered;
import dev.weir.routing.RouteQuery;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TreesTest {

  /** These rows are in the stock server's table of this map, too. */
  @Test
  void listsWhatIsReachedAsTheStockServerDoes() {
    Rendered answer = answer(tree("car", 30, -1, false));

    assertEquals(Rendered.Media.CSV, answer.media());
    List<String> rows = text(answer).lines().toList();
    assertEquals("longitude,latitude,time,distance", rows.get(0));
    assertEquals("7.424532,43.738293,0,0", rows.get(1));
    assertTrue(rows.contains("7.424297,43.738371,2488,21"), rows.toString());
  }

  @Test
  void knowsEveryColumn() {
    String header =
        "node_id,prev_node_id,edge_id,prev_edge_id,distance,prev_distance,time,prev_time,longitude,"
            + "prev_longitude,latitude,prev_latitude,street_name,road_class,max_speed,car_access,"
            + "car_average_speed,roundabout";
    List<String> rows =
        text(answer(tree("car", 30, -1, false, header.split(",")))).lines().toList();

    assertEquals(header, rows.get(0));
    assertTrue(
        rows.get(1).endsWith(",-1,-1,0,0,0,0,0,7.424532,null,43.738293,null,,,,,,"), rows.get(1));
    String[] first = rows.get(2).split(",", -1);
    assertEquals(18, first.length);
    assertEquals("Avenue de l'Hermitage", first[12]);
    assertEquals("residential", first[13]);
    assertEquals("true", first[15]);
    assertEquals("false", first[17]);
  }

  @Test
  void canBeLimitedByDistanceAndRunBackwards() {
    long near = text(answer(tree("car", 600, 200, false))).lines().count();
    long far = text(answer(tree("car", 600, 800, false))).lines().count();
    long backwards =
        text(answer(tree("car", 600, 800, true, "time", "road_class"))).lines().count();

    assertTrue(near < far);
    assertTrue(backwards > 1);
  }

  @Test
  void refusesUnknownAndTooManyColumns() {
    assertEquals("Unknown property bogus", problem(tree("car", 30, -1, false, "bogus")).message());
    assertEquals(
        "65 columns are too many, at most 64 are allowed",
        problem(tree("car", 30, -1, false, Collections.nCopies(65, "time").toArray(String[]::new)))
            .message());
  }

  private static RouteQuery.ShortestPathTree tree(
      String profile, long seconds, double meters, boolean reverse, String... columns) {
    return new RouteQuery.ShortestPathTree(
        profile, HERMITAGE, reverse, seconds, meters, List.of(columns), Map.of());
  }
}
