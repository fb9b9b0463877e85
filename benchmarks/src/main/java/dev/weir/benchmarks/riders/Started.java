package dev.weir.benchmarks.riders;

import dev.weir.benchmarks.load.Contender;
import dev.weir.benchmarks.load.Places;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of commands that start servers. Filled by picocli, then read only. */
public final class Started {
  /** A city's graph, ten thousand connections, and no more than what they need. */
  private static final String JVM_OPTIONS = "-Xms1g -Xmx1g " + Contender.JVM_OPTIONS;

  @Option(names = "--map", description = "OpenStreetMap extract; Monaco if not given.")
  private @Nullable Path map;

  @Option(names = "--weir-jar", description = "Default: the one built beside this.")
  private @Nullable Path jar;

  @Option(
      names = "--jvm-options",
      split = " ",
      defaultValue = JVM_OPTIONS,
      description = "For every server that is started (${DEFAULT-VALUE}).")
  private List<String> jvmOptions = List.of();

  private final Places places = new Places();

  /** What all servers have in common. */
  public Contender.Ground common() throws IOException {
    return new Contender.Ground(extract().toAbsolutePath(), places.workDirectory(), jvmOptions);
  }

  private Path extract() throws IOException {
    return map == null ? places.monaco() : Places.existing(map, "--map");
  }

  /** Its file's name, for reports. */
  public String mapName() throws IOException {
    return String.valueOf(extract().getFileName());
  }

  /** The server to start. */
  public Path weirJar() throws IOException {
    return jar == null ? places.weirJar() : Places.existing(jar, "--weir-jar");
  }

  Path stockJar() throws IOException {
    return places.stockJar();
  }
}
