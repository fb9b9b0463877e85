package dev.weir.proxy.transport.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.weir.routing.Coordinate;
import java.util.ArrayList;
import java.util.List;

/** Lines: what can be read is written the same again, as far as coordinates of the Earth go. */
public final class PolylineFuzz {

  private static final double MULTIPLIER = 1e5;
  private static final double FURTHEST = 360;

  private PolylineFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    PolylineReader read;
    try {
      read = new PolylineReader(new String(data, ISO_8859_1), MULTIPLIER);
    } catch (IllegalArgumentException noLine) {
      return;
    }
    List<Coordinate> points = new ArrayList<>();
    for (int i = 0; i < read.latitudes().length; i++) {
      double latitude = read.latitudes()[i];
      double longitude = read.longitudes()[i];
      if (Math.abs(latitude) > FURTHEST || Math.abs(longitude) > FURTHEST) {
        return;
      }
      points.add(new Coordinate(latitude, longitude));
    }
    PolylineReader again = new PolylineReader(Polylines.encode(points, MULTIPLIER), MULTIPLIER);
    for (int i = 0; i < points.size(); i++) {
      if (again.latitudes()[i] != points.get(i).latitude()
          || again.longitudes()[i] != points.get(i).longitude()) {
        throw new IllegalStateException("point " + i + " of " + points);
      }
    }
  }
}
