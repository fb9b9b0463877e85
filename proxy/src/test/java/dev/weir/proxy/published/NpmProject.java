package dev.weir.proxy.published;

import dev.weir.proxy.published.Program.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A project of {@code clients/} with pinned packages of npm, installed below {@code target/}. */
final class NpmProject {

  private final Path directory;

  private NpmProject(Path directory) {
    this.directory = directory;
  }

  /**
   * Copies and installs it, unless that was done for the same lock file before. Skips the test
   * where npm is missing, its packages cannot be fetched, or the program does not run here.
   */
  static NpmProject install(String name, String program) throws IOException, InterruptedException {
    Path source = Path.of("../clients", name);
    NpmProject project = new NpmProject(Path.of("target", name).toAbsolutePath());
    Files.createDirectories(project.directory);
    Path lock = project.directory.resolve("package-lock.json");
    boolean installed =
        Files.exists(lock)
            && Files.isDirectory(project.directory.resolve("node_modules"))
            && Arrays.equals(
                Files.readAllBytes(lock), Files.readAllBytes(source.resolve("package-lock.json")));
    project.copy(source);
    if (!installed) {
      project.fetch(lock);
    }
    Result version = project.runInstalled(program, "--version");
    Assumptions.assumeTrue(
        version.exit() == 0,
        () -> program + " does not run here, so this is not checked: " + version);
    return project;
  }

  private void copy(Path source) throws IOException {
    try (Stream<Path> files = Files.list(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = directory.resolve(file.getFileName());
        Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private void fetch(Path lock) throws IOException, InterruptedException {
    Result result;
    try {
      result = run("npm", "ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund");
    } catch (IOException e) {
      Files.delete(lock);
      Assumptions.abort("There is no npm, so this is not checked: " + e.getMessage());
      return;
    }
    if (result.exit() != 0) {
      Files.delete(lock);
      Assumptions.abort("npm could not fetch the packages, so this is not checked: " + result);
    }
  }

  Path directory() {
    return directory;
  }

  /** Runs a program that the project has installed. */
  Result runInstalled(String program, String... arguments)
      throws IOException, InterruptedException {
    String path = directory.resolve("node_modules/.bin").resolve(program).toString();
    return run(Stream.concat(Stream.of(path), Stream.of(arguments)).toArray(String[]::new));
  }

  private Result run(String... command) throws IOException, InterruptedException {
    return Program.run(directory, command);
  }
}
