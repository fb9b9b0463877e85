package dev.weir.routing.graphhopper;

import static dev.weir.routing.graphhopper.Monaco.HERMITAGE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.graphhopper.isochrone.algorithm.ContourBuilder;
import com.graphhopper.isochrone.algorithm.JTSTriangulator;
import com.graphhopper.isochrone.algorithm.ReadableTriangulation;
import com.graphhopper.isochrone.algorithm.Triangulator;
import com.graphhopper.routing.RouterConfig;
import dev.weir.routing.StopSignal;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.locationtech.jts.geom.MultiPolygon;

final class StoppableTriangulatorTest {

  @ParameterizedTest
  @CsvSource({"car, 60, 0", "car, 600, 0", "car_tc, 300, 0", "foot, 600, 0", "foot, 300, 0.001"})
  void spansTheSurfaceThatGraphHopperSpans(String profile, long seconds, double tolerance) {
    Started started = start(profile, seconds);
    ReadableTriangulation ours =
        new StoppableTriangulator(new StopTicket(StopSignal.NEVER, null, System::nanoTime))
            .triangulate(started.reach(), started.tree(), label -> label.time, tolerance, 0);
    Started again = start(profile, seconds);
    Triangulator.Result theirs =
        new JTSTriangulator(new RouterConfig())
            .triangulate(
                again.reach().snap(),
                again.reach().graph(),
                again.tree(),
                label -> label.time,
                tolerance);

    for (double part : new double[] {0.2, 0.5, 1}) {
      double height = seconds * 1000.0 * part;
      MultiPolygon expected =
          new ContourBuilder(theirs.triangulation).computeIsoline(height, theirs.seedEdges);
      MultiPolygon actual = new ContourBuilder(ours).computeIsoline(height, ours.getEdges());
      assertTrue(expected.getNumPoints() > 3);
      assertEquals(expected.norm(), actual.norm());
    }
  }

  private record Started(Reach reach, StoppableTree tree) {}

  private static Started start(String profile, long seconds) {
    GraphStart.Started map = Monaco.bare();
    ServedProfile served =
        map.profiles().stream().filter(p -> p.name().equals(profile)).findFirst().orElseThrow();
    Reach reach = Reach.from(HERMITAGE, map.hopper(), served, Reach.hints(Map.of()));
    StopTicket ticket = new StopTicket(StopSignal.NEVER, null, System::nanoTime);
    StoppableTree tree = new StoppableTree(reach, false, 100_000, ticket);
    tree.setTimeLimit(seconds * 1000 * 1.2);
    return new Started(reach, tree);
  }
}
