package dev.weir.benchmarks.peers;

import dev.weir.benchmarks.peers.Results.Match;
import dev.weir.benchmarks.sim.Result.Group;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The results in words and numbers: for the terminal, and as comma-separated values. */
final class Table {

  private Table() {}

  /** One table per workload and load, best first; medians of the rounds, and their range. */
  static void print(Results results, PrintWriter out) {
    for (Match match : results.matches()) {
      for (double load : match.loads()) {
        out.printf(Locale.ROOT, "%n%s, %s, load %sx%n", match.world(), match.workload(), load);
        out.printf(
            "%-24s %10s %21s %7s %7s %7s %8s %8s  %s%n",
            "",
            "good/s",
            "(min - max)",
            "cpu",
            "wasted",
            "refused",
            "p50 ms",
            "p99 ms",
            String.join(" ", successNames(match)));
        lines(match, load).forEach(out::println);
      }
    }
    out.flush();
  }

  private static List<String> successNames(Match match) {
    return success(match).stream()
        .map(metric -> metric.name().substring("success_".length()))
        .toList();
  }

  private static List<Metric> success(Match match) {
    return Metric.of(match.rows()).stream().filter(m -> m.name().startsWith("success_")).toList();
  }

  private static List<String> lines(Match match, double load) {
    List<Metric> metrics = Metric.of(match.rows());
    record Line(double good, String text) {}
    List<Line> lines = new ArrayList<>();
    for (String contestant : match.contestants()) {
      List<Row> rounds = match.rounds(contestant, load);
      List<Spread> s = metrics.stream().map(metric -> Spread.of(rounds, metric)).toList();
      String text =
          String.format(
              Locale.ROOT,
              "%-24s %10.1f (%8.1f - %8.1f) %7.3f %7.3f %7.3f %8s %8s  %s",
              contestant,
              s.get(0).median(),
              s.get(0).min(),
              s.get(0).max(),
              s.get(1).median(),
              s.get(2).median(),
              s.get(3).median(),
              millis(s.get(4)),
              millis(s.get(5)),
              successes(match, rounds));
      lines.add(new Line(s.get(0).median(), text));
    }
    lines.sort(Comparator.comparingDouble(Line::good).reversed());
    return lines.stream().map(Line::text).toList();
  }

  private static String millis(Spread spread) {
    boolean none = Double.isNaN(spread.median());
    return none ? "-" : String.format(Locale.ROOT, "%.1f", spread.median());
  }

  private static String successes(Match match, List<Row> rounds) {
    return success(match).stream()
        .map(
            metric -> {
              int width = metric.name().length() - "success_".length();
              return String.format(
                  Locale.ROOT, "%" + width + ".2f", Spread.of(rounds, metric).median());
            })
        .collect(Collectors.joining(" "));
  }

  /**
   * Writes every round as a line.
   *
   * @throws IOException if the file cannot be written
   */
  static void writeCsv(Results results, Path file) throws IOException {
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
      out.println("world,workload,contestant,load,round,metric,value");
      for (Match match : results.matches()) {
        List<Metric> metrics = Metric.of(match.rows());
        for (Row row : match.rows()) {
          metrics.stream()
              .filter(metric -> !Double.isNaN(metric.figure().applyAsDouble(row)))
              .forEach(metric -> out.println(line(row, metric)));
        }
      }
      if (out.checkError()) {
        throw new IOException("cannot write " + file);
      }
    }
  }

  private static String line(Row row, Metric metric) {
    Row.Stage stage = row.stage();
    return String.format(
        Locale.ROOT,
        "%s,%s,%s,%s,%d,%s,%.6g",
        stage.world(),
        stage.workload(),
        stage.contestant(),
        stage.load(),
        stage.round(),
        metric.name(),
        metric.figure().applyAsDouble(row));
  }

  /** One line about a stage that is over. */
  static String progress(Row row) {
    long offered = row.tiers().stream().mapToLong(Group::offered).sum();
    return String.format(
        Locale.ROOT,
        "%s %s %6.1fx round %d  %-24s %8d offered %8.1f good/s  cpu %.3f  p50 %.1f p99 %.1f ms",
        row.stage().world(),
        row.stage().workload(),
        row.stage().load(),
        row.stage().round(),
        row.stage().contestant(),
        offered,
        row.goodPerSecond(),
        row.cpuGoodput(),
        row.answered().p50Millis(),
        row.answered().p99Millis());
  }
}
