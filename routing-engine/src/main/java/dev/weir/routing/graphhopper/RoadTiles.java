package dev.weir.routing.graphhopper;

import com.carrotsearch.hppc.IntHashSet;
import com.graphhopper.GraphHopper;
import com.graphhopper.routing.ev.EnumEncodedValue;
import com.graphhopper.routing.ev.RoadClass;
import com.graphhopper.storage.BaseGraph;
import com.graphhopper.storage.index.LocationIndex;
import com.graphhopper.util.EdgeIteratorState;
import com.graphhopper.util.shapes.BBox;
import dev.weir.routing.MapTile;
import dev.weir.routing.Rendered;
import org.jspecify.annotations.Nullable;

/**
 * Draws tiles of the road network. Thread-safe. Near the ground roads are found by the index that
 * queries are snapped with; it would visit every path of a country for a tile of it, so from far
 * above {@link MainRoads} are.
 */
final class RoadTiles {

  /** From here on every kind of street is shown. */
  static final int STREETS_ZOOM = 13;

  /** From here on everything is. */
  private static final int PATHS_ZOOM = 15;

  /** About a kilometer: how far out roads bend, but for a few. */
  private static final double BEND_DEGREES = 0.01;

  /** Where a road that crosses a border begins: half the width of any line drawn. */
  static final double MARGIN = 0.04;

  private final BaseGraph graph;
  private final LocationIndex index;
  private final EnumEncodedValue<RoadClass> classes;
  private @Nullable MainRoads mainRoads;

  private RoadTiles(BaseGraph graph, LocationIndex index, EnumEncodedValue<RoadClass> classes) {
    this.graph = graph;
    this.index = index;
    this.classes = classes;
  }

  static RoadTiles of(GraphHopper hopper) {
    return new RoadTiles(
        hopper.getBaseGraph(),
        hopper.getLocationIndex(),
        hopper.getEncodingManager().getEnumEncodedValue(RoadClass.KEY, RoadClass.class));
  }

  Rendered draw(MapTile tile) {
    BBox box = box(tile);
    TileSheet sheet = new TileSheet(tile);
    if (tile.zoom() >= STREETS_ZOOM) {
      IntHashSet seen = new IntHashSet();
      index.query(
          indexed(box),
          edge -> {
            if (seen.add(edge)) {
              near(edge, tile, sheet);
            }
          });
    } else {
      mainRoads().visit(box, tile.zoom(), edge -> add(road(edge), sheet));
    }
    return new Rendered(Rendered.Media.JSON, sheet.json(), 0);
  }

  private void near(int edge, MapTile tile, TileSheet sheet) {
    EdgeIteratorState road = road(edge);
    if (tile.zoom() >= PATHS_ZOOM || !isPath(road.get(classes))) {
      add(road, sheet);
    }
  }

  private void add(EdgeIteratorState road, TileSheet sheet) {
    sheet.add(road.get(classes), road);
  }

  private EdgeIteratorState road(int edge) {
    return graph.getEdgeIteratorState(edge, Integer.MIN_VALUE);
  }

  private static boolean isPath(RoadClass kind) {
    return switch (kind) {
      case FOOTWAY, PATH, STEPS, CYCLEWAY, BRIDLEWAY, TRACK, PLATFORM, CORRIDOR -> true;
      default -> false;
    };
  }

  /** Looked for when they are first needed. */
  private synchronized MainRoads mainRoads() {
    MainRoads known = mainRoads;
    if (known == null) {
      known = MainRoads.of(graph, classes);
      mainRoads = known;
    }
    return known;
  }

  /**
   * Where to look for the roads in a box: the index ends where junctions do, and so do the roads in
   * it that bend farther out.
   */
  private BBox indexed(BBox box) {
    BBox bounds = graph.getBounds();
    boolean inside =
        bounds.contains(box.minLat, box.minLon) && bounds.contains(box.maxLat, box.maxLon);
    return inside
        ? box
        : new BBox(
            box.minLon - BEND_DEGREES,
            box.maxLon + BEND_DEGREES,
            box.minLat - BEND_DEGREES,
            box.maxLat + BEND_DEGREES);
  }

  private static BBox box(MapTile tile) {
    return new BBox(
        Math.max(-180, tile.longitude(-MARGIN)),
        Math.min(180, tile.longitude(1 + MARGIN)),
        tile.latitude(1 + MARGIN),
        tile.latitude(-MARGIN));
  }
}
