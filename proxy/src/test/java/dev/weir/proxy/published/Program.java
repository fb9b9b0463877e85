package dev.weir.proxy.published;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Programs of the machine that tests run on. */
public final class Program {

  private static final long PATIENCE_SECONDS = 280;

  /** For what it said last, once it has ended. */
  private static final long REST_SECONDS = 60;

  private Program() {}

  /** How a program ended, and all that it said. */
  public record Result(int exit, String output) {}

  /**
   * What a program says of itself. Skips the test where it is missing or does not run.
   *
   * @param arguments with which it says it
   */
  public static String required(String program, String... arguments) throws InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = program;
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    try {
      Result result = run(Path.of("target"), command);
      Assumptions.assumeTrue(
          result.exit() == 0,
          () -> program + " does not run here, so this is not checked: " + result);
      return result.output();
    } catch (IOException missing) {
      Assumptions.abort("There is no " + program + " here, so this is not checked.");
      return "";
    }
  }

  /**
   * Runs it to its end, with nothing to read.
   *
   * @throws IOException if there is no such program
   */
  public static Result run(Path directory, String... command)
      throws IOException, InterruptedException {
    return run(directory, Map.of(), command);
  }

  /**
   * @param environment besides that of the tests
   * @throws IOException if there is no such program
   */
  static Result run(Path directory, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(List.of(command))
            .directory(directory.toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.environment().put("REDOCLY_TELEMETRY", "off");
    builder.environment().put("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      // On a thread of its own: what a program leaves running may never close its end.
      CompletableFuture<String> output =
          CompletableFuture.supplyAsync(
              () -> text(process.getInputStream()),
              task -> Thread.ofPlatform().daemon().start(task));
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      int exit = process.waitFor();
      String unknown = "What it left running says more.";
      return new Result(
          exit, output.completeOnTimeout(unknown, REST_SECONDS, TimeUnit.SECONDS).join());
    } finally {
      process.destroyForcibly();
    }
  }

  private static String text(InputStream in) {
    try (in) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
