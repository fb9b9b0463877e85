package dev.weir.benchmarks.riders;

import dev.weir.benchmarks.chart.Axis;
import dev.weir.benchmarks.chart.Html;
import dev.weir.benchmarks.chart.Plot;
import dev.weir.benchmarks.chart.Plot.Point;
import dev.weir.benchmarks.chart.Plot.Series;
import dev.weir.benchmarks.load.Comparison.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The comparison, as lines for the terminal and as a page that needs nothing else. */
final class RivalsPage {
  private static final List<String> HEAD = List.of("", "median", "min", "max", "of");

  private final Map<String, String> conditions;
  private final List<Outcome> stages;
  private final List<Ratios.Ratio> ratios;
  private final List<Ratios.Absolute> absolute;

  RivalsPage(Map<String, String> conditions, List<Outcome> stages, List<Ratios.Ratio> ratios) {
    this.conditions = conditions;
    this.stages = List.copyOf(stages);
    this.ratios = List.copyOf(ratios);
    this.absolute = Ratios.absolute(stages);
  }

  /** For the terminal. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    rows.addAll(ratioRows());
    rows.addAll(absoluteRows());
    for (List<String> row : rows) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-52s %10s %10s %10s %4s",
              row.get(0),
              row.get(1),
              row.get(2),
              row.get(3),
              row.get(4)));
    }
    if (disowned() > 0) {
      lines.add(disownedSentence());
    }
    return lines;
  }

  private long disowned() {
    return stages.stream().filter(o -> !o.claim().holds()).count();
  }

  private String disownedSentence() {
    return disowned() + " stages not claimed: the generator was the bottleneck; they are left out";
  }

  private List<List<String>> ratioRows() {
    return ratios.stream()
        .map(r -> row("weir over " + r.rival() + ": " + r.figure().title(), r.spread()))
        .toList();
  }

  private List<List<String>> absoluteRows() {
    return absolute.stream()
        .map(a -> row(a.server() + ": " + a.figure().title(), a.spread()))
        .toList();
  }

  private static List<String> row(String name, Spread spread) {
    return List.of(
        name,
        number(spread.median()),
        number(spread.min()),
        number(spread.max()),
        Integer.toString(spread.of()));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%.0f", value);
  }

  /** For people. */
  String html() {
    Html html =
        new Html("Weir: rivals")
            .element("h1", "Weir and its rivals")
            .facts(conditions)
            .element(
                "p",
                "The same requests at the same times to each; ratios are taken within a pair, and"
                    + " shown as median and range over the pairs.");
    if (disowned() > 0) {
      html.element("p", "warn", disownedSentence());
    }
    html.element("h2", "Ratios").table(HEAD, ratioRows());
    html.element("h2", "Pair by pair").legend(series(Ratios.Figure.GOOD));
    List<String> pictures = new ArrayList<>();
    for (Ratios.Figure figure : Ratios.Figure.values()) {
      pictures.add(picture(figure));
    }
    html.charts(pictures);
    html.element("h2", "Absolute figures").table(HEAD, absoluteRows());
    return html.finish();
  }

  private String picture(Ratios.Figure figure) {
    List<Series> series = series(figure);
    double top =
        series.stream().flatMap(s -> s.points().stream()).mapToDouble(Point::y).max().orElse(1);
    int pairs = stages.stream().mapToInt(o -> o.label().pair()).max().orElse(1);
    List<Double> marks = new ArrayList<>();
    for (int pair = 1; pair <= pairs; pair += Math.max(1, pairs / 8)) {
      marks.add((double) pair);
    }
    Axis across = new Axis("pair", 0.5, pairs + 0.5, false, marks, "");
    return Plot.svg(figure.title(), across, Axis.upTo("", top), series);
  }

  private List<Series> series(Ratios.Figure figure) {
    List<String> servers = Ratios.servers(stages);
    List<Series> series = new ArrayList<>();
    for (String server : servers) {
      List<Point> points =
          stages.stream()
              .filter(o -> o.label().server().equals(server) && o.claim().holds())
              .filter(o -> figure.of(o) != null)
              .map(o -> point(o, Objects.requireNonNull(figure.of(o))))
              .toList();
      boolean first = series.isEmpty();
      String color = first ? "var(--ours,#000)" : Plot.color(series.size() - 1, servers.size() - 1);
      series.add(new Series(server, color, first, points));
    }
    return series;
  }

  private static Point point(Outcome outcome, double value) {
    String note = outcome.label().server() + ": " + number(value);
    return new Point(outcome.label().pair(), value, value, value, note);
  }
}
