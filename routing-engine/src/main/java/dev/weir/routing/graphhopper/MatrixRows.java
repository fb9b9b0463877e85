package dev.weir.routing.graphhopper;

import static com.graphhopper.util.DistanceCalcEarth.DIST_EARTH;

import com.graphhopper.GHRequest;
import com.graphhopper.GHResponse;
import com.graphhopper.GraphHopper;
import com.graphhopper.ResponsePath;
import com.graphhopper.routing.ev.BooleanEncodedValue;
import com.graphhopper.routing.ev.RoadClass;
import com.graphhopper.routing.ev.RoadEnvironment;
import com.graphhopper.routing.ev.Subnetwork;
import com.graphhopper.routing.querygraph.QueryGraph;
import com.graphhopper.routing.util.DefaultSnapFilter;
import com.graphhopper.routing.util.EdgeFilter;
import com.graphhopper.routing.util.EncodingManager;
import com.graphhopper.routing.util.SnapPreventionEdgeFilter;
import com.graphhopper.routing.weighting.Weighting;
import com.graphhopper.storage.index.Snap;
import com.graphhopper.util.PMap;
import com.graphhopper.util.Parameters;
import com.graphhopper.util.exceptions.ConnectionNotFoundException;
import com.graphhopper.util.exceptions.PointNotFoundException;
import com.graphhopper.util.exceptions.PointOutOfBoundsException;
import com.graphhopper.util.shapes.GHPoint;
import dev.weir.routing.Coordinate;
import dev.weir.routing.Legs;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@link RouteQuery.MatrixRow}: by a route to each place on the contraction hierarchy, or
 * by one tree of shortest paths that grows until it has reached them all, whichever is going to be
 * cheaper. Thread-safe.
 */
final class MatrixRows {

  private static final int MOST_PLACES = 100;
  private static final double METERS_PER_KM = 1_000;

  /** What a tree sees is about a circle so much larger than the straight distance. */
  private static final double DETOUR = 1.3;

  /** A route on a hierarchy takes as long as a tree takes for so many nodes. */
  private static final double NODES_PER_ROUTE = 800;

  private final GraphHopper hopper;
  private final ProfileGate profiles;
  private final NodeGrid grid;
  private final List<String> snapPreventions;

  /**
   * @param snapPreventions kinds of roads that places are not moved to, as for routes
   */
  MatrixRows(
      GraphHopper hopper, ProfileGate profiles, NodeGrid grid, List<String> snapPreventions) {
    this.hopper = hopper;
    this.profiles = profiles;
    this.grid = grid;
    this.snapPreventions = snapPreventions;
  }

  RouteOutcome compute(RouteQuery.MatrixRow query, Computation computation) {
    PMap hints = new PMap();
    ServedProfile profile = profiles.resolve(query.profile(), hints);
    RouteCaps.require(
        query.to().size() <= MOST_PLACES,
        "%d places are too many, at most %d are allowed",
        query.to().size(),
        MOST_PLACES);
    if (!onMap(query.from())) {
      throw new PointOutOfBoundsException(
          "Point 0 is out of bounds: %s,%s, the bounds are: %s"
              .formatted(
                  query.from().latitude(),
                  query.from().longitude(),
                  hopper.getBaseGraph().getBounds()),
          0);
    }
    double farthest = farthestMeters(query, profile);
    Row row =
        profile.speedMode() && !treeIsCheaper(query, farthest)
            ? routes(query)
            : tree(query, profile, computation.ticket());
    computation.ticket().poll();
    return new RouteOutcome.Found(
        new Legs(Arrays.asList(row.legs), computation.tookMillis()), row.visitedNodes);
  }

  private boolean onMap(Coordinate place) {
    return hopper.getBaseGraph().getBounds().contains(place.latitude(), place.longitude());
  }

  /** What was found so far. */
  private static final class Row {
    private final Legs.@Nullable Leg[] legs;
    private long visitedNodes;

    Row(int places) {
      legs = new Legs.@Nullable Leg[places];
    }
  }

  private static double farthestMeters(RouteQuery.MatrixRow query, ServedProfile profile) {
    double farthest = 0;
    for (Coordinate place : query.to()) {
      Coordinate from = query.from();
      farthest =
          Math.max(
              farthest,
              DIST_EARTH.calcDist(
                  from.latitude(), from.longitude(), place.latitude(), place.longitude()));
    }
    int cap = profile.speedMode() ? profile.caps().beelineKm() : profile.caps().flexibleBeelineKm();
    RouteCaps.require(
        farthest <= cap * METERS_PER_KM,
        "A place is %.1f km away in a straight line, at most %d km are allowed for profile '%s'",
        farthest / METERS_PER_KM,
        cap,
        profile.name());
    return farthest;
  }

