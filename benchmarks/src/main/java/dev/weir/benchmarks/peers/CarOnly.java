package dev.weir.benchmarks.peers;

import dev.weir.routing.EngineSettings;
import dev.weir.routing.EngineSettings.Caps;
import dev.weir.routing.EngineSettings.Elevation;
import dev.weir.routing.EngineSettings.ProfileSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An engine of this process: cars, on contraction hierarchies and without. */
public final class CarOnly {

  private CarOnly() {}

  /**
   * Its settings.
   *
   * @param directory where the graph is kept for the next start
   */
  public static EngineSettings settings(Path extract, Path directory) throws IOException {
    Path graphs = Files.createDirectories(directory.resolve("graph-" + extract.getFileName()));
    ProfileSettings car =
        new ProfileSettings("car", List.of("car.json"), false, -1, true, false, Caps.DEFAULT);
    return new EngineSettings(
        extract.toAbsolutePath(),
        graphs,
        List.of(car),
        List.of(),
        200,
        List.of(),
        Elevation.NONE,
        false,
        Integer.MAX_VALUE);
  }
}
