package dev.weir.routing;

import org.jspecify.annotations.Nullable;

/**
 * A square of the world in Web Mercator, as most maps on the web are cut: at each zoom a tile of
 * the one before has four.
 *
 * @param zoom 0 for the whole world, up to {@link #MOST_ZOOM}
 * @param x from 0 in the west
 * @param y from 0 in the north
 */
public record MapTile(int zoom, int x, int y) {

  /** Some hundred meters to a side. */
  public static final int MOST_ZOOM = 18;

  private static final double FULL_DEGREES = 360;

  public MapTile {
    if (zoom < 0 || zoom > MOST_ZOOM || x < 0 || y < 0 || x >> zoom != 0 || y >> zoom != 0) {
      throw new IllegalArgumentException("no such tile: " + zoom + "/" + x + "/" + y);
    }
  }

  /** {@code null} if there is none. */
  public static @Nullable MapTile find(int zoom, int x, int y) {
    try {
      return new MapTile(zoom, x, y);
    } catch (IllegalArgumentException none) {
      return null;
    }
  }

  /** The one that holds a place. */
  public static MapTile at(int zoom, double latitude, double longitude) {
    MapTile world = new MapTile(0, 0, 0);
    int tiles = 1 << zoom;
    int x = (int) Math.floor(world.across(longitude) * tiles);
    int y = (int) Math.floor(world.down(latitude) * tiles);
    return new MapTile(zoom, Math.clamp(x, 0, tiles - 1), Math.clamp(y, 0, tiles - 1));
  }

  /** From 0 at its western border to 1 at its eastern one, and beyond. */
  public double across(double longitude) {
    return (longitude + FULL_DEGREES / 2) / FULL_DEGREES * (1 << zoom) - x;
  }

  /** From 0 at its northern border to 1 at its southern one, and beyond. */
  public double down(double latitude) {
    double mercator = Math.log(Math.tan(Math.PI / 4 + Math.toRadians(latitude) / 2));
    return (1 - mercator / Math.PI) / 2 * (1 << zoom) - y;
  }

  /**
   * The longitude of what is so far across it.
   *
   * @param across as {@link #across} tells
   */
  public double longitude(double across) {
    return (x + across) / (1 << zoom) * FULL_DEGREES - FULL_DEGREES / 2;
  }

  /**
   * The latitude of what is so far down.
   *
   * @param down as {@link #down} tells
   */
  public double latitude(double down) {
    double mercator = Math.PI * (1 - 2 * (y + down) / (1 << zoom));
    return Math.toDegrees(Math.atan(Math.sinh(mercator)));
  }
}
