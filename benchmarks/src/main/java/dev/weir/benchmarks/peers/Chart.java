package dev.weir.benchmarks.peers;

import com.google.errorprone.annotations.FormatMethod;
import dev.weir.benchmarks.peers.Results.Match;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/**
 * One metric of all contestants against offered load, as an SVG picture. Lines are medians, bars
 * are ranges over rounds; both axes are marked, the one of load is logarithmic.
 */
final class Chart {

  private static final int WIDTH = 460;
  private static final int HEIGHT = 280;
  private static final int LEFT = 52;
  private static final int RIGHT = 12;
  private static final int TOP = 28;
  private static final int BOTTOM = 34;
  private static final int LINES = 4;
  private static final MathContext THREE_DIGITS = new MathContext(3);

  private final Match match;
  private final Metric metric;
  private final double leastLoad;
  private final double mostLoad;
  private final double top;
  private final StringBuilder svg = new StringBuilder();

  private Chart(Match match, Metric metric) {
    this.match = match;
    this.metric = metric;
    this.leastLoad = match.loads().getFirst();
    this.mostLoad = match.loads().getLast();
    double highest = match.rows().stream().mapToDouble(metric.figure()).max().orElse(1);
    this.top = metric.most() > 0 ? metric.most() : niceAbove(highest);
  }

  static String draw(Match match, Metric metric) {
    return new Chart(match, metric).draw();
  }

  /** 1, 2 or 5 times a power of ten. */
  private static double niceAbove(double value) {
    double power = Math.pow(10, Math.floor(Math.log10(Math.max(value, 1e-3))));
    for (double factor : new double[] {1, 2, 5}) {
      if (value <= factor * power) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  private double x(double load) {
    double part =
        mostLoad > leastLoad ? Math.log(load / leastLoad) / Math.log(mostLoad / leastLoad) : 0.5;
    return LEFT + part * (WIDTH - LEFT - RIGHT);
  }

  private double y(double value) {
    double part = Math.clamp(value / top, 0.0, 1.0);
    return HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM);
  }

  @FormatMethod
  private void add(String format, Object... arguments) {
    svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  private String draw() {
    add("<svg viewBox='0 0 %d %d' role='img'>", WIDTH, HEIGHT);
    add("<text class='title' x='%d' y='16'>%s</text>", LEFT, Page.escaped(metric.title()));
    axes();
    List<String> contestants = match.contestants();
    for (int i = 0; i < contestants.size(); i++) {
      series(contestants.get(i), Page.color(contestants.get(i), i, contestants.size()));
    }
    add("</svg>");
    return svg.toString();
  }

  private void axes() {
    for (int i = 0; i <= LINES; i++) {
      double value = top * i / LINES;
      add(
          "<line class='grid' x1='%d' x2='%d' y1='%.1f' y2='%.1f'/>",
          LEFT, WIDTH - RIGHT, y(value), y(value));
      add("<text class='y' x='%d' y='%.1f'>%s</text>", LEFT - 6, y(value) + 4, rounded(value));
    }
    for (double load : match.loads()) {
      add("<text class='x' x='%.1f' y='%d'>%s×</text>", x(load), HEIGHT - 14, number(load));
    }
  }

  private static String rounded(double value) {
    return new BigDecimal(value).round(THREE_DIGITS).stripTrailingZeros().toPlainString();
  }

  private static String number(double load) {
    return load == Math.rint(load) ? Long.toString((long) load) : Double.toString(load);
  }

  private void series(String contestant, String color) {
    boolean ours = Page.ours(contestant);
    StringBuilder points = new StringBuilder();
    add("<g style='--c:%s' class='%s'>", color, ours ? "ours" : "peer");
    for (double load : match.loads()) {
      List<Row> rounds = match.rounds(contestant, load);
      if (rounds.isEmpty()) {
        continue;
      }
      Spread spread = Spread.of(rounds, metric);
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(load), y(spread.median())));
      add(
          "<line class='range' x1='%1$.1f' x2='%1$.1f' y1='%2$.1f' y2='%3$.1f'/>",
          x(load), y(spread.min()), y(spread.max()));
      add(
          "<circle cx='%.1f' cy='%.1f' r='3'><title>%s at %s×: %.4g (%.4g to"
              + " %.4g)</title></circle>",
          x(load),
          y(spread.median()),
          Page.escaped(contestant),
          number(load),
          spread.median(),
          spread.min(),
          spread.max());
    }
    add("<polyline points='%s'/></g>", points.toString().strip());
  }
}
