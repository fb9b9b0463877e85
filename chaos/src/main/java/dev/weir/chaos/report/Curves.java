package dev.weir.chaos.report;

import dev.weir.benchmarks.chart.Axis;
import dev.weir.benchmarks.chart.Html;
import dev.weir.benchmarks.chart.Plot;
import dev.weir.benchmarks.chart.Plot.Point;
import dev.weir.benchmarks.chart.Plot.Shade;
import dev.weir.chaos.load.Fate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The curves of a timeline: what callers got, how long it took, and what the server says. Used by
 * one thread.
 */
final class Curves {

  /** Points in a curve at most: more would not be told apart. */
  private static final int POINTS = 300;

  private static final double MILLIS_PER_SECOND = 1_000;

  private final Timeline timeline;
  private final long endMillis;
  private final Axis time;
  private final List<Shade> faults;

  Curves(Timeline timeline) {
    this.timeline = timeline;
    this.endMillis = Math.max(1, timeline.lengthMillis());
    this.time = Axis.exactlyUpTo("time, s", endMillis / MILLIS_PER_SECOND);
    this.faults = timeline.windows().stream().map(this::shade).toList();
  }

  private Shade shade(Timeline.Window window) {
    Long to = window.toMillis();
    return new Shade(
        window.fromMillis() / MILLIS_PER_SECOND,
        (to == null ? endMillis : to) / MILLIS_PER_SECOND,
        window.fault());
  }

  private record Curve(String name, List<Point> points) {}

  /** Pictures for a page. */
  List<String> draw() {
    return List.of(
        picture("answers and other ends per second", fates()),
        picture(
            "latency of good answers, ms",
            List.of(new Curve("p50", latency(50)), new Curve("p99", latency(99)))),
        picture(
            "calls in the server",
            read(Series.PERMITS, Series.IN_FLIGHT, Series.WAITING, Series.WORKERS_LOST)),
        picture("what the gate thinks", read(Series.EFFECTIVE_PROCESSORS, Series.ADMITTED_PART)),
        picture("resident memory, MiB", read(Series.RESIDENT_MEBIBYTES)));
  }

  private String picture(String title, List<Curve> curves) {
    double top = 1;
    List<Plot.Series> series = new ArrayList<>();
    for (Curve curve : curves) {
      String color = Plot.color(series.size(), curves.size());
      series.add(new Plot.Series(curve.name(), color, false, curve.points()));
      for (Point point : curve.points()) {
        top = Double.isNaN(point.y()) ? top : Math.max(top, point.y());
      }
    }
    return Html.withLegend(Plot.svg(title, time, Axis.upTo("", top), faults, series), series);
  }

  private List<Curve> fates() {
    List<Curve> curves = new ArrayList<>();
    for (Fate fate : Fate.values()) {
      if (timeline.count(fate) > 0) {
        curves.add(new Curve(fate.name().toLowerCase(Locale.ROOT), rate(fate)));
      }
    }
    return curves;
  }

  private List<Curve> read(Series... shown) {
    return Arrays.stream(shown).map(one -> new Curve(one.words(), points(one))).toList();
  }

  private List<Point> points(Series series) {
    List<Point> points = new ArrayList<>();
    List<Timeline.Sample> samples = timeline.samples(series, 0);
    int every = Math.max(1, samples.size() / POINTS);
    for (int i = 0; i < samples.size(); i += every) {
      points.add(at(samples.get(i).atMillis(), samples.get(i).value()));
    }
    return points;
  }

  private static Point at(long millis, double value) {
    return Point.at(millis / MILLIS_PER_SECOND, value);
  }

  private long stepMillis() {
    long buckets = endMillis / POINTS / Timeline.BUCKET_MILLIS;
    return Math.max(2, buckets) * Timeline.BUCKET_MILLIS;
  }

  private List<Point> rate(Fate fate) {
    List<Point> points = new ArrayList<>();
    long step = stepMillis();
    for (long from = 0; from < endMillis; from += step) {
      points.add(at(from, timeline.perSecond(fate, from, from + step)));
    }
    return points;
  }

  private List<Point> latency(double percent) {
    List<Point> points = new ArrayList<>();
    long step = stepMillis();
    for (long from = 0; from < endMillis; from += step) {
      double millis =
          timeline.count(Fate.GOOD, from, from + step) == 0
              ? Double.NaN
              : timeline.latencyMillis(Fate.GOOD, percent, from, from + step);
      points.add(at(from, millis));
    }
    return points;
  }
}
