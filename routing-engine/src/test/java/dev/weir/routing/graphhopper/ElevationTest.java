package dev.weir.routing.graphhopper;

import static dev.weir.routing.graphhopper.RouteDraft.route;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.routing.Coordinate;
import dev.weir.routing.EngineSettings;
import dev.weir.routing.EngineSettings.Caps;
import dev.weir.routing.EngineSettings.Elevation;
import dev.weir.routing.EngineSettings.ProfileSettings;
import dev.weir.routing.EngineStartException;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.StopSignal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ElevationTest {

  private static final Coordinate LOW = new Coordinate(43.7001, 7.4001);
  private static final Coordinate HIGH = new Coordinate(43.7079, 7.4110);

  @TempDir Path temporary;
  private final List<String> progress = new ArrayList<>();

  @Test
  void risesWithTheTilesAndAllowsRulesOnSlopes() throws IOException, EngineStartException {
    Path tiles = Files.createDirectory(temporary.resolve("tiles"));
    writeTile(tiles.resolve("N43E007.hgt.gz"));

    try (GraphHopperEngine engine = open("skadi", tiles, "bike.json", "bike_elevation.json")) {
      JsonNode path =
          Monaco.json(
                  Monaco.answer(
                      engine.compute(
                          route("p", LOW, HIGH).elevation().plainPoints().build(),
                          StopSignal.NEVER)))
              .at("/paths/0");
      assertTrue(path.get("ascend").asDouble() > 10, path.toString());
      assertEquals(3, path.at("/points/coordinates/0").size());
      JsonNode place =
          Monaco.json(
              Monaco.answer(engine.compute(new RouteQuery.Nearest(LOW, true), StopSignal.NEVER)));
      assertEquals(3, place.get("coordinates").size());
      assertTrue(Monaco.json(engine.info()).get("elevation").asBoolean());
    }
    try (var files = Files.list(tiles)) {
      assertEquals(1, files.count(), "nothing is written beside the tiles");
    }
  }

  @Test
  void tellsOfMissingTilesAndNeverFetchesOne() throws IOException, EngineStartException {
    Path tiles = Files.createDirectory(temporary.resolve("tiles"));

    open("skadi", tiles, "car.json").close();

    assertEquals(
        1,
        progress.stream().filter(line -> line.startsWith("no elevation tile " + tiles)).count(),
        progress.toString());
  }

  @Test
  void tellsThatAProviderOrItsTilesAreMissing() {
    assertEquals(
        "There is no elevation provider 'moon'; choose one of hgt, srtm, srtmgl1, skadi, cgiar,"
            + " gmted, multi",
        fails("moon", temporary));
    assertEquals(
        "Elevation from 'srtm' needs a directory of tiles, and null is none", fails("srtm", null));
  }

  /** A slope that rises by 3000 m from south to north: rows of a tile run from north to south. */
  private static void writeTile(Path file) throws IOException {
    int side = 101;
    ByteBuffer heights = ByteBuffer.allocate(side * side * 2);
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        heights.putShort((short) ((side - 1 - row) * 30));
      }
    }
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(heights.array());
    }
  }

  private String fails(String provider, @Nullable Path tiles) {
    return String.valueOf(
        assertThrows(EngineStartException.class, () -> open(provider, tiles, "car.json"))
            .getMessage());
  }

  private GraphHopperEngine open(String provider, @Nullable Path tiles, String... models)
      throws EngineStartException {
    try {
      return GraphHopperEngine.open(
          new EngineSettings(
              TinyMap.osmGz(temporary.resolve("town.osm.gz")),
              temporary.resolve("graphs"),
              List.of(
                  new ProfileSettings("p", List.of(models), false, -1, false, false, Caps.DEFAULT)),
              List.of(),
              0,
              List.of(),
              new Elevation(provider, tiles),
              false,
              100_000),
          progress::add,
          System::nanoTime);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
