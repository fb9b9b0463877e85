package dev.weir.proxy.config;

import dev.weir.routing.EngineSettings;
import dev.weir.routing.EngineSettings.Elevation;
import dev.weir.routing.EngineSettings.ProfileSettings;
import dev.weir.routing.InvalidSetting;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** The keys below {@code map} and {@code engine}. */
final class EngineKeys {

  private static final Path NONE = Path.of("");

  static final Key<Settings, Path> MAP_FILE =
      key(
          "map.file",
          Forms.path(),
          NONE,
          "The OpenStreetMap extract: .osm.pbf, .osm or .osm.gz. Paths are relative to where weir"
              + " is started.",
          EngineSettings::map);

  static final Key<Settings, Path> GRAPH_DIR =
      key(
          "map.graph-dir",
          Forms.path(),
          NONE,
          "Where the imported map is kept for the next start; empty for .weir/graphs/ and the name"
              + " of the map.",
          EngineSettings::graphDir);

  static final Key<Settings, List<ProfileSettings>> PROFILES =
      key(
          "engine.profiles",
          Forms.list("profiles", new Form.Group<>(ProfileKeys.SCHEMA)),
          List.of(ProfileKeys.CAR),
          "The profiles that callers may ask for, the default one first.",
          EngineSettings::profiles);

  private static final Key<Settings, List<String>> ENCODED_VALUES =
      key(
          "engine.encoded-values",
          Forms.words("names"),
          List.of(),
          "Encoded values to store beyond those that the profiles need, for custom models and path"
              + " details.",
          EngineSettings::encodedValues);

  private static final Key<Settings, Integer> MIN_NETWORK_SIZE =
      key(
          "engine.min-network-size",
          Forms.whole(0, 1_000_000),
          200,
          "Islands of the road network with fewer nodes are not routed to.",
          EngineSettings::minNetworkSize);

  private static final Key<Settings, List<String>> SNAP_PREVENTIONS =
      key(
          "engine.snap-preventions",
          Forms.words("kinds of road", "motorway", "trunk", "ferry", "tunnel", "bridge", "ford"),
          List.of(),
          "Roads that points are not snapped to where a request does not say.",
          EngineSettings::snapPreventions);

  private static final Key<Settings, String> ELEVATION_PROVIDER =
      key(
          "engine.elevation.provider",
          Forms.oneOf("", "cgiar", "gmted", "hgt", "multi", "skadi", "srtm", "srtmgl1"),
          "",
          "Where elevation comes from, by GraphHopper's name of it; empty for a flat map.",
          engine -> Objects.requireNonNullElse(engine.elevation().provider(), ""));

  private static final Key<Settings, Path> ELEVATION_TILES =
      key(
          "engine.elevation.tiles",
          Forms.path(),
          NONE,
          "Directory of elevation tiles; empty for GraphHopper's own choice.",
          engine -> Objects.requireNonNullElse(engine.elevation().tiles(), NONE));

  private static final Key<Settings, Boolean> MEMORY_MAPPED =
      key(
          "engine.memory-mapped",
          Forms.flag(),
          false,
          "Keep the graph in memory-mapped files instead of on the heap: slower, for large maps.",
          EngineSettings::memoryMapped);

  private static final Key<Settings, Integer> MAX_VISITED_NODES =
      key(
          "engine.max-visited-nodes",
          Forms.whole(1, Integer.MAX_VALUE),
          Integer.MAX_VALUE,
          "Nodes that one search may visit; the deadline bounds searches anyway.",
          EngineSettings::maxVisitedNodes);

  static final List<Key<Settings, ?>> ALL =
      List.of(
          MAP_FILE,
          GRAPH_DIR,
          PROFILES,
          ENCODED_VALUES,
          MIN_NETWORK_SIZE,
          SNAP_PREVENTIONS,
          ELEVATION_PROVIDER,
          ELEVATION_TILES,
          MEMORY_MAPPED,
          MAX_VISITED_NODES);

  private EngineKeys() {}

  private static <T> Key<Settings, T> key(
      String name, Form<T> form, T standard, String sentence, Function<EngineSettings, T> of) {
    return new Key<>(name, form, standard, sentence, settings -> of.apply(settings.engine()));
  }

  static EngineSettings make(Values values) {
    return new EngineSettings(
        values.get(MAP_FILE),
        values.get(GRAPH_DIR),
        values.get(PROFILES),
        values.get(ENCODED_VALUES),
        values.get(MIN_NETWORK_SIZE),
        values.get(SNAP_PREVENTIONS),
        elevation(values),
        values.get(MEMORY_MAPPED),
        values.get(MAX_VISITED_NODES));
  }

  /** Fails if no map was named. */
  static Path checkMap(Values values) {
    Path map = values.get(MAP_FILE);
    if (map.equals(NONE)) {
      throw new InvalidSetting(MAP_FILE.name(), "is not set: name a map there or with --map FILE");
    }
    return map;
  }

  private static Elevation elevation(Values values) {
    String provider = values.get(ELEVATION_PROVIDER);
    Path tiles = values.get(ELEVATION_TILES);
    return new Elevation(provider.isEmpty() ? null : provider, tiles.equals(NONE) ? null : tiles);
  }
}
