package dev.weir.proxy.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.Server;
import dev.weir.proxy.TestSettings;
import dev.weir.proxy.published.Program;
import dev.weir.proxy.published.Program.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code weir import}, from its command line to a server that starts on what it made. */
final class ImportCommandTest {

  @TempDir private Path dir;

  private Path graphs() {
    return dir.resolve("graphs");
  }

  private Result weir(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Path.of("../config/java.flags").toAbsolutePath());
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.weir.proxy.Main"));
    command.add("import");
    command.addAll(List.of(arguments));
    return Program.run(dir, command.toArray(String[]::new));
  }

  private Result monaco(String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--map", TestSettings.map().toString()));
    arguments.addAll(List.of("--graph-dir", graphs().toString()));
    arguments.addAll(List.of(more));
    return weir(arguments.toArray(String[]::new));
  }

  @Test
  void aServerStartsOnWhatItMadeAndNothingIsMadeTwice() throws Exception {
    Result first = monaco();
    assertEquals(0, first.exit(), first.output());
    assertTrue(first.output().contains("reading the map"), first.output());
    assertTrue(
        first
            .output()
            .matches(
                "(?s).*The graph of \\S+monaco\\S+ is in "
                    + graphs()
                    + ": \\d+\\.\\d MB, imported in \\d+\\.\\d s\n"),
        first.output());

    Result second = monaco();
    assertEquals(0, second.exit(), second.output());
    assertEquals(1, second.output().lines().count(), second.output());
    assertTrue(second.output().contains(" is in " + graphs() + " already: "), second.output());

    List<String> progress = new ArrayList<>();
    try (Server server = Server.start(TestSettings.monaco(graphs()), progress::add)) {
      assertTrue(server.httpPort() > 0);
    }
    assertTrue(progress.contains("loading the graph in " + graphs()), progress.toString());
    assertFalse(progress.toString().contains("reading the map"), progress.toString());
  }

  @Test
  void whatTheConfigurationSaysHolds() throws Exception {
    Path config =
        Files.writeString(
            dir.resolve("weir.yaml"),
            "map: {file: \"%s\", graph-dir: \"%s\"}\nengine: {profiles: [{name: foot}]}\n"
                .formatted(TestSettings.map(), graphs()));
    Result result = weir("--config", config.toString());

    assertEquals(0, result.exit(), result.output());
    Result others = monaco("--profiles", "bike");
    assertEquals(1, others.exit());
    assertEquals(1, others.output().lines().count(), others.output());
    assertTrue(others.output().startsWith("weir: The graph in " + graphs()), others.output());
    assertTrue(others.output().contains("differs in profiles"), others.output());
  }

  @Test
  void mistakesAreOneLineEachAndTellByTheirExitCode() throws Exception {
    mistake(2, "Unknown option", "--colour", "red");
    mistake(1, "map.file is not set: name a map there or with --map FILE");
    mistake(1, "The map none.osm.pbf does not exist", "--map", "none.osm.pbf");
    mistake(1, "hovercraft", "--map", TestSettings.map().toString(), "--profiles", "hovercraft");
    Path config = Files.writeString(dir.resolve("bad.yaml"), "http: {port: 99999}\n");
    mistake(1, "bad.yaml: line 1: http.port must be 0 to 65535", "--config", config.toString());
  }

  private void mistake(int exit, String words, String... arguments) throws Exception {
    Result result = weir(arguments);
    assertEquals(exit, result.exit(), result.output());
    assertTrue(result.output().startsWith("weir: "), result.output());
    assertTrue(result.output().contains(words), result.output());
    assertFalse(result.output().contains("\tat "), result.output());
  }

  @Test
  void aDamagedMapLeavesNothing() throws Exception {
    byte[] whole = Files.readAllBytes(TestSettings.map());
    Path half = dir.resolve("half.osm.pbf");
    Files.write(half, Arrays.copyOf(whole, whole.length / 2));
    Result result = weir("--map", half.toString(), "--graph-dir", graphs().toString());

    assertEquals(1, result.exit(), result.output());
    assertTrue(result.output().contains("cannot be imported"), result.output());
    assertFalse(Files.exists(graphs().resolve("graph")));
    assertFalse(Files.exists(graphs().resolve("import")));
  }
}
