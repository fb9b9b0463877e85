package dev.weir.proxy.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A package of Node.js that is copied to where it can be built, with what it depends on. */
final class NodeProject {

  private static final int TIMEOUT_SECONDS = 280;

  /** For what it said last, once it has ended. */
  private static final int REST_SECONDS = 60;

  private static final Set<String> NOT_COPIED = Set.of("node_modules", "dist");

  private final Path directory;

  private NodeProject(Path directory) {
    this.directory = directory;
  }

  /** What became of a command. */
  static final class Result {

    private final int exit;
    private final byte[] bytes;

    private Result(int exit, byte[] bytes) {
      this.exit = exit;
      this.bytes = bytes;
    }

    int exit() {
      return exit;
    }

    /** All that it wrote. */
    byte[] bytes() {
      return bytes;
    }

    String output() {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /**
   * Copies a package and fetches what it depends on, unless that was done for the same lock file
   * before. Skips the test, with a sentence, where there is no Node.js or it cannot be fetched.
   *
   * @param leastNode the oldest version of Node.js that will do
   */
  static NodeProject install(Path source, Path target, int leastNode) throws Exception {
    Files.createDirectories(target);
    NodeProject project = new NodeProject(target);
    String version = project.runOrSkip("node", "--version").output().strip();
    int major = Integer.parseInt(version.substring(1, version.indexOf('.')));
    Assumptions.assumeTrue(major >= leastNode, "Node.js " + version + " is too old");
    Path lock = target.resolve("package-lock.json");
    boolean installed =
        Files.exists(lock)
            && Files.isDirectory(target.resolve("node_modules"))
            && Arrays.equals(
                Files.readAllBytes(lock), Files.readAllBytes(source.resolve("package-lock.json")));
    copy(source, target);
    if (!installed) {
      Result result =
          project.runOrSkip(
              "npm", "ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund");
      if (result.exit() != 0) {
        Files.delete(lock);
        Assumptions.abort("npm could not fetch what a client needs: " + result.output());
      }
    }
    return project;
  }

  private static void copy(Path source, Path target) throws IOException {
    try (Stream<Path> entries = Files.list(source)) {
      for (Path entry : (Iterable<Path>) entries::iterator) {
        Path to = target.resolve(entry.getFileName());
        if (Files.isRegularFile(entry)) {
          Files.copy(entry, to, StandardCopyOption.REPLACE_EXISTING);
        } else if (!NOT_COPIED.contains(entry.getFileName().toString())) {
          Files.createDirectories(to);
          copy(entry, to);
        }
      }
    }
  }

  private Result runOrSkip(String... command) throws InterruptedException {
    try {
      return run(Map.of(), command);
    } catch (IOException e) {
      return Assumptions.abort("The client is not tested: " + e.getMessage());
    }
  }

  /** Runs a command in the package's directory. */
  Result run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    return run(environment, new byte[0], command);
  }

  /**
   * @param input what the command reads
   */
  Result run(Map<String, String> environment, byte[] input, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(List.of(command))
            .directory(directory.toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      // On a thread of its own: what a program leaves running may never close its end.
      CompletableFuture<byte[]> output =
          CompletableFuture.supplyAsync(
              () -> readAll(process.getInputStream()),
              task -> Thread.ofPlatform().daemon().start(task));
      try (var in = process.getOutputStream()) {
        in.write(input);
      }
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      int exit = process.waitFor();
      byte[] unknown = "What it left running says more.".getBytes(StandardCharsets.UTF_8);
      return new Result(
          exit, output.completeOnTimeout(unknown, REST_SECONDS, TimeUnit.SECONDS).join());
    } finally {
      process.destroyForcibly();
    }
  }

  private static byte[] readAll(InputStream in) {
    try (in) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
