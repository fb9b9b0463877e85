package dev.weir.routing.graphhopper;

import dev.weir.routing.EngineStartException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Says in one line why a map could not be imported. */
final class StartFailure {

  private StartFailure() {}

  /** GraphHopper prepares on threads of its own and wraps what happens there. */
  static boolean isOutOfMemory(Throwable fault) {
    for (@Nullable Throwable t = fault; t != null; t = t.getCause()) {
      if (t instanceof OutOfMemoryError) {
        return true;
      }
    }
    return false;
  }

  static EngineStartException ofImport(MapFile map, Path graph, Throwable fault) {
    Throwable root = root(fault);
    if (inStoring(root)) {
      return new EngineStartException(
          "The graph of %s cannot be written to %s (%s)"
              .formatted(map.path(), graph, OneLine.of(root)),
          fault);
    }
    return new EngineStartException(
        "The map %s cannot be imported, is it a complete .osm.pbf, .osm or .osm.gz? (%s)"
            .formatted(map.path(), OneLine.of(root)),
        fault);
  }

  /** GraphHopper says only in a sentence what it was doing. */
  private static boolean inStoring(Throwable root) {
    return root instanceof IOException
        && Arrays.stream(root.getStackTrace())
            .anyMatch(
                frame ->
                    frame.getClassName().startsWith("com.graphhopper.storage.")
                        && frame.getMethodName().equals("flush"));
  }

  private static Throwable root(Throwable fault) {
    Throwable root = fault;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
