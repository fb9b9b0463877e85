package dev.weir.routing.graphhopper;

import com.graphhopper.isochrone.algorithm.ReadableTriangulation;
import com.graphhopper.isochrone.algorithm.ShortestPathTree;
import com.graphhopper.isochrone.algorithm.ShortestPathTree.IsoLabel;
import com.graphhopper.routing.querygraph.QueryGraph;
import com.graphhopper.storage.NodeAccess;
import com.graphhopper.util.EdgeIteratorState;
import com.graphhopper.util.FetchMode;
import com.graphhopper.util.PointList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateList;
import org.locationtech.jts.triangulate.DelaunayTriangulationBuilder;
import org.locationtech.jts.triangulate.IncrementalDelaunayTriangulator;
import org.locationtech.jts.triangulate.quadedge.QuadEdgeSubdivision;
import org.locationtech.jts.triangulate.quadedge.Vertex;

/**
 * Spans a surface over the places a search reached: their coordinates, and as height what it cost
 * to get there. The same surface as GraphHopper's own triangulator makes, but built site by site,
 * so that it can be stopped: on a large area this takes several times as long as the search.
 */
final class StoppableTriangulator {

  /** A site costs some 10 to 50 µs. */
  private static final int SITES_PER_POLL = 32;

  private final StopTicket ticket;

  StoppableTriangulator(StopTicket ticket) {
    this.ticket = ticket;
  }

  /**
   * @param toleranceDegrees sites closer together count as one
   * @param grainDegrees of the sites in a square of this size only one counts; 0 for all
   * @throws IllegalArgumentException if the reached places do not span an area
   */
  ReadableTriangulation triangulate(
      Reach reach,
      ShortestPathTree tree,
      ToDoubleFunction<IsoLabel> cost,
      double toleranceDegrees,
      double grainDegrees) {
    Sites sites = new Sites(grainDegrees, reach.snap().getQueryPoint().lat);
    tree.search(
        reach.snap().getClosestNode(),
        label -> addSites(label, reach.graph(), cost.applyAsDouble(label), sites));
    ticket.poll();
    CoordinateList distinct = DelaunayTriangulationBuilder.unique(sites.toArray());
    ticket.poll();
    QuadEdgeSubdivision surface = insert(distinct, toleranceDegrees);
    ticket.poll();
    raiseFrame(surface);
    ticket.poll();
    return ReadableTriangulation.wrap(surface);
  }

  private static void addSites(IsoLabel label, QueryGraph graph, double height, Sites sites) {
    NodeAccess nodes = graph.getNodeAccess();
    sites.add(nodes.getLon(label.node), nodes.getLat(label.node), height);
    if (label.parent == null) {
      return;
    }
    // A road may bend far away from the straight line between its ends: add its middle.
    EdgeIteratorState edge = graph.getEdgeIteratorState(label.edge, label.node);
    PointList bends = edge.fetchWayGeometry(FetchMode.PILLAR_ONLY);
    if (!bends.isEmpty()) {
      int middle = bends.size() / 2;
      if (bends.size() % 2 == 0 && edge.get(EdgeIteratorState.REVERSE_STATE)) {
        middle--; // The same point, whichever way the road was gone.
      }
      sites.add(bends.getLon(middle), bends.getLat(middle), height);
    }
  }

  private QuadEdgeSubdivision insert(CoordinateList sites, double toleranceDegrees) {
    QuadEdgeSubdivision surface =
        new QuadEdgeSubdivision(DelaunayTriangulationBuilder.envelope(sites), toleranceDegrees);
    IncrementalDelaunayTriangulator triangulator = new IncrementalDelaunayTriangulator(surface);
    int sitesToPoll = SITES_PER_POLL;
    for (Coordinate site : sites) {
      if (--sitesToPoll == 0) {
        sitesToPoll = SITES_PER_POLL;
        ticket.poll();
      }
      triangulator.insertSite(new Vertex(site));
    }
    return surface;
  }

  /**
   * The triangles to the frame around all sites lie outside of every isochrone, so the corners of
   * the frame are infinitely high.
   */
  private static void raiseFrame(QuadEdgeSubdivision surface) {
    List<Coordinate> places = new ArrayList<>();
    for (Vertex vertex : vertices(surface)) {
      if (surface.isFrameVertex(vertex)) {
        vertex.setZ(Double.MAX_VALUE);
      } else {
        places.add(vertex.getCoordinate());
      }
    }
    if (areOnOneLine(places)) {
      throw new IllegalArgumentException(
          "Too few points found. Please try a different 'point' or a larger 'time_limit'.");
    }
  }

  private static boolean areOnOneLine(List<Coordinate> distinct) {
    if (distinct.size() < 3) {
      return true;
    }
    for (Coordinate place : distinct) {
      if (Orientation.index(distinct.get(0), distinct.get(1), place) != Orientation.COLLINEAR) {
        return false;
      }
    }
    return true;
  }

  @SuppressWarnings("unchecked") // JTS has no type parameters.
  private static Collection<Vertex> vertices(QuadEdgeSubdivision surface) {
    return (Collection<Vertex>) surface.getVertices(true);
  }
}
