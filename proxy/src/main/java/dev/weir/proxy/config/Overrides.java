package dev.weir.proxy.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says, which goes before the file; {@code null} where it says nothing.
 *
 * @param profiles names of built-in profiles; each replaces what the file says of profiles
 * @param chaos faults on purpose are allowed, whatever the file says
 */
public record Overrides(
    @Nullable Path map,
    @Nullable Path graphDir,
    @Nullable Integer httpPort,
    @Nullable Integer grpcPort,
    @Nullable Integer adminPort,
    @Nullable List<String> profiles,
    boolean chaos) {

  public static final Overrides NONE = new Overrides(null, null, null, null, null, null);

  /** Without faults on purpose. */
  public Overrides(
      @Nullable Path map,
      @Nullable Path graphDir,
      @Nullable Integer httpPort,
      @Nullable Integer grpcPort,
      @Nullable Integer adminPort,
      @Nullable List<String> profiles) {
    this(map, graphDir, httpPort, grpcPort, adminPort, profiles, false);
  }

  /** As a file would say it, by name of key, so that it is checked like a file. */
  Map<String, Tree> trees() {
    Map<String, Tree> trees = new HashMap<>();
    put(trees, EngineKeys.MAP_FILE, map);
    put(trees, EngineKeys.GRAPH_DIR, graphDir);
    put(trees, HttpKeys.PORT, httpPort);
    put(trees, GrpcKeys.PORT, grpcPort);
    put(trees, AdminKeys.PORT, adminPort);
    put(trees, AdminKeys.CHAOS, chaos ? true : null);
    if (profiles != null) {
      trees.put(
          EngineKeys.PROFILES.name(),
          new Tree.Items(profiles.stream().map(Overrides::profile).toList(), 0));
    }
    return trees;
  }

  private static void put(Map<String, Tree> trees, Key<?, ?> key, @Nullable Object value) {
    if (value != null) {
      trees.put(key.name(), new Tree.Leaf(value.toString(), true, 0));
    }
  }

  private static Tree profile(String name) {
    return new Tree.Branch(List.of(), 0)
        .with(ProfileKeys.NAME.name(), new Tree.Leaf(name, true, 0));
  }
}
