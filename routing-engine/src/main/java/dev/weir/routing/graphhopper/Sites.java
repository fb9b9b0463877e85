package dev.weir.routing.graphhopper;

import com.carrotsearch.hppc.LongHashSet;
import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.geom.Coordinate;

/**
 * The places that a surface is spanned over; of those in one square of a grid only the first, which
 * is the one that is reached first. Not thread-safe.
 */
final class Sites {

  /** Squares get no narrower than this towards the poles, where there are no roads. */
  private static final double LEAST_WIDTH = 0.01;

  private final List<Coordinate> sites = new ArrayList<>();
  private final LongHashSet taken = new LongHashSet();
  private final double heightDegrees;
  private final double widthDegrees;

  /**
   * @param grainDegrees size of a square from south to north; 0 for no grid
   * @param latitude where the squares are about as wide as they are high
   */
  Sites(double grainDegrees, double latitude) {
    heightDegrees = grainDegrees;
    widthDegrees = grainDegrees / Math.max(LEAST_WIDTH, Math.cos(Math.toRadians(latitude)));
  }

  void add(double longitude, double latitude, double height) {
    if (heightDegrees <= 0 || taken.add(square(longitude, latitude))) {
      sites.add(new Coordinate(longitude, latitude, height));
    }
  }

  private long square(double longitude, double latitude) {
    long row = (long) Math.floor(latitude / heightDegrees);
    long column = (long) Math.floor(longitude / widthDegrees);
    return (row << Integer.SIZE) ^ (column & 0xffff_ffffL);
  }

  Coordinate[] toArray() {
    return sites.toArray(Coordinate[]::new);
  }
}
