package dev.weir.routing.graphhopper;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.graphhopper.routing.ev.RoadClass;
import com.graphhopper.util.EdgeIteratorState;
import com.graphhopper.util.FetchMode;
import com.graphhopper.util.PointList;
import com.graphhopper.util.RamerDouglasPeucker;
import dev.weir.routing.MapTile;
import java.util.EnumMap;
import java.util.Map;

/** One tile while it is drawn. Not thread-safe. */
final class TileSheet {

  /** Width and height in the units that lines are written in: a quarter of a pixel. */
  static final int EXTENT = 1_024;

  /** More roads than that are a blot; to look at so many takes some tenths of a second. */
  static final int MOST_ROADS = 60_000;

  private static final int MOST_CHARACTERS = 2 << 20;
  private static final int MARGIN = (int) Math.ceil(RoadTiles.MARGIN * EXTENT);
  private static final double EQUATOR_METERS = 40_075_017;

  private final MapTile tile;
  private final RamerDouglasPeucker simplifier;

  /** Roads that are shorter than a line can tell are shown: from far above, they are many. */
  private final boolean dots;

  private final Map<RoadClass, StringBuilder> lines = new EnumMap<>(RoadClass.class);
  private int roads;
  private int characters;

  TileSheet(MapTile tile) {
    this.tile = tile;
    this.dots = tile.zoom() >= RoadTiles.STREETS_ZOOM;
    double equator = EQUATOR_METERS / (1 << tile.zoom()) / EXTENT;
    double unitMeters = equator * Math.cos(Math.toRadians(tile.latitude(0.5)));
    this.simplifier = new RamerDouglasPeucker().setMaxDistance(unitMeters);
  }

  private boolean full() {
    return roads >= MOST_ROADS || characters >= MOST_CHARACTERS;
  }

  void add(RoadClass kind, EdgeIteratorState road) {
    if (full()) {
      return;
    }
    roads++;
    PointList points = road.fetchWayGeometry(FetchMode.ALL);
    simplifier.simplify(points);
    StringBuilder out = lines.computeIfAbsent(kind, _ -> new StringBuilder());
    int before = out.length();
    new Pen(out).draw(points);
    characters += out.length() - before;
  }

  /** As {@link dev.weir.routing.RoutingEngine#roads} tells. */
  byte[] json() {
    StringBuilder json = new StringBuilder(characters + 200);
    json.append("{\"extent\":").append(EXTENT).append(",\"cut\":").append(full());
    json.append(",\"roads\":{");
    String separator = "";
    for (Map.Entry<RoadClass, StringBuilder> kind : lines.entrySet()) {
      if (!kind.getValue().isEmpty()) {
        json.append(separator).append('"').append(kind.getKey()).append("\":[");
        json.append(kind.getValue()).append(']');
        separator = ",";
      }
    }
    return json.append("}}").toString().getBytes(US_ASCII);
  }

  private int across(double longitude) {
    return (int) Math.round(tile.across(longitude) * EXTENT);
  }

  private int down(double latitude) {
    return (int) Math.round(tile.down(latitude) * EXTENT);
  }

  /** Writes what of a road is in the tile: none, one or several lines. */
  private final class Pen {

    private final StringBuilder out;
    private boolean touching;

    private Pen(StringBuilder out) {
      this.out = out;
    }

    private void draw(PointList points) {
      int x = across(points.getLon(0));
      int y = down(points.getLat(0));
      for (int i = 1; i < points.size(); i++) {
        int nextX = across(points.getLon(i));
        int nextY = down(points.getLat(i));
        if (isInside(x, nextX) && isInside(y, nextY)) {
          line(x, y, nextX, nextY);
        } else {
          lift();
        }
        x = nextX;
        y = nextY;
      }
      lift();
    }

    /** Whether a piece of it may be. */
    private static boolean isInside(int from, int to) {
      return Math.max(from, to) >= -MARGIN && Math.min(from, to) <= EXTENT + MARGIN;
    }

    private void line(int x, int y, int toX, int toY) {
      boolean dot = toX == x && toY == y;
      if (!touching && dot && !dots && !out.isEmpty()) {
        return;
      }
      if (!touching) {
        touching = true;
        out.append(out.isEmpty() ? "[" : ",[").append(x).append(',').append(y);
      } else if (dot) {
        return;
      }
      out.append(',').append(toX - x).append(',').append(toY - y);
    }

    private void lift() {
      if (touching) {
        out.append(']');
        touching = false;
      }
    }
  }
}
