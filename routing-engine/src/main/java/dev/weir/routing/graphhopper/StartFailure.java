package dev.weir.routing.graphhopper;

import dev.weir.routing.EngineStartException;
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

  static EngineStartException ofImport(MapFile map, Throwable fault) {
    return new EngineStartException(
        "The map %s cannot be imported, is it a complete .osm.pbf, .osm or .osm.gz? (%s)"
            .formatted(map.path(), OneLine.of(root(fault))),
        fault);
  }

  private static Throwable root(Throwable fault) {
    Throwable root = fault;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
