package dev.weir.routing.graphhopper;

import dev.weir.routing.EngineSettings;
import dev.weir.routing.EngineSettings.ProfileSettings;
import dev.weir.routing.EngineStartException;
import java.util.Locale;

/**
 * How much heap it takes to import a map or to load a graph, and what to tell an operator who gave
 * less. A guess on the low side: an operator is not to be turned away without need, and who gave
 * too little is told the same when memory runs out.
 */
final class HeapNeed {

  /** What the engine takes with the smallest map; Monaco was imported in 40 MB. */
  private static final long BASE_BYTES = 48L << 20;

  /*
   * Bytes of heap per byte of a .osm.pbf. Not measured beyond a few megabytes: an estimate along what
   * is told of importing countries, about twice the file for one profile with speed mode.
   */
  private static final double PER_MAP_BYTE = 1.0;
  private static final double PER_MAP_BYTE_AND_PROFILE = 0.1;
  private static final double PER_MAP_BYTE_AND_SPEED_MODE = 0.5;
  private static final double PER_MAP_BYTE_AND_HYBRID_MODE = 0.3;

  /** How much larger the same map is as XML, gzipped and plain. */
  private static final double GZIP_XML = 1.7;

  private static final double PLAIN_XML = 18;

  /** A loaded graph on the heap needs room beside it for the searches. */
  private static final double PER_GRAPH_BYTE = 1.1;

  private HeapNeed() {}

  static long toImport(MapFile map, EngineSettings settings) {
    double factor = PER_MAP_BYTE;
    for (ProfileSettings profile : settings.profiles()) {
      factor += PER_MAP_BYTE_AND_PROFILE;
      factor += profile.speedMode() ? PER_MAP_BYTE_AND_SPEED_MODE : 0;
      factor += profile.hybridMode() ? PER_MAP_BYTE_AND_HYBRID_MODE : 0;
    }
    if (settings.memoryMapped()) {
      factor /= 3; // What is left are the tables of the import itself.
    }
    return BASE_BYTES + (long) (map.bytes() / inflation(map) * factor);
  }

  private static double inflation(MapFile map) {
    String name = map.path().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".gz")) {
      return GZIP_XML;
    }
    return name.endsWith(".osm") || name.endsWith(".xml") ? PLAIN_XML : 1;
  }

  static long toLoad(long graphBytes, EngineSettings settings) {
    return BASE_BYTES + (settings.memoryMapped() ? 0 : (long) (graphBytes * PER_GRAPH_BYTE));
  }

  /**
   * @param what has to be done, such as {@code importing the map x}
   */
  static void require(long neededBytes, long maxHeapBytes, String what)
      throws EngineStartException {
    if (neededBytes > maxHeapBytes) {
      throw new EngineStartException(tooLittle(neededBytes, maxHeapBytes, what));
    }
  }

  /** The line for an operator whose heap ran out although the guess had found it enough. */
  static String ranOut(long guessedBytes, long maxHeapBytes, String what) {
    return tooLittle(Math.max(guessedBytes, 2 * maxHeapBytes), maxHeapBytes, what);
  }

  private static String tooLittle(long neededBytes, long maxHeapBytes, String what) {
    long megabytes = (neededBytes + (1 << 20) - 1) >> 20;
    return "Too little memory for %s: it takes about %d MB of heap and there are %d MB; start with"
            .formatted(what, megabytes, maxHeapBytes >> 20)
        + " WEIR_JAVA_OPTS=-Xmx%dm".formatted(megabytes + megabytes / 4);
  }
}
