package dev.weir.chaos.server;

import java.nio.file.Path;
import java.util.List;

/**
 * How a server is to be started.
 *
 * @param map OpenStreetMap extract
 * @param graphDir where the imported map is, or will be
 * @param config text of weir.yaml
 * @param jvmFlags besides those that the launcher gives
 * @param port for callers, 0 for any
 */
public record Plan(Path map, Path graphDir, String config, List<String> jvmFlags, int port) {

  public Plan {
    jvmFlags = List.copyOf(jvmFlags);
  }

  /** The same on a port. */
  Plan at(int wanted) {
    return new Plan(map, graphDir, config, jvmFlags, wanted);
  }
}
