package dev.weir.routing.graphhopper;

import static dev.weir.routing.graphhopper.Monaco.engine;
import static dev.weir.routing.graphhopper.RouteDraft.route;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import com.graphhopper.util.EdgeExplorer;
import dev.weir.routing.Coordinate;
import dev.weir.routing.EngineSettings.Caps;
import dev.weir.routing.EngineSettings.ProfileSettings;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.StopSignal.Cause;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An abandoned search stops burning CPU within 20 ms. */
final class AbandonedSearchTest {

  private static final double LIMIT_MILLIS = 20;

  /** Classes are loaded and code is compiled within the gaps, too: the first runs do not count. */
  private static final int RUNS = 4;

  /** Between its steps an isochrone sorts and copies all its places at once, here some 150,000. */
  private static final double LARGE_ISOCHRONE_LIMIT_MILLIS = 100;

  static Stream<Arguments> everyKindOfSearch() {
    return StopTest.everyKindOfSearch();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("everyKindOfSearch")
  void stopsBurningCpuWithin20MillisOnMonaco(String name, RouteQuery query) {
    assertStopsInTime(name, engine(), query);
  }

  @Test
  void stopsBurningCpuWithin20MillisOnPorto(@TempDir Path graphs) {
    Path porto = map("porto.osm.pbf");
    ProfileSettings car =
        new ProfileSettings("car", List.of("car.json"), false, -1, false, false, Caps.DEFAULT);
    Coordinate south = new Coordinate(41.03, -8.60);
    Coordinate north = new Coordinate(41.30, -8.62);
    try (GraphHopperEngine engine = Monaco.open(Monaco.settings(porto, graphs, car))) {
      for (String algorithm : List.of("", "dijkstra", "dijkstrabi", "astar", "alternative_route")) {
        assertStopsInTime(
            algorithm, engine, route("car", south, north).algorithm(algorithm).build());
      }
      assertStopsInTime(
          "tree",
          engine,
          new RouteQuery.ShortestPathTree("car", south, false, 1200, -1, List.of(), Map.of()));
      double isochrone = longestGapMillis(engine, Monaco.isochrone("car", south, 1200));
      assertTrue(isochrone <= LARGE_ISOCHRONE_LIMIT_MILLIS, isochrone + " ms");
    }
  }

  @Test
  void exploresNoMoreThan64NodesAfterItWasStopped() {
    StopAfter stop = new StopAfter(Cause.CALLER_GONE, 3);
    EdgeExplorer explorer =
        new StoppableGraph(
                Monaco.bare().hopper().getBaseGraph(), new StopTicket(stop, null, System::nanoTime))
            .createEdgeExplorer();
    int nodes = 0;
    try {
      for (; nodes < 1000; nodes++) {
        explorer.setBaseNode(nodes);
      }
    } catch (StoppedSearch expected) {
      assertEquals(Cause.CALLER_GONE, expected.reason());
    }

    assertEquals(3, stop.looked());
    assertEquals(2 * 64 - 1, nodes);
  }

  private static void assertStopsInTime(String name, GraphHopperEngine engine, RouteQuery query) {
    double millis = longestGapMillis(engine, query);
    assertTrue(millis <= LIMIT_MILLIS, name + " goes " + millis + " ms without looking");
  }

  private static double longestGapMillis(GraphHopperEngine engine, RouteQuery query) {
    double best = Double.MAX_VALUE;
    for (int run = 0; run < RUNS; run++) {
      LongestGap gap = new LongestGap();
      assertInstanceOf(RouteOutcome.Found.class, engine.compute(query, gap));
      best = Math.min(best, gap.millis());
    }
    return best;
  }

  /** A map outside of the project, if there is one. */
  private static Path map(String name) {
    for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
      Path map = p.resolve("shared/maps").resolve(name);
      if (Files.isReadable(map)) {
        return map;
      }
    }
    return abort(name + " is not here; the searches on Monaco have to do");
  }
}
