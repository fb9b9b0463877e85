package dev.weir.benchmarks.peers;

import dev.weir.benchmarks.chart.Axis;
import dev.weir.benchmarks.chart.Plot;
import dev.weir.benchmarks.peers.Results.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One metric of all contestants against offered load. Lines are medians, bars are ranges over
 * rounds; the axis of load is logarithmic.
 */
final class Chart {

  private static final Plot.Stroke[] STROKES = Plot.Stroke.values();

  private Chart() {}

  static String draw(Match match, Metric metric) {
    List<Double> loads = match.loads();
    Axis across = new Axis("offered load", loads.getFirst(), loads.getLast(), true, loads, "×");
    double highest =
        match.rows().stream()
            .mapToDouble(metric.figure())
            .filter(figure -> !Double.isNaN(figure))
            .max()
            .orElse(1);
    Axis up = metric.most() > 0 ? Axis.exactlyUpTo("", metric.most()) : Axis.upTo("", highest);
    return Plot.svg(metric.title(), across, up, curves(match, metric));
  }

  /** The contestants in their colours, without points. */
  static List<Plot.Series> legend(Match match) {
    List<String> contestants = match.contestants();
    List<Plot.Series> series = new ArrayList<>();
    for (int i = 0; i < contestants.size(); i++) {
      String name = contestants.get(i);
      String color = color(name, i, contestants.size());
      boolean ours = ours(name);
      Plot.Stroke stroke = ours ? Plot.Stroke.SOLID : STROKES[i % STROKES.length];
      series.add(new Plot.Series(name, color, stroke, ours, List.of()));
    }
    return series;
  }

  private static List<Plot.Series> curves(Match match, Metric metric) {
    return legend(match).stream()
        .map(
            s ->
                new Plot.Series(
                    s.name(), s.color(), s.stroke(), s.thick(), points(match, metric, s.name())))
        .toList();
  }

  private static List<Plot.Point> points(Match match, Metric metric, String contestant) {
    List<Plot.Point> points = new ArrayList<>();
    for (double load : match.loads()) {
      List<Row> rounds = match.rounds(contestant, load);
      if (!rounds.isEmpty()) {
        Spread spread = Spread.of(rounds, metric);
        String note =
            String.format(
                Locale.ROOT,
                "%s at %s×: %.4g (%.4g to %.4g)",
                contestant,
                load,
                spread.median(),
                spread.min(),
                spread.max());
        points.add(new Plot.Point(load, spread.median(), spread.min(), spread.max(), note));
      }
    }
    return points;
  }

  private static boolean ours(String contestant) {
    return contestant.startsWith("weir");
  }

  /** Weir is black, or white on black; the others go round the colour wheel, neighbours apart. */
  private static String color(String contestant, int index, int of) {
    if (ours(contestant)) {
      return "var(--ours,#000)";
    }
    int hue = index * 360 / of;
    return String.format(
        Locale.ROOT, "hsl(%d 70%% calc(%d%% + var(--lift,0%%)))", hue, index % 2 == 0 ? 42 : 60);
  }
}
