package dev.weir.routing.graphhopper;

import dev.weir.routing.EngineStartException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The directory an operator gave for the graph. A graph lies in it as a whole or not at all: it is
 * built under another name and renamed when it is complete and on disk. Both names are inside of
 * the directory, so that it may be a mount point. What was built once is never removed from here;
 * what an import left behind unfinished is.
 */
final class GraphDirectory {

  private static final String GRAPH = "graph";
  private static final String UNFINISHED = "import";
  private static final String LOCK = "lock";

  /** Besides, what the server keeps here, also while it is written, and what a file system has. */
  private static final Set<String> OURS =
      Set.of(GRAPH, UNFINISHED, LOCK, "costs", "costs.new", "quotas", "quotas.new", "lost+found");

  private final Path path;

  GraphDirectory(Path path) {
    this.path = path;
  }

  Path graph() {
    return path.resolve(GRAPH);
  }

  boolean hasGraph() {
    return Files.isDirectory(graph());
  }

  String rebuildAdvice() {
    return "remove it with `rm -r %s` to have it built anew, or choose another --graph-dir"
        .formatted(path);
  }

  void requireSame(Fingerprint wanted) throws EngineStartException {
    List<String> differences;
    try {
      differences = Fingerprint.read(graph()).differences(wanted);
    } catch (IOException e) {
      throw new EngineStartException(
          "The graph in %s does not say what it was made from: %s".formatted(path, rebuildAdvice()),
          e);
    }
    if (!differences.isEmpty()) {
      throw new EngineStartException(
          "The graph in %s was made from something else, it differs in %s: %s"
              .formatted(path, String.join(" and ", differences), rebuildAdvice()));
    }
  }

  long graphBytes() throws EngineStartException {
    try (Stream<Path> files = Files.walk(graph())) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Fills a directory with a graph. */
  interface Build {
    void into(Path unfinished) throws EngineStartException, IOException;
  }

  /**
   * Has a graph built, unless another process finishes one first.
   *
   * @return whether it was built here
   * @throws EngineStartException if the directory is not ours, cannot be written, or another
   *     process is at it; or what {@code build} throws
   */
  boolean build(Build build) throws EngineStartException {
    try {
      Files.createDirectories(path);
      requireOurs();
      try (FileChannel channel =
              FileChannel.open(
                  path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = lock(channel)) {
        if (!lock.isValid() || hasGraph()) {
          return false;
        }
        buildLocked(build);
        return true;
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void buildLocked(Build build) throws EngineStartException, IOException {
    Path unfinished = path.resolve(UNFINISHED);
    remove(unfinished);
    Files.createDirectory(unfinished);
    try {
      build.into(unfinished);
      force(unfinished);
      Files.move(unfinished, graph(), StandardCopyOption.ATOMIC_MOVE);
    } catch (EngineStartException | IOException e) {
      try {
        remove(unfinished);
      } catch (IOException left) {
        e.addSuppressed(left); // The next start removes it.
      }
      throw e;
    }
  }

  private void requireOurs() throws EngineStartException, IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      for (Path entry : entries) {
        if (!OURS.contains(entry.getFileName().toString())) {
          throw new EngineStartException(
              "%s holds other files (%s): choose another --graph-dir"
                  .formatted(path, entry.getFileName()));
        }
      }
    }
  }

  private FileLock lock(FileChannel channel) throws EngineStartException, IOException {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      throw new EngineStartException(
          "Another process is importing into %s: wait for it, or choose another --graph-dir"
              .formatted(path));
    }
    return lock;
  }

  /** Brings every file to disk, so that a graph that has its name survives a loss of power. */
  private static void force(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
      }
    }
  }

  private static void remove(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private EngineStartException failed(IOException e) {
    return new EngineStartException(
        "The graph directory %s cannot be used: %s %s"
            .formatted(path, e.getClass().getSimpleName(), OneLine.of(e)),
        e);
  }
}
