package dev.weir.routing.graphhopper;

import static dev.weir.routing.graphhopper.Monaco.FAR_AWAY;
import static dev.weir.routing.graphhopper.Monaco.HERMITAGE;
import static dev.weir.routing.graphhopper.Monaco.engine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class NodeGridTest {

  @Test
  void aTownIsDense() {
    int near = engine().nodesNear(HERMITAGE.latitude(), HERMITAGE.longitude());
    assertTrue(near > 50 && near < 10_000, () -> near + " nodes per square kilometer");
  }

  @Test
  void outsideOfTheMapThereIsNothing() {
    assertEquals(0, engine().nodesNear(FAR_AWAY.latitude(), FAR_AWAY.longitude()));
    assertEquals(0, engine().nodesNear(Double.NaN, HERMITAGE.longitude()));
    assertEquals(0, engine().nodesNear(HERMITAGE.latitude(), Double.NEGATIVE_INFINITY));
  }

  @Test
  void aMapSmallerThanWhatCountsAsAroundIsSeenAsAWhole() {
    int near = engine().nodesNear(HERMITAGE.latitude(), HERMITAGE.longitude());
    double squareKilometers = 25;
    double seen = near * squareKilometers;
    assertTrue(
        seen > engine().nodes() / 2.0 && seen < engine().nodes() * 1.2, () -> near + " seen");
  }
}
