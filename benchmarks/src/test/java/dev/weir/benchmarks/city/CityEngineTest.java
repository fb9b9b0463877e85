package dev.weir.benchmarks.city;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.benchmarks.city.Network.Restriction;
import dev.weir.benchmarks.city.Network.Way;
import dev.weir.routing.Coordinate;
import dev.weir.routing.EngineSettings;
import dev.weir.routing.EngineSettings.Caps;
import dev.weir.routing.EngineSettings.Elevation;
import dev.weir.routing.EngineSettings.ProfileSettings;
import dev.weir.routing.EngineStartException;
import dev.weir.routing.Rendered;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.StopSignal;
import dev.weir.routing.graphhopper.GraphHopperEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the engine makes of a city. */
final class CityEngineTest {

  private static final long SEED = 7;
  private static final int PAIRS = 200;
  private static final Map<String, Object> FLEXIBLE = Map.of("ch.disable", true);

  @TempDir private static Path directory = Path.of("");
  private static final City SMALL = City.of(SEED, 20_000);
  private static final City LARGE = City.of(SEED, 80_000);
  private static GraphHopperEngine small;
  private static GraphHopperEngine large;

  @BeforeAll
  static void open() throws IOException, EngineStartException {
    small = engine(SMALL, "small", true);
    large = engine(LARGE, "large", false);
  }

  @AfterAll
  static void close() {
    small.close();
    large.close();
  }

  private static GraphHopperEngine engine(City city, String name, boolean speedMode)
      throws IOException, EngineStartException {
    Path file = directory.resolve(name + ".osm.pbf");
    PbfFile.write(city, file);
    EngineSettings settings =
        new EngineSettings(
            file,
            directory.resolve(name),
            List.of(profile("car", false, speedMode), profile("car_tc", true, false)),
            List.of("road_environment"),
            200,
            List.of(),
            Elevation.NONE,
            false,
            Integer.MAX_VALUE);
    return GraphHopperEngine.open(settings, _ -> {}, System::nanoTime);
  }

  private static ProfileSettings profile(String name, boolean turnCosts, boolean speedMode) {
    return new ProfileSettings(
        name, List.of("car.json"), turnCosts, -1, speedMode, false, Caps.DEFAULT);
  }

  private static RouteOutcome route(
      GraphHopperEngine engine, String profile, Coordinate from, Coordinate to) {
    RouteQuery.Route query =
        new RouteQuery.Route(
            profile,
            List.of(from, to),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of("road_environment"),
            "",
            "en",
            null,
            engine == small && profile.equals("car") ? Map.of() : FLEXIBLE,
            new RouteQuery.Rendering(true, true, false, false, RouteQuery.Json.USUAL));
    return engine.compute(query, StopSignal.NEVER);
  }

  private static JsonNode path(String profile, Coordinate from, Coordinate to) throws IOException {
    RouteOutcome outcome = route(small, profile, from, to);
    if (outcome instanceof RouteOutcome.Found found) {
      return new ObjectMapper().readTree(((Rendered) found.answer()).body()).at("/paths/0");
    }
    throw new AssertionError("Not found but " + outcome);
  }

  private static Coordinate at(City city, double u, double v) {
    return new Coordinate(
        1e-7 * city.layout().latitude(u, v), 1e-7 * city.layout().longitude(u, v));
  }

  private static Coordinate at(int node) {
    return new Coordinate(
        1e-7 * SMALL.network().latitude(node), 1e-7 * SMALL.network().longitude(node));
  }

  private static Coordinate anywhere(City city, SplittableRandom random) {
    double far = 0.85 * city.layout().radius() * Math.sqrt(random.nextDouble());
    double angle = 2 * Math.PI * random.nextDouble();
    return at(city, far * Math.cos(angle), far * Math.sin(angle));
  }

  @Test
  void nearlyAllPairsOfPlacesAreConnected() {
    SplittableRandom random = new SplittableRandom(SEED);
    int found = 0;
    for (int i = 0; i < PAIRS; i++) {
      Coordinate from = anywhere(SMALL, random);
      RouteOutcome outcome = route(small, "car", from, anywhere(SMALL, random));
      found += outcome instanceof RouteOutcome.Found ? 1 : 0;
    }
    assertTrue(found > 0.9 * PAIRS, "seed %d, found %d".formatted(SEED, found));
  }

  @Test
  void searchesVisitMoreOfALargerCity() {
    double ratio = (double) visited(large, LARGE) / visited(small, SMALL);
    assertTrue(ratio > 2 && ratio < 8, "seed %d, ratio %f".formatted(SEED, ratio));
  }

  private static long visited(GraphHopperEngine engine, City city) {
    SplittableRandom random = new SplittableRandom(SEED);
    long visited = 0;
    for (int i = 0; i < PAIRS; i++) {
      Coordinate from = anywhere(city, random);
      visited += route(engine, "car_tc", from, anywhere(city, random)).visitedNodes();
    }
    return visited;
  }

  @Test
  void aRiverIsCrossedByABridge() throws IOException {
    double middle = SMALL.layout().rivers().getFirst().middle(0);
    Coordinate south = at(SMALL, 0, middle - 0.4);
    JsonNode path = path("car", south, at(SMALL, 0, middle + 0.4));
    assertTrue(path.at("/details/road_environment").toString().contains("bridge"), path.toString());
    assertTrue(path.get("distance").asDouble() < 1.2 * 0.8 * Layout.QUARTER_METERS);
  }

  @Test
  void whereThereIsNoBridgeOneHasToGoToTheNext() throws IOException {
    double middle = SMALL.layout().rivers().getFirst().middle(2);
    JsonNode path = path("car", at(SMALL, 2, middle - 0.4), at(SMALL, 2, middle + 0.4));
    assertTrue(path.at("/details/road_environment").toString().contains("bridge"), path.toString());
    assertTrue(path.get("distance").asDouble() > 3 * 0.8 * Layout.QUARTER_METERS);
  }

  @Test
  void aForbiddenLeftTurnIsNotTaken() throws IOException {
    List<Restriction> forbidden =
        SMALL.restrictions().stream().filter(r -> r.type().equals("no_left_turn")).toList();
    assertFalse(forbidden.isEmpty());
    for (Restriction restriction : forbidden) {
      Coordinate from = at(beside(restriction.from(), restriction.via()));
      Coordinate to = at(beside(restriction.to(), restriction.via()));
      double free = path("car", from, to).get("distance").asDouble();
      double bound = path("car_tc", from, to).get("distance").asDouble();
      assertTrue(bound > free, "%s: %f m, %f m".formatted(restriction, free, bound));
    }
  }

  /** The node of a way next to that at its end. */
  private static int beside(int number, int end) {
    Network network = SMALL.network();
    Way way = network.ways().get(number);
    boolean first = network.node(way.first()) == end;
    assertEquals(end, network.node(first ? way.first() : way.end() - 1));
    return network.node(first ? way.first() + 1 : way.end() - 2);
  }
}
