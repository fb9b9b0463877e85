package dev.weir.benchmarks.load;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Where the build puts what a run needs, seen from this module's own jar or classes. */
public final class Places {
  private final Path target;

  public Places() {
    try {
      var source = Places.class.getProtectionDomain().getCodeSource();
      Path code = Path.of(source.getLocation().toURI());
      target = Objects.requireNonNull(code.getParent());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The stock server, copied by the build. */
  public Path stockJar() throws IOException {
    return existing(target.resolve("stock/graphhopper-web.jar"), "the build");
  }

  /** Weir, as the build lays it out. */
  public Path weirJar() throws IOException {
    return existing(beside("proxy/target/weir/weir.jar"), "the build");
  }

  /** The default map, as the build unpacks it. */
  public Path monaco() throws IOException {
    List<Path> candidates =
        List.of(
            beside("proxy/target/map/monaco-latest.osm.pbf"),
            beside("routing-engine/target/map/monaco-latest.osm.pbf"));
    return candidates.stream()
        .filter(Files::isReadable)
        .findFirst()
        .orElseThrow(() -> new IOException("no Monaco map built, name one with --map"));
  }

  /** For configurations, graphs and logs of the servers. */
  public Path workDirectory() throws IOException {
    return Files.createDirectories(target.resolve("versus"));
  }

  public Path report(String name) {
    return target.resolve(name);
  }

  /**
   * The path itself.
   *
   * @throws IOException if there is no readable file
   */
  public static Path existing(Path path, String origin) throws IOException {
    if (!Files.isReadable(path) || Files.isDirectory(path)) {
      throw new IOException("cannot read " + path + " (" + origin + ")");
    }
    return path;
  }

  private Path beside(String path) {
    return target.resolve("../..").resolve(path).normalize();
  }
}
