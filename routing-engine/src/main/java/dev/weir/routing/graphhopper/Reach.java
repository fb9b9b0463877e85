package dev.weir.routing.graphhopper;

import com.graphhopper.GraphHopper;
import com.graphhopper.routing.ev.BooleanEncodedValue;
import com.graphhopper.routing.ev.Subnetwork;
import com.graphhopper.routing.querygraph.QueryGraph;
import com.graphhopper.routing.util.DefaultSnapFilter;
import com.graphhopper.routing.weighting.Weighting;
import com.graphhopper.storage.index.Snap;
import com.graphhopper.util.CustomModel;
import com.graphhopper.util.PMap;
import com.graphhopper.util.Parameters;
import dev.weir.routing.Coordinate;
import dev.weir.routing.Problem;
import java.util.Map;

/** Where a search for what can be reached begins: the snapped point and the network around it. */
record Reach(Snap snap, QueryGraph graph, Weighting weighting, boolean turnCosts) {

  /** The hints of a query, as GraphHopper's server leaves them for such a search. */
  static PMap hints(Map<String, Object> given) {
    PMap hints = new PMap(given);
    hints.putObject(Parameters.CH.DISABLE, true);
    hints.putObject(Parameters.Landmark.DISABLE, true);
    // GraphHopper keeps a model of another type under this name; these queries cannot bring one.
    hints.remove(CustomModel.KEY);
    return hints;
  }

  /**
   * @throws PointNotSnapped if there is no road near the point
   */
  static Reach from(Coordinate point, GraphHopper hopper, ServedProfile profile, PMap hints) {
    Weighting weighting = hopper.createWeighting(profile.profile(), hints);
    BooleanEncodedValue inSubnetwork =
        hopper.getEncodingManager().getBooleanEncodedValue(Subnetwork.key(profile.name()));
    Snap snap =
        hopper
            .getLocationIndex()
            .findClosest(
                point.latitude(),
                point.longitude(),
                new DefaultSnapFilter(weighting, inSubnetwork));
    if (!snap.isValid()) {
      throw new PointNotSnapped(point);
    }
    QueryGraph graph = QueryGraph.create(hopper.getBaseGraph(), snap);
    return new Reach(snap, graph, graph.wrapWeighting(weighting), profile.profile().hasTurnCosts());
  }

  /** There is no road near the point; told in the words of GraphHopper's server. */
  static final class PointNotSnapped extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    PointNotSnapped(Coordinate point) {
      super(null, null, false, false);
      this.problem =
          Problems.refused("Point not found:" + point.latitude() + "," + point.longitude());
    }

    Problem problem() {
      return problem;
    }
  }
}
