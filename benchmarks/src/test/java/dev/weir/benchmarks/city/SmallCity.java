package dev.weir.benchmarks.city;

import java.io.IOException;
import java.nio.file.Path;

/** A map for tests of whatever needs an engine. */
public final class SmallCity {
  private SmallCity() {}

  /** Writes it. */
  public static Path write(Path directory) throws IOException {
    Path file = directory.resolve("small.osm.pbf");
    PbfFile.write(City.of(7, City.LEAST_NODES), file);
    return file;
  }
}
