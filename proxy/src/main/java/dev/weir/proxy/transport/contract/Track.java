package dev.weir.proxy.transport.contract;

import dev.weir.routing.Coordinate;
import dev.weir.routing.Paths;
import java.util.List;

/**
 * A way as a line on the map, to tell where along it somebody is. Distances are as on a plane, some
 * millimetres off over a segment. Immutable; some 24 bytes per point.
 */
final class Track {

  private static final double EARTH_METERS_PER_DEGREE = 111_195;

  /** Riders rarely get farther than that between two positions. */
  private static final double AHEAD_METERS = 500;

  private final double[] latitudes;
  private final double[] longitudes;

  /** From the start to each point, in metres. */
  private final double[] along;

  /** Where along the way each of the places is that it goes by. */
  private final double[] vias;

  private final long millis;

  /**
   * Where on a way somebody is.
   *
   * @param segment the way's, as a hint for the next look
   * @param alongMeters from the start
   * @param offMeters from the way
   */
  record Spot(int segment, double alongMeters, double offMeters) {}

  private Track(double[] latitudes, double[] longitudes, long millis, List<Coordinate> vias) {
    this.latitudes = latitudes;
    this.longitudes = longitudes;
    this.millis = millis;
    this.along = new double[latitudes.length];
    for (int i = 1; i < along.length; i++) {
      along[i] = along[i - 1] + Math.sqrt(squaredMeters(i - 1, latitudes[i], longitudes[i]));
    }
    this.vias = new double[vias.size()];
    double from = 0;
    for (int i = 0; i < this.vias.length; i++) {
      from = nearest(vias.get(i), segmentAt(from), along.length - 1, from).alongMeters();
      this.vias[i] = from;
    }
  }

  /**
   * @param path with its way
   * @param multiplier of the encoded way
   * @param vias places it goes by, in this order
   */
  static Track of(Paths.Path path, double multiplier, List<Coordinate> vias) {
    String encoded = path.polyline();
    if (encoded == null) {
      throw new IllegalArgumentException("a way is needed");
    }
    PolylineReader points = new PolylineReader(encoded, multiplier);
    return new Track(points.latitudes(), points.longitudes(), path.millis(), vias);
  }

  /**
   * Where a place is on the way. Looks from the last spot on first, so that a way that crosses
   * itself, or goes back on itself, is not left.
   *
   * @param farMeters a spot farther than that is looked for on all of the way
   */
  Spot spot(Coordinate place, int lastSegment, double farMeters) {
    int end = segmentAt(along[lastSegment] + AHEAD_METERS) + 1;
    Spot near = nearest(place, lastSegment, Math.min(end, along.length - 1), 0);
    return near.offMeters() <= farMeters ? near : nearest(place, 0, along.length - 1, 0);
  }

  /** The last segment that begins before that. */
  private int segmentAt(double meters) {
    int low = 0;
    int high = Math.max(0, along.length - 2);
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (along[middle] <= meters) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /**
   * On the segments from one to another, the latter excluded; a way of one point has none.
   *
   * @param leastMeters along the way
   */
  private Spot nearest(Coordinate place, int from, int to, double leastMeters) {
    int best = Math.max(from, to);
    double bestAlong = along[best];
    double bestSquared = squaredMeters(best, place.latitude(), place.longitude());
    for (int i = from; i < to; i++) {
      double shrink = Math.cos(Math.toRadians(latitudes[i]));
      double dx = (longitudes[i + 1] - longitudes[i]) * shrink;
      double dy = latitudes[i + 1] - latitudes[i];
      double px = (place.longitude() - longitudes[i]) * shrink;
      double py = place.latitude() - latitudes[i];
      double length = dx * dx + dy * dy;
      double meters = along[i + 1] - along[i];
      double least = meters == 0 ? 0 : Math.clamp((leastMeters - along[i]) / meters, 0, 1);
      double part = length == 0 ? 0 : Math.clamp((px * dx + py * dy) / length, least, 1);
      double x = px - part * dx;
      double y = py - part * dy;
      double squared = (x * x + y * y) * EARTH_METERS_PER_DEGREE * EARTH_METERS_PER_DEGREE;
      if (squared < bestSquared) {
        bestSquared = squared;
        best = i;
        bestAlong = along[i] + part * meters;
      }
    }
    return new Spot(best, bestAlong, Math.sqrt(bestSquared));
  }

  private double squaredMeters(int point, double latitude, double longitude) {
    double north = (latitude - latitudes[point]) * EARTH_METERS_PER_DEGREE;
    double east =
        (longitude - longitudes[point])
            * EARTH_METERS_PER_DEGREE
            * Math.cos(Math.toRadians(latitude));
    return north * north + east * east;
  }

  double lengthMeters() {
    return along[along.length - 1];
  }

  double remainingMeters(Spot spot) {
    return lengthMeters() - spot.alongMeters();
  }

  /** The part of the way's time that its length has left. */
  long remainingMillis(Spot spot) {
    double length = lengthMeters();
    return length == 0 ? 0 : Math.round(millis * remainingMeters(spot) / length);
  }

  /** How many of the places that the way goes by are behind that spot. */
  int passed(Spot spot) {
    int passed = 0;
    while (passed < vias.length && vias[passed] <= spot.alongMeters()) {
      passed++;
    }
    return passed;
  }
}
