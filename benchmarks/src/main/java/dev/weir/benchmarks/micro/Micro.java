package dev.weir.benchmarks.micro;

import dev.weir.benchmarks.load.Places;
import dev.weir.benchmarks.micro.Baseline.Entry;
import dev.weir.benchmarks.micro.Baseline.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what every request passes, and compares it with what is known of it. */
@Command(
    name = "bench micro",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures the parts that every request passes, by JMH.")
public final class Micro implements Callable<Integer> {

  private static final int FAILED = 1;
  private static final int USAGE = 2;

  @Option(
      names = "--only",
      paramLabel = "REGEX",
      defaultValue = "",
      description = "Those whose names it is found in; all if not given.")
  private Pattern only = Pattern.compile("");

  @Option(
      names = "--compare",
      description = "Marks what differs from the baseline by more than its tolerance; exit 1 then.")
  private boolean compare;

  @Option(names = "--save", description = "Writes the baseline; tolerances stay as they are.")
  private boolean save;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "The one that is committed if not given.")
  private @Nullable Path baseline;

  @Option(names = "--forks", defaultValue = "2", description = "JVMs of each (${DEFAULT-VALUE}).")
  private int forks;

  @Option(
      names = "--millis",
      defaultValue = "500",
      description = "Of each of 5 + 5 iterations (${DEFAULT-VALUE}).")
  private int millis;

  private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

  private Micro() {}

  /** Runs it and ends this process: 0 after a run, 1 if it failed or differs, 2 if misused. */
  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new Micro());
    line.setParameterExceptionHandler((mistake, _) -> complain(USAGE, mistake.getMessage()));
    System.exit(line.execute(arguments));
  }

  private static int complain(int code, @Nullable String sentence) {
    System.err.println("bench: " + String.valueOf(sentence).lines().findFirst().orElse(""));
    return code;
  }

  @Override
  public Integer call() {
    if (forks < 1 || millis < 1) {
      return complain(USAGE, "forks and millis are at least 1");
    }
    try {
      Path file = baseline == null ? new Places().report("../baseline.csv").normalize() : baseline;
      Baseline known = compare || Files.exists(file) ? Baseline.read(file) : new Baseline(Map.of());
      double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
      out.printf(Locale.ROOT, "Java %s, load average %.1f%n", Runtime.version(), load);
      print("benchmark", "ns", "bytes", "ratio", "baseline", "");
      List<Score> scores = new Measuring(only, forks, millis, score -> print(score, known)).run();
      if (scores.isEmpty()) {
        return complain(USAGE, "no benchmark has " + only + " in its name");
      }
      return finish(known, scores, file);
    } catch (IOException | RunnerException e) {
      return complain(FAILED, e.getMessage());
    }
  }

  private int finish(Baseline known, List<Score> scores, Path file) throws IOException {
    List<String> missing = only.pattern().isEmpty() ? known.missing(scores) : List.of();
    missing.forEach(name -> print(name, "", "", "", "", mark(Verdict.MISSING)));
    if (save) {
      known.without(missing).with(scores).write(file);
      out.println("saved " + file);
      return 0;
    }
    boolean same = scores.stream().allMatch(score -> known.judge(score) == Verdict.SAME);
    return compare && !(same && missing.isEmpty()) ? FAILED : 0;
  }

  private void print(Score score, Baseline known) {
    Entry entry = known.of(score);
    print(
        score.benchmark(),
        String.format(Locale.ROOT, "%.1f", score.nanos()),
        String.format(Locale.ROOT, "%.0f", score.bytes()),
        String.format(Locale.ROOT, "%.3f", score.ratio()),
        entry == null ? "" : String.format(Locale.ROOT, "%.3f", entry.ratio()),
        compare ? mark(known.judge(score)) : "");
  }

  private void print(
      String name, String nanos, String bytes, String ratio, String before, String mark) {
    out.printf("%-52s %10s %8s %9s %9s  %s%n", name, nanos, bytes, ratio, before, mark);
  }

  private static String mark(Verdict verdict) {
    return verdict == Verdict.SAME
        ? ""
        : "<- " + verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
