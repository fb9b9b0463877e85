package dev.weir.proxy.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where things are when neither the command line nor the file says.
 *
 * @param defaultMap the map to load, {@code null} if one must be named
 * @param state directory for what is made of maps
 */
public record Places(@Nullable Path defaultMap, Path state) {

  /** No default map, and state below the current directory. */
  public static final Places HERE = new Places(null, Path.of(".weir"));

  private static final Pattern MAP_ENDINGS = Pattern.compile("\\.(osm\\.pbf|pbf|osm|osm\\.gz)$");

  /**
   * Fills in what neither says.
   *
   * @param instead what the command line says, by name of key
   * @param document what the file says
   */
  void addTo(Map<String, Tree> instead, Tree document) {
    if (defaultMap != null) {
      addIfUnsaid(EngineKeys.MAP_FILE, defaultMap, instead, document);
    }
    if (said(EngineKeys.MAP_FILE, instead, document) instanceof Tree.Leaf(String map, _, _)) {
      addIfUnsaid(EngineKeys.GRAPH_DIR, graphDirOf(map), instead, document);
    }
  }

  private static void addIfUnsaid(
      Key<?, ?> key, Path value, Map<String, Tree> instead, Tree document) {
    Tree said = said(key, instead, document);
    if (said == null || (said instanceof Tree.Leaf(String text, _, _) && text.isEmpty())) {
      instead.put(key.name(), new Tree.Leaf(value.toString(), true, 0));
    }
  }

  private static @Nullable Tree said(Key<?, ?> key, Map<String, Tree> instead, Tree document) {
    Tree line = instead.get(key.name());
    return line == null ? Tree.at(document, key.name()) : line;
  }

  private Path graphDirOf(String map) {
    int slash = Math.max(map.lastIndexOf('/'), map.lastIndexOf('\\'));
    String name = MAP_ENDINGS.matcher(map.substring(slash + 1)).replaceFirst("");
    return state.resolve("graphs").resolve(name.isEmpty() ? "map" : name);
  }
}
