package dev.weir.routing.graphhopper;

import com.graphhopper.ResponsePath;
import com.graphhopper.jackson.ResponsePathSerializer;
import com.graphhopper.util.Helper;
import com.graphhopper.util.InstructionList;
import com.graphhopper.util.PointList;
import dev.weir.routing.Coordinate;
import dev.weir.routing.Paths;
import dev.weir.routing.RouteQuery;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;

/** Reads routes off GraphHopper's answers, for transports that write them themselves. */
final class PathReader {

  private PathReader() {}

  static Paths read(
      List<ResponsePath> found,
      RouteQuery.Rendering rendering,
      double multiplier,
      double tookMillis) {
    List<Paths.Path> paths = new ArrayList<>(found.size());
    for (ResponsePath path : found) {
      paths.add(path(path, rendering, multiplier));
    }
    return new Paths(paths, tookMillis);
  }

  private static Paths.Path path(
      ResponsePath path, RouteQuery.Rendering rendering, double multiplier) {
    PointList points = path.getPoints();
    boolean way = rendering.calcPoints() && !points.isEmpty();
    return new Paths.Path(
        path.getDistance(),
        path.getTime(),
        way ? ResponsePathSerializer.encodePolyline(points, false, multiplier) : null,
        way ? bounds(path) : null,
        coordinates(path.getWaypoints()),
        rendering.instructions() ? instructions(path.getInstructions()) : List.of());
  }

  private static Paths.Bounds bounds(ResponsePath path) {
    Envelope box = path.calcBBox2D();
    return new Paths.Bounds(box.getMinY(), box.getMinX(), box.getMaxY(), box.getMaxX());
  }

  private static List<Coordinate> coordinates(PointList points) {
    List<Coordinate> coordinates = new ArrayList<>(points.size());
    for (int i = 0; i < points.size(); i++) {
      coordinates.add(new Coordinate(points.getLat(i), points.getLon(i)));
    }
    return coordinates;
  }

  private static List<Paths.Instruction> instructions(@Nullable InstructionList list) {
    if (list == null) {
      return List.of();
    }
    List<Paths.Instruction> instructions = new ArrayList<>(list.size());
    int first = 0;
    for (var instruction : list) {
      int last = first + instruction.getLength();
      instructions.add(
          new Paths.Instruction(
              Helper.firstBig(instruction.getTurnDescription(list.getTr())),
              instruction.getName(),
              instruction.getDistance(),
              instruction.getTime(),
              instruction.getSign(),
              first,
              last));
      first = last;
    }
    return instructions;
  }
}
