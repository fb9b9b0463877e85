package dev.weir.proxy.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * GraphHopper's own client for JavaScript talks to Weir; what it must find is said in {@code
 * clients/conformance-js}. Skipped without Node.js or where its package cannot be fetched.
 */
final class JavaScriptClientTest {

  private static final int LEAST_NODE = 18;

  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", "routes.test.js", "refusals.test.js");

  @TempDir static Path directory;

  private static Path project;
  private static WeirServer weir;

  @BeforeAll
  static void start() throws Exception {
    project = Path.of(Objects.requireNonNull(System.getProperty("weir.test.clients.target")));
    assumeNode();
    installClient();
    weir = WeirServer.start(directory);
  }

  @AfterAll
  static void stop() {
    if (weir != null) {
      weir.close();
    }
  }

  @Test
  void getsRoutesAndErrorsAndCanReadARefusal() throws Exception {
    Result routes = run("node", "--test", "routes.test.js");
    assertEquals(0, routes.exit(), routes.output());

    weir.openBreaker();
    Result refusals = run("node", "--test", "refusals.test.js");
    assertEquals(0, refusals.exit(), refusals.output());
  }

  private static void assumeNode() throws Exception {
    Files.createDirectories(project);
    String version = runOrSkip("node", "--version").output().strip();
    int major = Integer.parseInt(version.substring(1, version.indexOf('.')));
    Assumptions.assumeTrue(major >= LEAST_NODE, "Node.js " + version + " has no fetch");
  }

  /** Fetches the client unless that was done for the same lock file before. */
  private static void installClient() throws Exception {
    Path source = Path.of(Objects.requireNonNull(System.getProperty("weir.test.clients")));
    Path lock = project.resolve("package-lock.json");
    boolean installed =
        Files.exists(lock)
            && Files.isDirectory(project.resolve("node_modules"))
            && Arrays.equals(
                Files.readAllBytes(lock), Files.readAllBytes(source.resolve("package-lock.json")));
    for (String file : FILES) {
      Files.copy(source.resolve(file), project.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!installed) {
      Result result =
          runOrSkip("npm", "ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund");
      if (result.exit() != 0) {
        Files.delete(lock);
        Assumptions.abort("npm could not fetch the client: " + result.output());
      }
    }
  }

  private static Result runOrSkip(String... command) throws InterruptedException {
    try {
      return run(command);
    } catch (IOException e) {
      return Assumptions.abort("The JavaScript client is not tested: " + e.getMessage());
    }
  }

  private static Result run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true);
    if (weir != null) {
      builder.environment().put("WEIR_URL", "http://127.0.0.1:" + weir.port());
    }
    Process process = builder.start();
    process.getOutputStream().close();
    CompletableFuture<String> output =
        CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return new Result(process.waitFor(), output.join());
  }

  private static String text(InputStream in) {
    try (in) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Result(int exit, String output) {}
}
