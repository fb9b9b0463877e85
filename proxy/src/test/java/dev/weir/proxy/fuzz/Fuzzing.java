package dev.weir.proxy.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lets Jazzer look for inputs that a target fails on, one target after the other, each in a JVM of
 * its own. What it finds lies in {@code target/fuzz/} as a file, to be kept as a seed once the
 * mistake is repaired. Started by the profile {@code fuzz}; ends with 1 if something was found.
 */
public final class Fuzzing {

  private static final Path SEEDS = Path.of("src/test/fuzz");
  private static final Path FOUND = Path.of("target/fuzz");

  /** Whose branches lead to new inputs: ours, and those of the libraries that read for us. */
  private static final String LOOKED_AT =
      "dev.weir.proxy.**:io.netty.handler.codec.http.**:io.netty.handler.codec.http2.**:com.google.protobuf.util.**"
          + ":com.google.gson.stream.**:com.fasterxml.jackson.core.**:com.nimbusds.**";

  private Fuzzing() {}

  /**
   * @param arguments seconds for each target, and the name of the one that is wished or "all"
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int seconds = Integer.parseInt(arguments[0]);
    List<Target> failed = new ArrayList<>();
    for (Target target : targets(arguments[1])) {
      if (fuzz(target, seconds) != 0) {
        failed.add(target);
      }
    }
    System.out.println(
        failed.isEmpty()
            ? "fuzzing found nothing"
            : "fuzzing found something in " + failed + "; the inputs are in proxy/" + FOUND);
    System.exit(failed.isEmpty() ? 0 : 1);
  }

  private static List<Target> targets(String wished) {
    return wished.equals("all")
        ? List.of(Target.values())
        : List.of(Target.valueOf(wished.toUpperCase(Locale.ROOT)));
  }

  private static int fuzz(Target target, int seconds) throws IOException, InterruptedException {
    Path directory = FOUND.resolve(target.directory());
    Path corpus = directory.resolve("corpus");
    Files.createDirectories(corpus);
    System.out.println("fuzzing " + target + " for " + seconds + " s");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+EnableDynamicAgentLoading",
            "-cp",
            System.getProperty("java.class.path"),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + target.owner().getName(),
            "--instrumentation_includes=" + LOOKED_AT,
            "--custom_hook_includes=" + LOOKED_AT,
            "--reproducer_path=" + directory,
            "-artifact_prefix=" + directory + "/",
            "-max_total_time=" + seconds,
            "-timeout=60",
            "-max_len=8192",
            "-print_final_stats=1",
            corpus.toString(),
            SEEDS.resolve(target.directory()).toString());
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
