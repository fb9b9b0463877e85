package dev.weir.proxy;

import dev.weir.proxy.config.ConfigError;
import dev.weir.proxy.config.Overrides;
import dev.weir.proxy.config.Places;
import dev.weir.proxy.config.Reading;
import dev.weir.proxy.config.SettingsReader;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What each command that is about a map can be told. */
final class SettingsOptions {

  @Option(names = "--map", paramLabel = "FILE", description = "OpenStreetMap extract.")
  private @Nullable Path map;

  @Option(names = "--config", paramLabel = "FILE", description = "Settings, as config/weir.yaml.")
  private @Nullable Path config;

  @Option(names = "--graph-dir", paramLabel = "DIR", description = "Where the imported map is.")
  private @Nullable Path graphDir;

  @Option(names = "--profiles", split = ",", paramLabel = "NAME", description = "What to route.")
  private @Nullable List<String> profiles;

  /** Whether there is a file that can be read again. */
  boolean hasFile() {
    return config != null;
  }

  /** Reads the settings as they are now; the command line goes before the file. */
  Reading read(
      @Nullable Integer httpPort,
      @Nullable Integer grpcPort,
      @Nullable Integer adminPort,
      boolean chaos) {
    Overrides overrides =
        new Overrides(map, graphDir, httpPort, grpcPort, adminPort, profiles, chaos);
    return SettingsReader.read(config, overrides, places());
  }

  /** Where the launcher keeps the default map and what is made of maps. */
  private static Places places() {
    String defaultMap = System.getProperty("weir.default-map");
    return new Places(
        defaultMap == null ? null : Path.of(defaultMap),
        Path.of(System.getProperty("weir.state-dir", ".weir")));
  }

  /** Tells the person at the terminal what is wrong with the settings. Returns the exit code. */
  int complain(List<ConfigError> errors) {
    String where = config == null ? "" : config + ": ";
    errors.forEach(error -> Complaint.print(where + error.sentence()));
    return Complaint.FAILED;
  }
}
