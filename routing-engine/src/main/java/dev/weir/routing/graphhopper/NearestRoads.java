package dev.weir.routing.graphhopper;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.graphhopper.GraphHopper;
import com.graphhopper.routing.util.EdgeFilter;
import com.graphhopper.storage.index.Snap;
import com.graphhopper.util.DistanceCalcEarth;
import com.graphhopper.util.exceptions.PointNotFoundException;
import com.graphhopper.util.shapes.GHPoint3D;
import dev.weir.routing.Answer;
import dev.weir.routing.Coordinate;
import dev.weir.routing.Nearby;
import dev.weir.routing.Rendered;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import java.util.List;

/** Answers {@link RouteQuery.Nearest}. Thread-safe. */
final class NearestRoads {

  private final GraphHopper hopper;
  private final ObjectMapper json;

  NearestRoads(GraphHopper hopper, ObjectMapper json) {
    this.hopper = hopper;
    this.json = json;
  }

  RouteOutcome compute(RouteQuery.Nearest query, Computation computation) {
    Coordinate point = query.point();
    Snap snap =
        hopper
            .getLocationIndex()
            .findClosest(point.latitude(), point.longitude(), EdgeFilter.ALL_EDGES);
    if (!snap.isValid()) {
      String message =
          "Point %s,%s is either out of bounds or cannot be found"
              .formatted(point.latitude(), point.longitude());
      return Problems.outcome(List.of(new PointNotFoundException(message, 0)), 0);
    }
    GHPoint3D road = snap.getSnappedPoint();
    double meters =
        DistanceCalcEarth.DIST_EARTH.calcDist(
            point.latitude(), point.longitude(), road.lat, road.lon);
    Answer answer =
        query.form() instanceof RouteQuery.Structure
            ? new Nearby(new Coordinate(road.lat, road.lon), meters, computation.tookMillis())
            : new Rendered(
                Rendered.Media.JSON,
                write(road, meters, query.elevation()),
                computation.tookMillis());
    return new RouteOutcome.Found(answer, 0);
  }

  private byte[] write(GHPoint3D road, double meters, boolean elevation) {
    ObjectNode document = JsonNodeFactory.instance.objectNode().put("type", "Point");
    ArrayNode coordinates = document.putArray("coordinates").add(road.lon).add(road.lat);
    if (elevation && hopper.hasElevation()) {
      coordinates.add(road.ele);
    }
    document.put("distance", meters);
    try {
      return json.writeValueAsBytes(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A place cannot be written", e);
    }
  }
}
