package dev.weir.routing.graphhopper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.routing.Coordinate;
import dev.weir.routing.EngineSettings;
import dev.weir.routing.EngineSettings.Caps;
import dev.weir.routing.EngineSettings.Elevation;
import dev.weir.routing.EngineSettings.ProfileSettings;
import dev.weir.routing.EngineStartException;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.StopSignal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GraphStartTest {

  private static final ProfileSettings CAR = profile("car", "car.json");
  private static final Coordinate FROM = new Coordinate(43.7001, 7.4001);
  private static final Coordinate TO = new Coordinate(43.7079, 7.4110);

  @TempDir Path temporary;
  private Path map;
  private Path graphs;
  private final List<String> progress = new ArrayList<>();

  @BeforeEach
  void makeMap() throws IOException {
    map = TinyMap.osmGz(temporary.resolve("town.osm.gz"));
    graphs = temporary.resolve("graphs");
  }

  @Test
  void importsOnceAndReusesTheGraphAfterwards() throws EngineStartException {
    open(settings(map, CAR)).close();
    assertTrue(progress.toString().contains("reading the map"), progress.toString());
    assertTrue(
        progress.toString().matches(".*, \\d+ nodes and \\d+ edges; .*"), progress.toString());
    assertTrue(
        progress.toString().contains("preparing speed mode for profile car"), progress.toString());

    progress.clear();
    try (GraphHopperEngine engine = open(settings(map, CAR))) {
      assertEquals(List.of("loading the graph in " + graphs), progress);
      assertRoutes(engine, "car");
    }
  }

  @Test
  void importsForAServerThatStartsLater() throws EngineStartException, IOException {
    ImportedGraph imported = GraphHopperEngine.importMap(settings(map, CAR), progress::add);
    assertTrue(imported.built());
    assertEquals(fileBytes(graphs.resolve("graph")), imported.bytes());
    assertFalse(progress.toString().contains("loading the graph"), progress.toString());

    progress.clear();
    assertEquals(
        new ImportedGraph(imported.bytes(), false),
        GraphHopperEngine.importMap(settings(map, CAR), progress::add));
    try (GraphHopperEngine engine = open(settings(map, CAR))) {
      assertEquals(List.of("loading the graph in " + graphs), progress);
      assertRoutes(engine, "car");
    }
    assertThrows(
        EngineStartException.class,
        () -> GraphHopperEngine.importMap(settings(map, profile("foot", "foot.json")), _ -> {}));
  }

  private static long fileBytes(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  @Test
  void importsBesideWhatAServerHasLeft() throws EngineStartException, IOException {
    Files.createDirectories(graphs);
    for (String left : List.of("costs", "costs.new", "quotas", "quotas.new", "lock")) {
      Files.writeString(graphs.resolve(left), "");
    }
    assertTrue(GraphHopperEngine.importMap(settings(map, CAR), _ -> {}).built());
  }

  @Test
  void readsPlainXmlToo() throws EngineStartException, IOException {
    try (GraphHopperEngine engine =
        open(settings(TinyMap.osm(temporary.resolve("town.osm")), CAR))) {
      assertRoutes(engine, "car");
    }
  }

  @Test
  void keepsTheGraphInMappedFilesIfWished() throws EngineStartException {
    EngineSettings settings = settings(map, CAR);
    EngineSettings mapped =
        new EngineSettings(
            settings.map(),
            settings.graphDir(),
            settings.profiles(),
            settings.encodedValues(),
            settings.minNetworkSize(),
            settings.snapPreventions(),
            settings.elevation(),
            true,
            settings.maxVisitedNodes());
    open(mapped).close();
    try (GraphHopperEngine engine = open(mapped)) {
      assertRoutes(engine, "car");
    }
  }

  @Test
  void loadsFromADirectoryThatMayOnlyBeRead() throws EngineStartException {
    open(settings(map, CAR)).close();
    assertTrue(graphs.resolve("graph").toFile().setWritable(false));
    assertTrue(graphs.toFile().setWritable(false));

    try (GraphHopperEngine engine = open(settings(map, CAR))) {
      assertRoutes(engine, "car");
    } finally {
      assertTrue(graphs.toFile().setWritable(true));
      assertTrue(graphs.resolve("graph").toFile().setWritable(true));
    }
  }

  @Test
  void refusesTheGraphOfAnotherMapAndSaysHowToRebuild() throws EngineStartException, IOException {
    open(settings(map, CAR)).close();
    Path other = TinyMap.osm(temporary.resolve("other.osm"));

    String message = fails(settings(other, CAR));

    assertTrue(message.contains("it differs in map (the graph has town.osm.gz"), message);
    assertTrue(message.contains("you ask for other.osm"), message);
    assertTrue(message.contains("`rm -r " + graphs + "`"), message);
    assertTrue(message.contains("--graph-dir"), message);
    assertTrue(Files.exists(graphs.resolve("graph")), "nothing is deleted");
  }

  @Test
  void refusesTheGraphOfAMapThatChangedUnderItsName() throws EngineStartException, IOException {
    open(settings(map, CAR)).close();
    TinyMap.osm(map);

    assertTrue(fails(settings(map, CAR)).contains("it differs in map"));
  }

  @Test
  void refusesTheGraphOfOtherProfiles() throws EngineStartException {
    open(settings(map, CAR)).close();

    assertTrue(
        fails(settings(map, CAR, profile("foot", "foot.json"))).contains("differs in profiles"));
    String changed =
        fails(
            settings(
                map,
                new ProfileSettings(
                    "car", List.of("car.json"), true, 40, true, false, Caps.DEFAULT)));
    assertTrue(changed.contains("differs in profile 'car'"), changed);
    assertTrue(changed.contains("you ask for car.json, turn costs 40 s"), changed);
  }

  @Test
  void noticesThatACustomModelChanged() throws EngineStartException, IOException {
    Path model = temporary.resolve("slow.json");
    Files.writeString(model, "// mine\n{\"speed\": [{\"if\": \"true\", \"limit_to\": \"20\"}]}");
    ProfileSettings slow = profile("slow", model.toString());
    try (GraphHopperEngine engine = open(settings(map, slow))) {
      assertRoutes(engine, "slow");
    }

    Files.writeString(model, "{\"speed\": [{\"if\": \"true\", \"limit_to\": \"30\"}]}");
    assertTrue(fails(settings(map, slow)).contains("differs in profile 'slow'"));
  }

  @Test
  void doesNotTakeAnUnfinishedImportForAGraph() throws EngineStartException, IOException {
    Files.createDirectories(graphs.resolve("import"));
    Files.writeString(graphs.resolve("import/properties"), "half written");

    try (GraphHopperEngine engine = open(settings(map, CAR))) {
      assertRoutes(engine, "car");
    }
    assertFalse(Files.exists(graphs.resolve("import")));
  }

  @Test
  void letsOnlyOneProcessImport() throws IOException {
    Files.createDirectories(graphs);
    try (FileChannel channel =
            FileChannel.open(
                graphs.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      assertTrue(lock.isValid());
      assertEquals(
          "Another process is importing into %s: wait for it, or choose another --graph-dir"
              .formatted(graphs),
          fails(settings(map, CAR)));
    }
  }

  @Test
  void leavesOtherPeoplesFilesAlone() throws IOException {
    Files.createDirectories(graphs);
    Files.writeString(graphs.resolve("thesis.txt"), "my only copy");

    assertEquals(
        graphs + " holds other files (thesis.txt): choose another --graph-dir",
        fails(settings(map, CAR)));
    assertEquals("my only copy", Files.readString(graphs.resolve("thesis.txt")));
  }

  @Test
  void refusesAGraphThatIsDamaged() throws EngineStartException, IOException {
    open(settings(map, CAR)).close();
    Files.write(graphs.resolve("graph/edges"), new byte[10]);

    String message = fails(settings(map, CAR));
    assertTrue(message.startsWith("The graph in " + graphs + " cannot be loaded ("), message);
    assertTrue(message.contains("rm -r"), message);
  }

  @Test
  void tellsWhatIsWrongWithAMap() throws IOException {
    assertEquals(
        "The map %s/none.osm.pbf does not exist".formatted(temporary),
        fails(settings(temporary.resolve("none.osm.pbf"), CAR)));
    assertEquals("The map %s is not a file".formatted(temporary), fails(settings(temporary, CAR)));
    assertEquals(
        "The map %s/empty.osm is empty".formatted(temporary),
        fails(settings(Files.createFile(temporary.resolve("empty.osm")), CAR)));
  }

  @Test
  void tellsThatAMapIsDamaged() throws IOException {
    byte[] gz = Files.readAllBytes(map);
    byte[] pbf = Files.readAllBytes(Monaco.MAP);
    damaged("cut.osm.gz", Arrays.copyOf(gz, gz.length / 2));
    damaged("cut.osm.pbf", Arrays.copyOf(pbf, pbf.length / 2));
    damaged("head.osm.pbf", Arrays.copyOf(pbf, 100));
    damaged("text.osm.pbf", "this is not a map".getBytes(StandardCharsets.UTF_8));
    damaged("text.osm", "this is not a map".getBytes(StandardCharsets.UTF_8));
    damaged("html.osm", "<html></html>".getBytes(StandardCharsets.UTF_8));
    damaged("void.osm", "<osm></osm>".getBytes(StandardCharsets.UTF_8));
    byte[] flipped = pbf.clone();
    Arrays.fill(flipped, 5_000, 9_000, (byte) 7);
    damaged("flipped.osm.pbf", flipped);
  }

  private void damaged(String name, byte[] content) throws IOException {
    Path file = Files.write(temporary.resolve(name), content);
    String message = fails(settings(file, CAR));
    assertTrue(
        message.startsWith(
            "The map %s cannot be imported, is it a complete .osm.pbf, .osm or .osm.gz? ("
                .formatted(file)),
        message);
    assertFalse(Files.exists(graphs.resolve("graph")), name);
    assertFalse(Files.exists(graphs.resolve("import")), name);
  }

  @Test
  void tellsThatACustomModelIsUnknownOrWrong() throws IOException {
    assertEquals(
        "The custom model rocket.json of profile 'car' is neither one that GraphHopper ships nor a"
            + " file that can be read",
        fails(settings(map, profile("car", "rocket.json"))));
    Path broken = Files.writeString(temporary.resolve("broken.json"), "{\"speed\": 7}");
    assertTrue(
        fails(settings(map, profile("car", broken.toString())))
            .startsWith("The custom model %s of profile 'car' is not valid: ".formatted(broken)));
    Path unknown =
        Files.writeString(
            temporary.resolve("unknown.json"),
            "{\"priority\": [{\"if\": \"warp > 3\", \"multiply_by\": \"9\"}]}");
    assertEquals(
        "Profile 'car': Cannot compile expression: priority entry invalid condition \"warp > 3\":"
            + " 'warp' not available",
        fails(settings(map, profile("car", "car.json", unknown.toString()))));
  }

  @Test
  void tellsThatAnEncodedValueIsUnknown() {
    EngineSettings settings = settings(map, CAR);
    assertEquals(
        "There is no encoded value 'colour'",
        fails(
            new EngineSettings(
                map,
                graphs,
                settings.profiles(),
                List.of("colour"),
                0,
                List.of(),
                Elevation.NONE,
                false,
                1000)));
  }

  @Test
  void tellsThatAModelNeedsElevation() {
    assertEquals(
        "Profile 'bike' uses average_slope, which needs elevation: set a provider and its tiles, or"
            + " choose another custom model",
        fails(settings(map, profile("bike", "bike.json", "bike_elevation.json"))));
  }

  @Test
  void tellsThatThereIsTooLittleHeap() throws EngineStartException {
    MapFile germany = new MapFile(Path.of("germany.osm.pbf"), 4L << 30);
    long needed = HeapNeed.toImport(germany, settings(map, CAR));
    EngineStartException refused =
        assertThrows(
            EngineStartException.class,
            () -> HeapNeed.require(needed, 1L << 30, "importing the map germany.osm.pbf"));

    assertTrue(needed > 4L << 30, "more than the file");
    String message = String.valueOf(refused.getMessage());
    assertTrue(
        message.startsWith("Too little memory for importing the map germany.osm.pbf: it takes"),
        message);
    assertTrue(
        message.matches(".* there are 1024 MB; start with WEIR_JAVA_OPTS=-Xmx\\d+m"), message);
    HeapNeed.require(needed, 16L << 30, "importing the map");
  }

  @Test
  void knowsAnExhaustedHeapHoweverDeepItIsWrapped() {
    assertTrue(
        StartFailure.isOutOfMemory(
            new IllegalStateException(new RuntimeException(new OutOfMemoryError()))));
    assertFalse(StartFailure.isOutOfMemory(new IllegalStateException()));
  }

  private static void assertRoutes(GraphHopperEngine engine, String profile) {
    assertInstanceOf(
        RouteOutcome.Found.class,
        engine.compute(RouteDraft.route(profile, FROM, TO).build(), StopSignal.NEVER));
  }

  private GraphHopperEngine open(EngineSettings settings) throws EngineStartException {
    return GraphHopperEngine.open(settings, progress::add, System::nanoTime);
  }

  /** The one line with which a start fails. */
  private String fails(EngineSettings settings) {
    String message =
        String.valueOf(assertThrows(EngineStartException.class, () -> open(settings)).getMessage());
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  private EngineSettings settings(Path file, ProfileSettings... profiles) {
    return new EngineSettings(
        file, graphs, List.of(profiles), List.of(), 0, List.of(), Elevation.NONE, false, 100_000);
  }

  private static ProfileSettings profile(String name, String... models) {
    return new ProfileSettings(name, List.of(models), false, -1, true, false, Caps.DEFAULT);
  }
}
