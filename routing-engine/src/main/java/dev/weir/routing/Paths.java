package dev.weir.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Routes, the best first.
 *
 * @param paths at least one
 */
public record Paths(List<Path> paths, double tookMillis) implements Answer {

  /**
   * @param polyline the way as an encoded polyline without elevation, {@code null} if it was not
   *     asked for
   * @param bounds around the way, {@code null} without one
   * @param snapped the places asked for, moved to the road
   */
  public record Path(
      double distanceMeters,
      long millis,
      @Nullable String polyline,
      @Nullable Bounds bounds,
      List<Coordinate> snapped,
      List<Instruction> instructions) {}

  /** Degrees. */
  public record Bounds(double south, double west, double north, double east) {}

  /**
   * @param text what to do, in words
   * @param street its name, may be empty
   * @param sign what to do, in GraphHopper's numbers
   * @param firstPoint index on the way
   * @param lastPoint index on the way
   */
  public record Instruction(
      String text,
      String street,
      double distanceMeters,
      long millis,
      int sign,
      int firstPoint,
      int lastPoint) {}
}
