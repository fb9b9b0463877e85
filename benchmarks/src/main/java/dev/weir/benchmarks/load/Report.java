package dev.weir.benchmarks.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.google.errorprone.annotations.FormatMethod;
import dev.weir.benchmarks.load.Comparison.Spread;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells people and files what was measured. Used by one thread. */
final class Report {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final PrintWriter out;

  Report(PrintWriter out) {
    this.out = out;
  }

  /** One sentence about what is going on. */
  @FormatMethod
  void say(String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
    out.flush();
  }

  /** A stage that is over. */
  void stage(Measurement m) {
    say(
        "pair %d  %-5s %5.2fx %-9s %7.0f/s offered %7.1f good/s  p50 %6.1f p99 %6.1f ms %5.0f bytes"
            + "  | %s%s",
        m.pair(),
        m.server(),
        m.factor(),
        m.role().name().toLowerCase(Locale.ROOT),
        m.offeredPerSecond(),
        m.goodPerSecond(),
        m.good().p50Millis(),
        m.good().p99Millis(),
        m.bytesPerGood(),
        rest(m),
        m.generatorKeptUp() ? "" : "  GENERATOR DID NOT KEEP UP");
  }

  private static String rest(Measurement m) {
    return String.format(
        Locale.ROOT,
        "late %d refused %d (p99 %.1f ms) errors %d unanswered %d unsent %d | %d open, lag p99 %.2f"
            + " ms, cpu server %.0f rivals %.0f steal %.1f %%",
        m.count(Verdict.LATE),
        m.count(Verdict.REFUSED),
        m.refused().p99Millis(),
        m.count(Verdict.ERROR),
        m.count(Verdict.UNANSWERED),
        m.count(Verdict.NO_CONNECTION),
        m.connections(),
        m.sendLag().p99Millis(),
        m.cpu().serverPercent(),
        m.cpu().rivalsPercent(),
        m.cpu().stealPercent());
  }

  /** The table at the end. */
  void result(Comparison comparison) {
    say("");
    say("%-50s %10s %10s %10s %6s", "", "median", "min", "max", "of");
    rows("peak, good answers/s", comparison.peakPerSecond());
    row("peak, weir over stock", comparison.peakRatio());
    rows("good answers in the flood over own peak rate", comparison.retention());
    rows("refusal p99 in the flood, ms", comparison.refusedP99Millis());
    if (comparison.disowned() > 0) {
      say(
          "%d stages disowned: the generator may have been the bottleneck; figures that need them"
              + " are left out",
          comparison.disowned());
    }
  }

  private void rows(String name, Map<String, Spread> spreads) {
    spreads.forEach((server, spread) -> row(name + ", " + server, spread));
  }

  private void row(String name, @Nullable Spread spread) {
    if (spread != null) {
      say(
          "%-50s %10.2f %10.2f %10.2f %6d",
          name, spread.median(), spread.min(), spread.max(), spread.of());
    }
  }

  /**
   * Writes everything as JSON.
   *
   * @throws IOException if the file cannot be written
   */
  static void write(
      Path file, Map<String, Object> conditions, Comparison result, List<Measurement> stages)
      throws IOException {
    Map<String, Object> document =
        Map.of("conditions", conditions, "result", result, "stages", stages);
    JSON.writeValue(file.toFile(), document);
  }
}
