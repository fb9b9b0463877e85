package dev.weir.routing.graphhopper;

import static dev.weir.routing.graphhopper.Monaco.FAR_AWAY;
import static dev.weir.routing.graphhopper.Monaco.HERMITAGE;
import static dev.weir.routing.graphhopper.Monaco.engine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

final class NodeGridTest {

  @Test
  void aTownIsDense() {
    int near = engine().nodesNear(HERMITAGE.latitude(), HERMITAGE.longitude());
    assertTrue(near > 100 && near < 10_000, () -> near + " nodes per square kilometer");
  }

  @Test
  void outsideOfTheMapThereIsNothing() {
    assertEquals(0, engine().nodesNear(FAR_AWAY.latitude(), FAR_AWAY.longitude()));
    assertEquals(0, engine().nodesNear(Double.NaN, HERMITAGE.longitude()));
    assertEquals(0, engine().nodesNear(HERMITAGE.latitude(), Double.NEGATIVE_INFINITY));
  }

  @Test
  void densityTimesAreaIsTheNumberOfNodes() {
    JsonNode bounds = Monaco.json(engine().info()).get("bbox");
    double west = bounds.get(0).asDouble();
    double south = bounds.get(1).asDouble();
    double width = bounds.get(2).asDouble() - west;
    double height = bounds.get(3).asDouble() - south;
    int steps = 400;
    double sum = 0;
    for (int row = 0; row < steps; row++) {
      for (int column = 0; column < steps; column++) {
        sum +=
            engine()
                .nodesNear(
                    south + height * (row + 0.5) / steps, west + width * (column + 0.5) / steps);
      }
    }
    double area = height * 111.2 * width * 111.2 * Math.cos(Math.toRadians(south + height / 2));
    double nodes = engine().nodes();
    assertEquals(nodes, sum / (steps * steps) * area, nodes * 0.1);
  }
}
