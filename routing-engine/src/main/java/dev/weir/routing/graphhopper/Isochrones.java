package dev.weir.routing.graphhopper;

import com.graphhopper.GraphHopper;
import com.graphhopper.isochrone.algorithm.ContourBuilder;
import com.graphhopper.isochrone.algorithm.ReadableQuadEdge;
import com.graphhopper.isochrone.algorithm.ReadableTriangulation;
import com.graphhopper.isochrone.algorithm.ShortestPathTree.IsoLabel;
import com.graphhopper.util.DistanceCalcEarth;
import com.graphhopper.util.PMap;
import dev.weir.routing.Coordinate;
import dev.weir.routing.Problem;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Polygon;

/**
 * Answers {@link RouteQuery.Isochrone}: searches, spans a surface over what was reached, and cuts
 * it at the height of each bucket. Thread-safe.
 */
final class Isochrones {

  private static final int MAX_BUCKETS = 20;
  private static final double MILLIS_PER_SECOND = 1000;

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
    Limit limit = limit(query, profile);
    Reach reach = Reach.from(query.point(), hopper, profile, hints);
    StoppableTree tree = tree(query, profile, reach);
    limit.extend(tree);
    ReadableTriangulation surface =
        new StoppableTriangulator(computation.ticket())
            .triangulate(reach, tree, limit.cost(), degrees(query.tolerance()));
    List<Geometry> areas = areas(query, limit, surface, computation.ticket());
    double tookMillis = computation.tookMillis();
    return new RouteOutcome.Found(
        writer.write(areas, query.geoJson(), tookMillis), tree.getVisitedNodes());
  }

  private StoppableTree tree(RouteQuery.Isochrone query, ServedProfile profile, Reach reach) {
    return new StoppableTree(reach, query.reverseFlow(), profile.caps().isochroneSites());
  }

  private static List<Geometry> areas(
      RouteQuery.Isochrone query, Limit limit, ReadableTriangulation surface, StopTicket ticket) {
    ContourBuilder contours = new ContourBuilder(surface);
    Collection<ReadableQuadEdge> edges = surface.getEdges();
    double step = limit.value() / query.buckets();
    List<Geometry> areas = new ArrayList<>();
    for (int bucket = 1; bucket <= query.buckets(); bucket++) {
      ticket.poll();
      MultiPolygon area = contours.computeIsoline(bucket * step, edges);
      areas.add(query.fullGeometry() ? area : outline(area, query.point()));
    }
    return areas;
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

  /** How far to go, and in what. */
  private sealed interface Limit {

    double value();

    ToDoubleFunction<IsoLabel> cost();

    /** Lets the search go a little further, so that the border lies inside of what it saw. */
    void extend(StoppableTree tree);

    static double beyond(double value, double atLeast) {
      return value + Math.max(value * 0.14, atLeast);
    }
  }

  private record Weight(double value) implements Limit {
    @Override
    public ToDoubleFunction<IsoLabel> cost() {
      return label -> label.weight;
    }

    @Override
    public void extend(StoppableTree tree) {
      tree.setWeightLimit(Limit.beyond(value, 200));
    }
  }

  private record Distance(double value) implements Limit {
    @Override
    public ToDoubleFunction<IsoLabel> cost() {
      return label -> label.distance;
    }

    @Override
    public void extend(StoppableTree tree) {
      tree.setDistanceLimit(Limit.beyond(value, 2_000));
    }
  }

  private record Time(double value) implements Limit {
    @Override
    public ToDoubleFunction<IsoLabel> cost() {
      return label -> label.time;
    }

    @Override
    public void extend(StoppableTree tree) {
      tree.setTimeLimit(Limit.beyond(value, 200_000));
    }
  }

  private static Limit limit(RouteQuery.Isochrone query, ServedProfile profile) {
    if (query.weightLimit() > 0) {
      ReachCaps.checkWeight(query.weightLimit(), profile);
      return new Weight(query.weightLimit());
    }
    if (query.distanceLimitMeters() > 0) {
      ReachCaps.checkDistance(query.distanceLimitMeters(), profile);
      return new Distance(query.distanceLimitMeters());
    }
    ReachCaps.checkTime(query.timeLimitSeconds(), profile);
    return new Time(query.timeLimitSeconds() * MILLIS_PER_SECOND);
  }
}