  private boolean treeIsCheaper(RouteQuery.MatrixRow query, double farthestMeters) {
    double km = DETOUR * farthestMeters / METERS_PER_KM;
    int density = grid.perSquareKm(query.from().latitude(), query.from().longitude());
    double seen = Math.min(Math.PI * km * km * density, grid.nodes());
    return seen < NODES_PER_ROUTE * query.to().size();
  }

  private Row routes(RouteQuery.MatrixRow query) {
    Row row = new Row(query.to().size());
    for (int i = 0; i < row.legs.length; i++) {
      GHResponse response = hopper.route(request(query, query.to().get(i)));
      row.visitedNodes += response.getHints().getLong("visited_nodes.sum", 0);
      if (!response.hasErrors()) {
        ResponsePath path = response.getBest();
        row.legs[i] = new Legs.Leg(path.getDistance(), path.getTime());
      } else if (!noWay(response)) {
        throw new IllegalArgumentException(response.getErrors().getFirst());
      }
    }
    return row;
  }

  private GHRequest request(RouteQuery.MatrixRow query, Coordinate to) {
    GHRequest request =
        new GHRequest(
                List.of(
                    new GHPoint(query.from().latitude(), query.from().longitude()),
                    new GHPoint(to.latitude(), to.longitude())))
            .setProfile(query.profile())
            .setSnapPreventions(snapPreventions);
    request.getHints().putObject(Parameters.Routing.CALC_POINTS, false);
    request.getHints().putObject(Parameters.Routing.INSTRUCTIONS, false);
    return request;
  }

  /** There is no road near the place, or none to there; the first place has to be near one. */
  private static boolean noWay(GHResponse response) {
    return response.getErrors().stream()
        .allMatch(
            error ->
                error instanceof ConnectionNotFoundException
                    || (error instanceof PointNotFoundException point
                        && point.getPointIndex() > 0));
  }

  private Row tree(RouteQuery.MatrixRow query, ServedProfile profile, StopTicket ticket) {
    PMap hints = Reach.hints(Map.of());
    Weighting weighting = hopper.createWeighting(profile.profile(), hints);
    BooleanEncodedValue inSubnetwork =
        hopper.getEncodingManager().getBooleanEncodedValue(Subnetwork.key(profile.name()));
    EdgeFilter roads = roads(new DefaultSnapFilter(weighting, inSubnetwork));
    Snap from = snap(query.from(), roads);
    if (!from.isValid()) {
      throw new Reach.PointNotSnapped(query.from());
    }
    List<Snap> all = new ArrayList<>(List.of(from));
    List<@Nullable Snap> places = new ArrayList<>();
    for (Coordinate place : query.to()) {
      Snap snap = snap(place, roads);
      boolean usable = onMap(place) && snap.isValid();
      places.add(usable ? snap : null);
      if (usable) {
        all.add(snap);
      }
    }
    QueryGraph graph = QueryGraph.create(hopper.getBaseGraph(), all);
    Reach reach =
        new Reach(from, graph, graph.wrapWeighting(weighting), profile.profile().hasTurnCosts());
    return grow(reach, places, ticket);
  }

  /** As GraphHopper's router does. */
  private EdgeFilter roads(EdgeFilter usable) {
    if (snapPreventions.isEmpty()) {
      return usable;
    }
    EncodingManager values = hopper.getEncodingManager();
    return new SnapPreventionEdgeFilter(
        usable,
        values.getEnumEncodedValue(RoadClass.KEY, RoadClass.class),
        values.getEnumEncodedValue(RoadEnvironment.KEY, RoadEnvironment.class),
        snapPreventions);
  }

  private Snap snap(Coordinate place, EdgeFilter roads) {
    return hopper.getLocationIndex().findClosest(place.latitude(), place.longitude(), roads);
  }

  /**
   * @param places {@code null} where there is no road
   */
  private static Row grow(Reach reach, List<@Nullable Snap> places, StopTicket ticket) {
    Row row = new Row(places.size());
    Map<Integer, List<Integer>> wanted = new HashMap<>();
    for (int i = 0; i < places.size(); i++) {
      Snap place = places.get(i);
      if (place != null) {
        wanted.computeIfAbsent(place.getClosestNode(), _ -> new ArrayList<>()).add(i);
      }
    }
    StoppableTree tree = new StoppableTree(reach, false, Integer.MAX_VALUE, ticket);
    tree.setWeightLimit(Double.POSITIVE_INFINITY);
    tree.search(
        reach.snap().getClosestNode(),
        label -> {
          List<Integer> found = wanted.remove(label.node);
          if (found != null) {
            found.forEach(i -> row.legs[i] = new Legs.Leg(label.distance, label.time));
            if (wanted.isEmpty()) {
              tree.setWeightLimit(0); // grows no further
            }
          }
        });
    row.visitedNodes = tree.getVisitedNodes();
    return row;
  }
}
