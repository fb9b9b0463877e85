package dev.weir.proxy.transport.contract;

import dev.weir.routing.Coordinate;
import java.util.List;

/** Writes lines, for tests. */
final class Polylines {

  private Polylines() {}

  static String encode(List<Coordinate> points, double multiplier) {
    StringBuilder out = new StringBuilder();
    long latitude = 0;
    long longitude = 0;
    for (Coordinate point : points) {
      long north = Math.round(point.latitude() * multiplier);
      long east = Math.round(point.longitude() * multiplier);
      append(north - latitude, out);
      append(east - longitude, out);
      latitude = north;
      longitude = east;
    }
    return out.toString();
  }

  private static void append(long value, StringBuilder out) {
    long bits = value < 0 ? ~(value << 1) : value << 1;
    while (bits >= 32) {
      out.append((char) (((bits & 31) | 32) + 63));
      bits >>= 5;
    }
    out.append((char) (bits + 63));
  }
}
