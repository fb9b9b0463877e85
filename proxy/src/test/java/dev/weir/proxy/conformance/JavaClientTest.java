package dev.weir.proxy.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.graphhopper.GHRequest;
import com.graphhopper.GHResponse;
import com.graphhopper.ResponsePath;
import com.graphhopper.api.GraphHopperWeb;
import com.graphhopper.json.Statement;
import com.graphhopper.util.CustomModel;
import com.graphhopper.util.exceptions.ConnectionNotFoundException;
import com.graphhopper.util.exceptions.DetailedRuntimeException;
import com.graphhopper.util.exceptions.MaximumNodesExceededException;
import com.graphhopper.util.exceptions.PointNotFoundException;
import com.graphhopper.util.exceptions.PointOutOfBoundsException;
import com.graphhopper.util.shapes.GHPoint;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GraphHopper's own client for Java talks to Weir and notices no difference. */
final class JavaClientTest {

  private static final GHPoint HERMITAGE = new GHPoint(43.7384, 7.4246);
  private static final GHPoint QUAI = new GHPoint(43.7311, 7.4197);
  private static final GHPoint NOWHERE = new GHPoint(10, 10);

  @TempDir static Path directory;

  private static WeirServer weir;

  @BeforeAll
  static void start() throws Exception {
    weir = WeirServer.start(directory);
  }

  @AfterAll
  static void stop() {
    weir.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void getsARouteWithPointsInstructionsAndDetails(boolean post) {
    GHResponse response =
        client(weir).setPostRequest(post).route(request().setPathDetails(List.of("road_class")));

    assertFalse(response.hasErrors(), () -> response.getErrors().toString());
    ResponsePath best = response.getBest();
    assertEquals(2282.549, best.getDistance(), 0.001);
    assertEquals(172_943, best.getTime());
    assertEquals(2, best.getWaypoints().size());
    assertTrue(best.getPoints().size() > 50, best.getPoints().toString());
    assertEquals(
        "Continue onto Avenue de l'Hermitage", best.getInstructions().getFirst().getName());
    assertEquals(Set.of("road_class"), best.getPathDetails().keySet());
    assertEquals(36, response.getHints().getInt("visited_nodes.sum", -1));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void getsAlternatives(boolean post) {
    GHRequest request =
        request()
            .setProfile("car_tc")
            .setAlgorithm("alternative_route")
            .putHint("ch.disable", true)
            .putHint("alternative_route.max_paths", 2);
    assertEquals(2, client(weir).setPostRequest(post).route(request).getAll().size());
  }

  /** The client compresses bodies from a kilobyte on. */
  @Test
  void getsARouteForABodyLongEnoughToBeCompressed() {
    GHRequest request = request().setPoints(Collections.nCopies(60, HERMITAGE));
    GHResponse response = client(weir).route(request);
    assertFalse(response.hasErrors(), () -> response.getErrors().toString());
    assertEquals(60, response.getBest().getWaypoints().size());
  }

  @Test
  void getsARouteByItsOwnCustomModel() {
    CustomModel slow = new CustomModel().addToSpeed(Statement.If("true", Statement.Op.LIMIT, "5"));
    GHResponse response =
        client(weir).route(request().setCustomModel(slow).putHint("ch.disable", true));
    assertFalse(response.hasErrors(), () -> response.getErrors().toString());
    assertTrue(response.getBest().getTime() > 1_000_000, response.getBest().toString());
  }

  @Test
  void getsGpx() {
    GHRequest request = request().putHint("type", "gpx").putHint("gpx.millis", "0");
    String gpx = client(weir).setPostRequest(false).export(request);
    assertTrue(gpx.contains("<rtept lat=\"43.738293\" lon=\"7.424532\">"), gpx);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void learnsWhichPointIsOutOfBounds(boolean post) {
    GHRequest request = new GHRequest(List.of(HERMITAGE, NOWHERE)).setProfile("car");
    Throwable error = onlyError(client(weir).setPostRequest(post).route(request));
    assertEquals(
        1, assertInstanceOf(PointOutOfBoundsException.class, error).getPointIndex(), "index");
  }

  @Test
  void learnsWhichPointWasNotFound() {
    CustomModel closed =
        new CustomModel().addToPriority(Statement.If("true", Statement.Op.MULTIPLY, "0"));
    GHResponse response =
        client(weir).route(request().setCustomModel(closed).putHint("ch.disable", true));
    assertEquals(2, response.getErrors().size());
    assertInstanceOf(PointNotFoundException.class, response.getErrors().getFirst());
  }

  @Test
  void learnsThatThereIsNoConnection() {
    CustomModel noPrimary =
        new CustomModel()
            .addToPriority(Statement.If("road_class == PRIMARY", Statement.Op.MULTIPLY, "0"))
            .addToPriority(Statement.If("road_class == SECONDARY", Statement.Op.MULTIPLY, "0"))
            .addToPriority(Statement.If("road_class == TERTIARY", Statement.Op.MULTIPLY, "0"));
    GHRequest request = request().setCustomModel(noPrimary).putHint("ch.disable", true);
    Throwable error = onlyError(client(weir).route(request));
    assertInstanceOf(ConnectionNotFoundException.class, error);
  }

  @Test
  void learnsThatItsBoundOnNodesWasReached() {
    GHRequest request =
        request()
            .putHint("ch.disable", true)
            .putHint("lm.disable", true)
            .putHint("max_visited_nodes", 10);
    Throwable error = onlyError(client(weir).route(request));
    Map<String, Object> details =
        assertInstanceOf(MaximumNodesExceededException.class, error).getDetails();
    assertEquals("10", String.valueOf(details.get("max_visited_nodes")));
  }

  @Test
  void learnsThatItsRequestIsWrong() {
    Throwable error = onlyError(client(weir).route(request().setProfile("nope")));
    assertInstanceOf(IllegalArgumentException.class, error);
    assertTrue(error.toString().contains("The requested profile 'nope'"), error.toString());
  }

  @Test
  void canReadWhyItIsRefusedAndWhenToComeBack() throws Exception {
    try (WeirServer unwell = WeirServer.start(directory.resolve("unwell"))) {
      unwell.openBreaker();
      for (boolean post : List.of(true, false)) {
        Throwable error = onlyError(client(unwell).setPostRequest(post).route(request()));
        Map<String, Object> details =
            assertInstanceOf(DetailedRuntimeException.class, error).getDetails();
        assertTrue(
            error.toString().endsWith("The routing engine is recovering from a fault."),
            error.toString());
        assertEquals("engine_unwell", details.get("reason"));
        assertTrue(String.valueOf(details.get("retry_after_ms")).matches("[1-9]\\d*"));
      }
    }
  }

  private static GraphHopperWeb client(WeirServer server) {
    return new GraphHopperWeb("http://127.0.0.1:" + server.port() + "/route");
  }

  private static GHRequest request() {
    return new GHRequest(List.of(HERMITAGE, QUAI)).setProfile("car");
  }

  private static Throwable onlyError(GHResponse response) {
    assertEquals(1, response.getErrors().size(), () -> response.getErrors().toString());
    return response.getErrors().getFirst();
  }
}
