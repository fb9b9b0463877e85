package dev.weir.routing.graphhopper;

import com.graphhopper.json.Statement;
import dev.weir.routing.CustomModel;
import java.util.List;

/**
 * A caller's weighting as GraphHopper understands it; not changed once it was read.
 *
 * @param documentBytes length of the document it came in, an upper bound of its own length
 */
record GraphHopperModel(com.graphhopper.util.CustomModel model, int documentBytes)
    implements CustomModel {

  int statements() {
    return count(model.getPriority()) + count(model.getSpeed()) + count(model.getTurnPenalty());
  }

  private static int count(List<Statement> statements) {
    int sum = 0;
    for (Statement statement : statements) {
      sum += 1 + (statement.isBlock() ? count(statement.doBlock()) : 0);
    }
    return sum;
  }

  long areaVertices() {
    return model.getAreas().getFeatures().stream()
        .filter(area -> area.getGeometry() != null)
        .mapToLong(area -> area.getGeometry().getNumPoints())
        .sum();
  }
}
