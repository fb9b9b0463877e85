package dev.weir.routing.graphhopper;

import com.graphhopper.GraphHopper;
import com.graphhopper.isochrone.algorithm.ContourBuilder;
import com.graphhopper.isochrone.algorithm.ReadableQuadEdge;
import com.graphhopper.isochrone.algorithm.ReadableTriangulation;
import com.graphhopper.util.DistanceCalcEarth;
import com.graphhopper.util.PMap;
import dev.weir.routing.Coordinate;
import dev.weir.routing.Problem;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.triangulate.quadedge.Vertex;

/**
 * Answers {@link RouteQuery.Isochrone}: searches, spans a surface over what was reached, and cuts
 * it at the height of each bucket. Thread-safe.
 */
final class Isochrones {

  private static final int MAX_BUCKETS = 20;

  private final GraphHopper hopper;
  private final ProfileGate profiles;
  private final IsochroneWriter writer;

  Isochrones(GraphHopper hopper, ProfileGate profiles, IsochroneWriter writer) {
    this.hopper = hopper;
    this.profiles = profiles;
    this.writer = writer;
  }

  RouteOutcome compute(RouteQuery.Isochrone query, Computation computation) {
    if (query.buckets() < 1 || query.buckets() > MAX_BUCKETS) {
      String message = "query param buckets must be between 1 and " + MAX_BUCKETS;
      return new RouteOutcome.BadRequest(Problem.of(Problem.Kind.CONSTRAINT, message, null), 0);
    }
    RouteCaps.require(
        Double.isFinite(query.tolerance()) && query.tolerance() >= 0,
        "The tolerance has to be a length in meters");
    PMap hints = Reach.hints(query.hints());
    ServedProfile profile = profiles.resolve(query.profile(), hints);
    IsochroneLimit limit = IsochroneLimit.of(query, profile);
    Reach reach = Reach.from(query.point(), hopper, profile, hints);
    StoppableTree tree = tree(query, profile, reach, computation.ticket());
    limit.extend(tree);
    ReadableTriangulation surface =
        new StoppableTriangulator(computation.ticket())
            .triangulate(
                reach,
                tree,
                limit.cost(),
                degrees(query.tolerance()),
                degrees(query.grainMeters()));
    List<Geometry> areas = areas(query, limit, surface, computation.ticket());
    double tookMillis = computation.tookMillis();
    computation.ticket().poll();
    return new RouteOutcome.Found(
        writer.write(areas, query.form(), tookMillis), tree.getVisitedNodes());
  }

  private static StoppableTree tree(
      RouteQuery.Isochrone query, ServedProfile profile, Reach reach, StopTicket ticket) {
    return new StoppableTree(reach, query.reverseFlow(), profile.caps().isochroneSites(), ticket);
  }

  private static List<Geometry> areas(
      RouteQuery.Isochrone query,
      IsochroneLimit limit,
      ReadableTriangulation surface,
      StopTicket ticket) {
    ContourBuilder contours = new ContourBuilder(surface);
    Collection<ReadableQuadEdge> edges = surface.getEdges();
    double step = limit.value() / query.buckets();
    List<Geometry> areas = new ArrayList<>();
    for (int bucket = 1; bucket <= query.buckets(); bucket++) {
      MultiPolygon area = contours.computeIsoline(new Cut(bucket * step, ticket), edges);
      areas.add(query.fullGeometry() ? area : outline(area, query.point()));
    }
    return areas;
  }

  /** Tells on which side of an edge of the surface the height of a bucket is exceeded. */
  private static final class Cut implements ToIntBiFunction<Vertex, Vertex> {

    /** An edge costs some 0.1 µs. */
    private static final int EDGES_PER_POLL = 1024;

    private final double height;
    private final StopTicket ticket;
    private int edgesToPoll = 1;

    Cut(double height, StopTicket ticket) {
      this.height = height;
      this.ticket = ticket;
    }

    @Override
    public int applyAsInt(Vertex from, Vertex to) {
      if (--edgesToPoll == 0) {
        edgesToPoll = EDGES_PER_POLL;
        ticket.poll();
      }
      boolean above = from.getZ() > height;
      if (above == to.getZ() > height) {
        return 0;
      }
      return above ? -1 : 1;
    }
  }

  /** The outer border of the part around the point, or else of the most intricate part. */
  private static Polygon outline(MultiPolygon area, Coordinate point) {
    GeometryFactory factory = area.getFactory();
    Geometry center =
        factory.createPoint(
            new org.locationtech.jts.geom.Coordinate(point.longitude(), point.latitude()));
    @Nullable Polygon main = null;
    for (int i = 0; i < area.getNumGeometries(); i++) {
      Polygon part = (Polygon) area.getGeometryN(i);
      if (part.contains(center)) {
        main = part;
        break;
      }
      if (main == null || part.getNumPoints() > main.getNumPoints()) {
        main = part;
      }
    }
    if (main == null) {
      throw new IllegalArgumentException(
          "Nothing can be reached within the limit. Please try a larger one.");
    }
    return factory.createPolygon(main.getExteriorRing());
  }

  private static double degrees(double meters) {
    return meters / DistanceCalcEarth.METERS_PER_DEGREE;
  }
}
