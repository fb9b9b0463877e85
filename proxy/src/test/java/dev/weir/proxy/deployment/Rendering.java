package dev.weir.proxy.deployment;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lints a chart and renders it, once for each file of values. Helm is a library of Go, which
 * handles signals of its own, so this is a process of its own and not part of the JVM of all tests.
 */
final class Rendering {

  /** Exit code where there is no Helm for this machine. */
  static final int NO_HELM = 3;

  /** Written for the chart as a whole. */
  static final String LINT = "lint.txt";

  private Rendering() {}

  /**
   * @param args the chart, and a directory in which {@code NAME.values} becomes {@code
   *     NAME.rendered} or, if Helm refuses it, {@code NAME.refused}
   */
  public static void main(String[] args) throws IOException {
    Path chart = Path.of(args[0]);
    Path directory = Path.of(args[1]);
    try {
      Helm.version().call();
    } catch (IllegalStateException | LinkageError missing) {
      System.err.println(missing);
      System.exit(NO_HELM);
    }
    lint(chart, directory.resolve(LINT));
    try (Stream<Path> files = Files.list(directory)) {
      for (Path values : files.filter(file -> file.toString().endsWith(".values")).toList()) {
        render(chart, values);
      }
    }
  }

  private static void lint(Path chart, Path report) throws IOException {
    LintResult result = new Helm(chart).lint().strict().call();
    List<String> lines = result.isFailed() ? result.getMessages() : List.of();
    Files.write(report, lines);
  }

  private static void render(Path chart, Path values) throws IOException {
    String name = values.toString().replaceFirst("\\.values$", "");
    try {
      String rendered =
          new Helm(chart)
              .template()
              .withName("city")
              .withNamespace("routing")
              .withKubeVersion("1.34.0")
              .withValuesFile(values)
              .call();
      Files.writeString(Path.of(name + ".rendered"), rendered);
    } catch (IllegalStateException refused) {
      Files.writeString(Path.of(name + ".refused"), String.valueOf(refused.getMessage()));
    }
  }
}
