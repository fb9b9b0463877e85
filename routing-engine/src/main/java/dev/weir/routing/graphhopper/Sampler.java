package dev.weir.routing.graphhopper;

import static com.graphhopper.util.DistanceCalcEarth.DIST_EARTH;

import com.graphhopper.GraphHopper;
import com.graphhopper.routing.ev.BooleanEncodedValue;
import com.graphhopper.routing.ev.Subnetwork;
import com.graphhopper.routing.weighting.Weighting;
import com.graphhopper.storage.BaseGraph;
import com.graphhopper.storage.NodeAccess;
import com.graphhopper.util.EdgeIteratorState;
import com.graphhopper.util.PMap;
import com.graphhopper.util.Parameters;
import dev.weir.routing.Coordinate;
import dev.weir.routing.RouteQuery;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Makes up queries between random roads of the loaded map, for its first profile: mostly what most
 * callers want, routes with instructions in the fastest prepared mode, and some of everything else.
 * Thread-safe.
 */
final class Sampler {

  /** Enough to meet a road of the profile wherever more than every tenth is one. */
  private static final int TRIES = 100;

  private static final double METERS_PER_KM = 1000;

  private static final RouteQuery.Rendering FULL =
      new RouteQuery.Rendering(true, true, false, false, RouteQuery.Json.USUAL);

  private final BaseGraph graph;
  private final ServedProfile profile;
  private final Weighting weighting;
  private final BooleanEncodedValue inSubnetwork;

  Sampler(GraphHopper hopper, ServedProfile profile) {
    this.graph = hopper.getBaseGraph();
    this.profile = profile;
    this.weighting = hopper.createWeighting(profile.profile(), new PMap());
    this.inSubnetwork =
        hopper.getEncodingManager().getBooleanEncodedValue(Subnetwork.key(profile.name()));
  }

  RouteQuery next(RandomGenerator random) {
    int dice = random.nextInt(100);
    if (dice < 82) {
      return route(random, profile.speedMode(), "");
    }
    if (dice < 88) {
      return route(random, false, "");
    }
    if (dice < 92) {
      return route(random, profile.speedMode(), Parameters.Algorithms.ALT_ROUTE);
    }
    if (dice < 94) {
      return new RouteQuery.Isochrone(
          profile.name(),
          place(random),
          1,
          false,
          60,
          -1,
          -1,
          RouteQuery.Json.USUAL,
          0,
          false,
          Map.of());
    }
    return new RouteQuery.Nearest(place(random), false);
  }

  private RouteQuery.Route route(RandomGenerator random, boolean speedMode, String algorithm) {
    int capKm =
        speedMode ? profile.caps().beelineKm() : Math.min(50, profile.caps().flexibleBeelineKm());
    Coordinate from = place(random);
    Coordinate to = place(random);
    for (int i = 0; i < TRIES && meters(from, to) > capKm * METERS_PER_KM; i++) {
      to = place(random);
    }
    return new RouteQuery.Route(
        profile.name(),
        List.of(from, to),
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of(),
        algorithm,
        "en",
        null,
        speedMode ? Map.of() : Map.of(Parameters.CH.DISABLE, true),
        FULL);
  }

  private static double meters(Coordinate from, Coordinate to) {
    return DIST_EARTH.calcDist(from.latitude(), from.longitude(), to.latitude(), to.longitude());
  }

  /** The end of a random road that the profile may use and is not stranded on. */
  private Coordinate place(RandomGenerator random) {
    NodeAccess nodes = graph.getNodeAccess();
    int node = 0;
    for (int i = 0; i < TRIES; i++) {
      EdgeIteratorState edge =
          graph.getEdgeIteratorState(random.nextInt(graph.getEdges()), Integer.MIN_VALUE);
      node = edge.getBaseNode();
      if (!edge.get(inSubnetwork) && Double.isFinite(weighting.calcEdgeWeight(edge, false))) {
        break;
      }
    }
    return new Coordinate(nodes.getLat(node), nodes.getLon(node));
  }
}
