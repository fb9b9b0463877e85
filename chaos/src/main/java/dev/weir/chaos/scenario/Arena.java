package dev.weir.chaos.scenario;

import java.nio.file.Path;

/**
 * Where trials take place.
 *
 * @param map OpenStreetMap extract
 * @param directory for graphs and configurations; shared by all trials, so that only the first
 *     imports the map
 * @param seed of everything that is drawn by lot
 */
public record Arena(Path map, Path directory, long seed) {

  Path graph() {
    return directory.resolve("graph");
  }
}
