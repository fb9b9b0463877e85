package dev.weir.routing.graphhopper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.routing.Coordinate;
import dev.weir.routing.EngineSettings;
import dev.weir.routing.EngineSettings.Caps;
import dev.weir.routing.EngineSettings.Elevation;
import dev.weir.routing.EngineSettings.ProfileSettings;
import dev.weir.routing.EngineStartException;
import dev.weir.routing.Problem;
import dev.weir.routing.Rendered;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.StopSignal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The map of Monaco, an engine on it that all tests share, and queries on it. */
final class Monaco {

  static final Path MAP = Path.of(System.getProperty("weir.test.monaco"));
  static final Coordinate HERMITAGE = new Coordinate(43.7384, 7.4246);
  static final Coordinate STADIUM = new Coordinate(43.7311, 7.4197);
  static final Coordinate LARVOTTO = new Coordinate(43.7469, 7.4330);
  static final Coordinate FAR_AWAY = new Coordinate(0, 0);

  static final Caps CAPS = new Caps(5, 12, 8, 3, 4, 10, 6, 2_000, 1_000, 2_000, 5, 10);

  /** As {@link #CAPS}, with fewer places and rows. */
  static final Caps TIGHT = new Caps(5, 12, 8, 3, 4, 10, 6, 50, 60, 2_000, 5, 10);

  /** Speed and hybrid mode for cars, turn costs for another, tight caps for two. */
  private static final EngineSettings SETTINGS =
      settings(
          directory(),
          profile("car", true, true),
          new ProfileSettings("car_tc", List.of("car.json"), true, 60, true, false, Caps.DEFAULT),
          profile("bike", false, true),
          profile("foot", false, false),
          new ProfileSettings("capped", List.of("car.json"), false, -1, true, true, CAPS),
          new ProfileSettings("tight", List.of("foot.json"), false, -1, false, false, TIGHT));

  private static @Nullable GraphHopperEngine shared;
  private static GraphStart.@Nullable Started bare;

  private Monaco() {}

  static synchronized GraphHopperEngine engine() {
    if (shared == null) {
      shared = open(SETTINGS);
    }
    return shared;
  }

  /** The same graph without the engine around it. */
  static synchronized GraphStart.Started bare() {
    if (bare == null) {
      engine();
      try {
        bare = new GraphStart(SETTINGS, _ -> {}).start();
      } catch (EngineStartException e) {
        throw new AssertionError(e);
      }
    }
    return bare;
  }

  static ProfileSettings profile(String name, boolean speedMode, boolean hybridMode) {
    return new ProfileSettings(
        name, List.of(name + ".json"), false, -1, speedMode, hybridMode, Caps.DEFAULT);
  }

  static EngineSettings settings(Path graphDir, ProfileSettings... profiles) {
    return settings(MAP, graphDir, profiles);
  }

  static EngineSettings settings(Path map, Path graphDir, ProfileSettings... profiles) {
    return new EngineSettings(
        map,
        graphDir,
        List.of(profiles),
        List.of("surface", "max_speed"),
        200,
        List.of("tunnel", "bridge", "ferry"),
        Elevation.NONE,
        false,
        1_000_000);
  }

  static GraphHopperEngine open(EngineSettings settings) {
    try {
      return GraphHopperEngine.open(settings, _ -> {}, System::nanoTime);
    } catch (EngineStartException e) {
      throw new AssertionError(e);
    }
  }

  /** Made anew by every run: the graph of an earlier one may come from other code. */
  private static Path directory() {
    Path graphs = MAP.resolveSibling("graph");
    try {
      if (Files.exists(graphs)) {
        try (Stream<Path> files = Files.walk(graphs)) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
      return graphs;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static RouteQuery.Isochrone isochrone(String profile, Coordinate point, long seconds) {
    return new RouteQuery.Isochrone(
        profile, point, 1, false, seconds, -1, -1, RouteQuery.Json.USUAL, 0, false, Map.of());
  }

  static RouteOutcome compute(RouteDraft query) {
    return engine().compute(query.build(), StopSignal.NEVER);
  }

  static Rendered answer(RouteQuery query) {
    return answer(engine().compute(query, StopSignal.NEVER));
  }

  static Rendered answer(RouteOutcome outcome) {
    if (outcome instanceof RouteOutcome.Found(Rendered rendered, long _)) {
      return rendered;
    }
    throw new AssertionError("Not found but " + outcome);
  }

  static String text(Rendered answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  static JsonNode json(Rendered answer) {
    try {
      return new ObjectMapper().readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static JsonNode json(RouteDraft query) {
    return json(query.build());
  }

  static Problem problem(RouteDraft query) {
    return problem(query.build());
  }

  static JsonNode json(RouteQuery query) {
    return json(answer(query));
  }

  /** What the engine finds wrong with a query. */
  static Problem problem(RouteQuery query) {
    return problem(engine().compute(query, StopSignal.NEVER));
  }

  static Problem problem(RouteOutcome outcome) {
    return switch (outcome) {
      case RouteOutcome.NotFound(Problem problem, long _) -> problem;
      case RouteOutcome.OutOfBounds(Problem problem) -> problem;
      case RouteOutcome.BadRequest(Problem problem, long _) -> problem;
      default -> throw new AssertionError("No problem but " + outcome);
    };
  }
}
