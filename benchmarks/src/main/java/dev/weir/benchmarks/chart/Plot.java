package dev.weir.benchmarks.chart;

import com.google.errorprone.annotations.FormatMethod;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/**
 * Curves over a common axis, as an SVG picture with both axes marked. A point may have a range,
 * drawn as an upright bar, and a note that is shown when pointed at.
 */
public final class Plot {

  /** What diagrams need wherever they are; without a page's colours they are on white. */
  public static final String STYLE =
      """
      text{font-size:11px;fill:var(--pale,#555)}
      text.title{font-size:13px;font-weight:600;fill:var(--ink,#222)}
      text.y{text-anchor:end}text.x{text-anchor:middle}.grid{stroke:var(--grid,#eee)}
      polyline{fill:none;stroke:var(--c);stroke-width:1.7;stroke-dasharray:var(--d)}circle{fill:var(--c)}
      .range{stroke:var(--c);stroke-width:1}.thin{opacity:.75}.thick polyline{stroke-width:3.5}
      .shade{fill:#d33;opacity:.12}
      """;

  private static final int WIDTH = 460;
  private static final int HEIGHT = 280;
  private static final int LEFT = 66;
  private static final int RIGHT = 20;
  private static final int TOP = 28;
  private static final int BOTTOM = 40;
  private static final int DOTS_AT_MOST = 40;
  private static final double LEAST_SHADE = 2;
  private static final MathContext THREE_DIGITS = new MathContext(3);

  private final Axis across;
  private final Axis up;
  private final StringBuilder svg = new StringBuilder();

  /** How a line is drawn, so that many can be told apart. */
  public enum Stroke {
    SOLID("none"),
    DASHED("7 3"),
    DOTTED("2 3");

    private final String dashes;

    Stroke(String dashes) {
      this.dashes = dashes;
    }

    /** In a picture. */
    public String dashes() {
      return dashes;
    }

    /** In a style sheet. */
    String css() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A point of a curve.
   *
   * @param y not a number where there is none: the line is interrupted
   * @param low of its range; equal to {@code y} and {@code high} if it has none
   * @param note empty for none
   */
  public record Point(double x, double y, double low, double high, String note) {

    public static Point at(double x, double y) {
      return new Point(x, y, y, y, "");
    }
  }

  /**
   * A curve.
   *
   * @param color of CSS
   * @param thick for the one that it is about; drawn over the others
   */
  public record Series(
      String name, String color, Stroke stroke, boolean thick, List<Point> points) {
    public Series {
      points = List.copyOf(points);
    }

    /** A solid one. */
    public Series(String name, String color, boolean thick, List<Point> points) {
      this(name, color, Stroke.SOLID, thick, points);
    }
  }

  /**
   * Part of the axis across that is to be noticed.
   *
   * @param note what it is, as the fault of that time
   */
  public record Shade(double from, double to, String note) {}

  private Plot(Axis across, Axis up) {
    this.across = across;
    this.up = up;
  }

  /** The picture as an element of a page. */
  public static String svg(String title, Axis across, Axis up, List<Series> series) {
    return svg(title, across, up, List.of(), series);
  }

  /** The picture with some parts shaded. */
  public static String svg(
      String title, Axis across, Axis up, List<Shade> shades, List<Series> series) {
    Plot plot = new Plot(across, up);
    plot.add("<svg viewBox='0 0 %d %d' role='img'>", WIDTH, HEIGHT);
    plot.add("<text class='title' x='%d' y='16'>%s</text>", LEFT, Html.escaped(title));
    shades.forEach(plot::shade);
    plot.axes();
    series.stream().filter(one -> !one.thick()).forEach(plot::curve);
    series.stream().filter(Series::thick).forEach(plot::curve);
    plot.add("</svg>");
    return plot.svg.toString();
  }

  /** One of so many colours, round the wheel. */
  public static String color(int index, int of) {
    return String.format(Locale.ROOT, "hsl(%d 65%% 50%%)", index * 360 / Math.max(1, of));
  }

  private double x(double value) {
    return LEFT + across.part(value) * (WIDTH - LEFT - RIGHT);
  }

  private double y(double value) {
    return HEIGHT - BOTTOM - up.part(value) * (HEIGHT - TOP - BOTTOM);
  }

  @FormatMethod
  private void add(String format, Object... arguments) {
    svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  private void shade(Shade shade) {
    add(
        "<rect class='shade' x='%.1f' y='%d' width='%.1f' height='%d'><title>%s</title></rect>",
        x(shade.from()),
        TOP,
        Math.max(LEAST_SHADE, x(shade.to()) - x(shade.from())),
        HEIGHT - TOP - BOTTOM,
        Html.escaped(shade.note()));
  }

  private void axes() {
    for (double mark : up.marks()) {
      add(
          "<line class='grid' x1='%d' x2='%d' y1='%.1f' y2='%.1f'/>",
          LEFT, WIDTH - RIGHT, y(mark), y(mark));
      add("<text class='y' x='%d' y='%.1f'>%s</text>", LEFT - 6, y(mark) + 4, text(mark, up));
    }
    for (double mark : across.marks()) {
      add(
          "<text class='x' x='%.1f' y='%d'>%s</text>",
          x(mark), HEIGHT - BOTTOM + 18, text(mark, across));
    }
    add(
        "<text class='x' x='%d' y='%d'>%s</text>",
        (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 5, Html.escaped(across.label()));
    add(
        "<text class='x' transform='translate(13 %d) rotate(-90)'>%s</text>",
        (TOP + HEIGHT - BOTTOM) / 2, Html.escaped(up.label()));
  }

  private static String text(double value, Axis axis) {
    String digits = new BigDecimal(value).round(THREE_DIGITS).stripTrailingZeros().toPlainString();
    return digits + Html.escaped(axis.suffix());
  }

  private void curve(Series series) {
    StringBuilder line = new StringBuilder();
    add(
        "<g style='--c:%s;--d:%s' class='%s'>",
        series.color(), series.stroke().dashes(), series.thick() ? "thick" : "thin");
    boolean dots = series.points().size() <= DOTS_AT_MOST;
    for (Point point : series.points()) {
      if (Double.isNaN(point.y())) {
        end(line);
      } else {
        line.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point.x()), y(point.y())));
        mark(point, dots, series.name());
      }
    }
    end(line);
    add("</g>");
  }

  private void mark(Point point, boolean dot, String name) {
    if (point.high() > point.low()) {
      add(
          "<line class='range' x1='%1$.1f' x2='%1$.1f' y1='%2$.1f' y2='%3$.1f'/>",
          x(point.x()), y(point.low()), y(point.high()));
    }
    if (dot) {
      boolean noted = !point.note().isEmpty();
      add(
          "<circle cx='%.1f' cy='%.1f' r='%d'><title>%s</title></circle>",
          x(point.x()), y(point.y()), noted ? 3 : 2, Html.escaped(noted ? point.note() : name));
    }
  }

  private void end(StringBuilder line) {
    if (!line.isEmpty()) {
      add("<polyline points='%s'/>", line.toString().strip());
      line.setLength(0);
    }
  }
}
