package dev.weir.chaos.scenario;

import java.nio.file.Path;

/**
 * Where trials take place.
 *
 * @param map OpenStreetMap extract
 * @param directory for graphs and configurations; shared by all trials, so that only the first
 *     imports the map
 * @param seed of everything that is drawn by lot
 * @param leniency 1 on a machine that has nothing else to do; elsewhere by how much bounds on time
 *     are longer and bounds on goodput lower. What must never be must never be there either
 */
public record Arena(Path map, Path directory, long seed, int leniency) {

  Path graph() {
    return directory.resolve("graph");
  }
}
