package dev.weir.chaos;

import dev.weir.chaos.report.Finding;
import dev.weir.chaos.report.Page;
import dev.weir.chaos.scenario.ALongTimeOfRandomFaultsLeaksNothing;
import dev.weir.chaos.scenario.Arena;
import dev.weir.chaos.scenario.Hypothesis;
import dev.weir.chaos.scenario.Trials;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./weir chaos}: tries hypotheses about failure on real servers. See docs/chaos.md. */
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Tries what becomes of the server when something fails.")
public final class ChaosCommand implements Callable<Integer> {

  private static final int FAILED = 1;
  private static final int USAGE = 2;

  @Option(names = "--scenario", paramLabel = "NAME", description = "Only this; may be repeated.")
  private List<String> scenarios = new ArrayList<>();

  @Option(names = "--list", description = "Print the names and what they say.")
  private boolean list;

  @Option(
      names = "--soak",
      paramLabel = "TIME",
      converter = Span.class,
      description = "Instead of all that: random faults for so long (30m, 90s).")
  private @Nullable Duration soak;

  @Option(names = "--seed", defaultValue = "1", description = "Of all lots (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--leniency",
      paramLabel = "N",
      defaultValue = "1",
      description = "Bounds on time and goodput are so many times wider: for a busy machine.")
  private int leniency;

  @Option(names = "--map", paramLabel = "FILE", description = "Default: Monaco.")
  private @Nullable Path map;

  @Option(names = "--out", paramLabel = "DIR", description = "For the report.")
  private @Nullable Path out;

  private ChaosCommand() {}

  /** Ends this process: 0 if everything held, 1 if something did not, 2 if misused. */
  public static void main(String[] arguments) {
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE); // warnings only
    CommandLine line = new CommandLine(new ChaosCommand());
    line.setParameterExceptionHandler(
        (mistake, _) -> complain(String.valueOf(mistake.getMessage()), USAGE));
    System.exit(line.execute(arguments));
  }

  private static int complain(String line, int code) {
    System.err.println("chaos: " + line);
    return code;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (list) {
      Trials.all()
          .forEach(each -> System.out.println(each.name() + "\n    " + each.story().fault()));
      return 0;
    }
    List<Hypothesis> chosen = new ArrayList<>();
    for (String name : scenarios) {
      Hypothesis hypothesis = Trials.named(name);
      if (hypothesis == null) {
        return complain("no scenario is called " + name + "; --list names them", USAGE);
      }
      chosen.add(hypothesis);
    }
    try {
      if (soak != null) {
        chosen = List.of(new ALongTimeOfRandomFaultsLeaksNothing(soak));
      }
      return run(chosen.isEmpty() ? Trials.all() : chosen);
    } catch (IOException e) {
      return complain(String.valueOf(e.getMessage()), FAILED);
    }
  }

  private int run(List<Hypothesis> chosen) throws IOException, InterruptedException {
    Path standard = Path.of(System.getProperty("weir.chaos-dir", "chaos-report"));
    Path directory = Files.createDirectories(out == null ? standard : out);
    Arena arena = new Arena(extract(), directory.resolve("work").toAbsolutePath(), seed, leniency);
    List<Finding> findings = new ArrayList<>();
    for (Hypothesis hypothesis : chosen) {
      Finding finding = Trials.run(hypothesis, arena);
      findings.add(finding);
      System.out.println((finding.held() ? "held    " : "FAILED  ") + finding.name());
      finding.checks().stream()
          .filter(check -> !check.held())
          .forEach(check -> System.out.println("        " + check.sentence()));
    }
    Path page = directory.resolve("chaos.html");
    Page.write(findings, seed, page);
    long held = findings.stream().filter(Finding::held).count();
    System.out.printf("%d of %d held; the report is %s%n", held, findings.size(), page);
    return held == findings.size() ? 0 : FAILED;
  }

  /** A whole number and {@code s}, {@code m} or {@code h}. */
  private static final class Span implements CommandLine.ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      if (!text.matches("[1-9][0-9]{0,4}[smh]")) {
        throw new CommandLine.TypeConversionException("'" + text + "' is not like 90s, 30m or 2h");
      }
      return Duration.parse("PT" + text);
    }
  }

  private Path extract() throws IOException {
    String standard = System.getProperty("weir.default-map");
    Path extract = map != null ? map : standard == null ? null : Path.of(standard);
    if (extract == null || !Files.isReadable(extract)) {
      throw new IOException("cannot read the map " + extract + "; name one with --map");
    }
    return extract.toAbsolutePath();
  }
}
