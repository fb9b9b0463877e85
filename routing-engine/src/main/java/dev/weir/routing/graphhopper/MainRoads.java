package dev.weir.routing.graphhopper;

import com.graphhopper.routing.ev.EnumEncodedValue;
import com.graphhopper.routing.ev.RoadClass;
import com.graphhopper.routing.util.AllEdgesIterator;
import com.graphhopper.storage.BaseGraph;
import com.graphhopper.storage.NodeAccess;
import com.graphhopper.util.FetchMode;
import com.graphhopper.util.PointList;
import com.graphhopper.util.shapes.BBox;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;

/**
 * The roads that a map of a large area shows, by importance, and of each importance in blocks of
 * neighbours, so that those of a tile are found without looking at the others. Takes four bytes a
 * road. Immutable.
 */
final class MainRoads {

  /** A graph with no more than that is shown with all its roads from however far. */
  private static final int SMALL_GRAPH_EDGES = 30_000;

  /** Levels that are more than that together are not shown from far above. */
  private static final int MOST_EDGES = 3_000_000;

  private static final int BLOCK = 64;

  /** Of each coordinate of a place, for sorting. */
  private static final int GRID_BITS = 15;

  private static final int EDGE_BITS = 31;

  /** By level: the zoom from which on it is shown. */
  private static final int[] FROM_ZOOM = {0, 7, 9, 11};

  /**
   * Roads of about the same importance.
   *
   * @param fromZoom is shown at this zoom and nearer
   */
  private record Level(int fromZoom, List<Block> blocks) {}

  /**
   * Neighbours.
   *
   * @param box that holds them
   * @param from index of the first
   * @param to index of the one after the last
   */
  private record Block(BBox box, int from, int to) {}

  private final List<Level> levels;
  private final int[] edges;

  private MainRoads(List<Level> levels, int[] edges) {
    this.levels = levels;
    this.edges = edges;
  }

  static MainRoads of(BaseGraph graph, EnumEncodedValue<RoadClass> classes) {
    return of(graph, classes, SMALL_GRAPH_EDGES);
  }

  /**
   * @param small a graph with no more edges is shown with all its roads
   */
  static MainRoads of(BaseGraph graph, EnumEncodedValue<RoadClass> classes, int small) {
    long[] keys = keys(graph, classes, graph.getEdges() <= small);
    int[] edges = new int[keys.length];
    List<Level> levels = new ArrayList<>();
    int start = 0;
    for (int level = 0; level < FROM_ZOOM.length; level++) {
      int end = start;
      while (end < keys.length && keys[end] >>> (EDGE_BITS + 2 * GRID_BITS) == level) {
        edges[end] = (int) (keys[end] & ((1L << EDGE_BITS) - 1));
        end++;
      }
      levels.add(new Level(FROM_ZOOM[level], blocks(graph, edges, start, end)));
      start = end;
    }
    return new MainRoads(levels, edges);
  }

  /** One for each road: its level, where it is, and its number, from the highest bits down. */
  private static long[] keys(BaseGraph graph, EnumEncodedValue<RoadClass> classes, boolean all) {
    int levels = all ? 1 : fitting(graph, classes);
    NodeAccess nodes = graph.getNodeAccess();
    BBox bounds = graph.getBounds();
    long[] keys = new long[1_024];
    int count = 0;
    AllEdgesIterator edge = graph.getAllEdges();
    while (edge.next()) {
      int level = all ? 0 : level(edge.get(classes));
      if (level < levels) {
        if (count == keys.length) {
          keys = Arrays.copyOf(keys, 2 * count);
        }
        int node = edge.getBaseNode();
        int x = cell(nodes.getLon(node), bounds.minLon, bounds.maxLon);
        int y = cell(nodes.getLat(node), bounds.minLat, bounds.maxLat);
        keys[count] = (((long) level << (2 * GRID_BITS)) | interleaved(x, y)) << EDGE_BITS;
        keys[count++] |= edge.getEdge();
      }
    }
    long[] found = Arrays.copyOf(keys, count);
    Arrays.sort(found);
    return found;
  }

  /** How many levels there is room for. */
  private static int fitting(BaseGraph graph, EnumEncodedValue<RoadClass> classes) {
    int[] counts = new int[FROM_ZOOM.length + 1];
    AllEdgesIterator edge = graph.getAllEdges();
    while (edge.next()) {
      counts[level(edge.get(classes))]++;
    }
    int levels = 0;
    long sum = counts[0];
    while (levels < FROM_ZOOM.length && sum <= MOST_EDGES) {
      levels++;
      sum += counts[levels];
    }
    return levels;
  }

  private static int level(RoadClass kind) {
    return switch (kind) {
      case MOTORWAY, TRUNK -> 0;
      case PRIMARY -> 1;
      case SECONDARY -> 2;
      case TERTIARY -> 3;
      default -> FROM_ZOOM.length;
    };
  }

  private static int cell(double at, double from, double to) {
    double most = (1 << GRID_BITS) - 1;
    return (int) Math.clamp((at - from) / (to - from) * most, 0, most);
  }

  /** Bits of the one and the other in turn: places with near numbers are near each other. */
  private static long interleaved(int x, int y) {
    long bits = 0;
    for (int i = 0; i < GRID_BITS; i++) {
      bits |= (long) (x >> i & 1) << (2 * i) | (long) (y >> i & 1) << (2 * i + 1);
    }
    return bits;
  }

  private static List<Block> blocks(BaseGraph graph, int[] edges, int start, int end) {
    List<Block> blocks = new ArrayList<>();
    for (int from = start; from < end; from += BLOCK) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("nobody waits for the map any more");
      }
      int to = Math.min(from + BLOCK, end);
      BBox box = BBox.createInverse(false);
      for (int i = from; i < to; i++) {
        PointList way =
            graph.getEdgeIteratorState(edges[i], Integer.MIN_VALUE).fetchWayGeometry(FetchMode.ALL);
        for (int p = 0; p < way.size(); p++) {
          box.update(way.getLat(p), way.getLon(p));
        }
      }
      blocks.add(new Block(box, from, to));
    }
    return blocks;
  }

  /**
   * Shows those that may touch a box.
   *
   * @param sees numbers of edges
   */
  void visit(BBox box, int zoom, IntConsumer sees) {
    for (Level level : levels) {
      if (zoom < level.fromZoom) {
        return;
      }
      for (Block block : level.blocks) {
        if (block.box.intersects(box)) {
          for (int i = block.from; i < block.to; i++) {
            sees.accept(edges[i]);
          }
        }
      }
    }
  }
}
