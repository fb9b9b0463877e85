package dev.weir.chaos.report;

import com.google.errorprone.annotations.FormatMethod;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Curves over time as an SVG picture, with the times of faults shaded. Used once. */
final class Chart {

  private static final int WIDTH = 1_000;
  private static final int HEIGHT = 180;
  private static final int LEFT = 60;
  private static final int RIGHT = 12;
  private static final int TOP = 26;
  private static final int BOTTOM = 24;
  private static final int LINES = 4;
  private static final int MARKS = 10;
  private static final int LETTER = 7;
  private static final int LEGEND_LEFT = 320;
  private static final MathContext THREE_DIGITS = new MathContext(3);

  private static final List<String> COLORS =
      List.of(
          "#1a73e8", "#e8710a", "#c5221f", "#188038", "#9334e6", "#12868f", "#b06000", "#777",
          "#d01884");

  /** A value at a moment. */
  record Point(long atMillis, double value) {}

  private final String title;
  private final long endMillis;
  private final List<Timeline.Window> windows;
  private final StringBuilder svg = new StringBuilder();
  private double top = 1;

  Chart(String title, long endMillis, List<Timeline.Window> windows) {
    this.title = title;
    this.endMillis = Math.max(1, endMillis);
    this.windows = windows;
  }

  /**
   * @param curves by what they are called
   */
  String draw(Map<String, List<Point>> curves) {
    for (List<Point> curve : curves.values()) {
      for (Point point : curve) {
        top = Math.max(top, point.value());
      }
    }
    add("<svg viewBox='0 0 %d %d' role='img'>", WIDTH, HEIGHT);
    add("<text class='title' x='%d' y='16'>%s</text>", LEFT, Page.escaped(title));
    shade();
    axes();
    int left = LEGEND_LEFT;
    int index = 0;
    for (Map.Entry<String, List<Point>> curve : curves.entrySet()) {
      String color = COLORS.get(index++ % COLORS.size());
      add("<rect x='%d' y='9' width='14' height='4' fill='%s'/>", left, color);
      add("<text x='%d' y='15'>%s</text>", left + 18, Page.escaped(curve.getKey()));
      left += LETTER * curve.getKey().length() + 34;
      line(curve.getValue(), color);
    }
    add("</svg>");
    return svg.toString();
  }

  @FormatMethod
  private void add(String format, Object... arguments) {
    svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  private double x(long millis) {
    return LEFT + (double) millis / endMillis * (WIDTH - LEFT - RIGHT);
  }

  private double y(double value) {
    return HEIGHT - BOTTOM - Math.clamp(value / top, 0.0, 1.0) * (HEIGHT - TOP - BOTTOM);
  }

  private void shade() {
    for (Timeline.Window window : windows) {
      Long to = window.toMillis();
      double from = x(window.fromMillis());
      add(
          "<rect class='window' x='%.1f' y='%d' width='%.1f' height='%d'><title>%s</title></rect>",
          from,
          TOP,
          Math.max(2, x(to == null ? endMillis : to) - from),
          HEIGHT - TOP - BOTTOM,
          Page.escaped(window.fault()));
    }
  }

  private void axes() {
    for (int i = 0; i <= LINES; i++) {
      double value = top * i / LINES;
      add(
          "<line class='grid' x1='%d' x2='%d' y1='%.1f' y2='%.1f'/>",
          LEFT, WIDTH - RIGHT, y(value), y(value));
      String label = new BigDecimal(value).round(THREE_DIGITS).stripTrailingZeros().toPlainString();
      add("<text class='y' x='%d' y='%.1f'>%s</text>", LEFT - 6, y(value) + 4, label);
    }
    for (int i = 0; i <= MARKS; i++) {
      long millis = endMillis * i / MARKS;
      add(
          "<text class='x' x='%.1f' y='%d'>%.1f s</text>",
          Math.min(x(millis), WIDTH - 20), HEIGHT - 8, millis / 1_000.0);
    }
  }

  private void line(List<Point> points, String color) {
    StringBuilder path = new StringBuilder();
    for (Point point : points) {
      path.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point.atMillis()), y(point.value())));
    }
    add("<polyline stroke='%s' points='%s'/>", color, path.toString().strip());
  }
}
