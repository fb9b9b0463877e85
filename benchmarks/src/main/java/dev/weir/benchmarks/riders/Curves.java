package dev.weir.benchmarks.riders;

import dev.weir.benchmarks.chart.Axis;
import dev.weir.benchmarks.chart.Plot;
import dev.weir.benchmarks.chart.Plot.Point;
import dev.weir.benchmarks.chart.Plot.Series;
import dev.weir.proxy.path.Priority;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Pictures of one run. */
final class Curves {
  private static final String GOOD = "#2a9d4a";
  private static final String SHED = "#e08a1e";
  private static final String LATE = "#c23b3b";
  private static final String OFFERED = "#7a869a";
  private static final String SECONDS = "time, s";
  private static final String RATE = "requests per second";

  private final List<Moment> moments;
  private final Axis time;

  Curves(List<Moment> moments) {
    this.moments = List.copyOf(moments);
    double end = moments.isEmpty() ? 1 : moments.getLast().atSeconds();
    this.time = Axis.upTo(SECONDS, end);
  }

  /** What is got for what is asked for, over all stages. */
  static String goodput(List<Outcome> climb, Outcome main) {
    List<Outcome> all =
        Stream.concat(climb.stream(), Stream.of(main))
            .sorted(Comparator.comparingDouble(Outcome::offeredPerSecond))
            .toList();
    double least = all.getFirst().offeredPerSecond();
    double most = all.getLast().offeredPerSecond();
    double top = all.stream().mapToDouble(Outcome::goodPerSecond).max().orElse(1);
    List<Series> series =
        List.of(
            new Series("good", GOOD, true, points(all, Outcome::goodPerSecond)),
            new Series("good in full", SHED, false, points(all, Outcome::fullPerSecond)));
    return Plot.svg(
        "Good answers by offered load",
        Axis.powersOfTen("offered, " + RATE, least, most),
        Axis.upTo("good answers per second", top),
        series);
  }

  private static List<Point> points(List<Outcome> stages, ToDoubleFunction<Outcome> figure) {
    return stages.stream()
        .map(
            o -> {
              double y = figure.applyAsDouble(o);
              String note =
                  String.format(
                      Locale.ROOT,
                      "%s: %.0f/s offered, %.1f/s good",
                      o.label().stage(),
                      o.offeredPerSecond(),
                      y);
              return new Point(o.offeredPerSecond(), y, y, y, note);
            })
        .toList();
  }

  /** All over time. */
  List<String> overTime() {
    List<String> pictures = new ArrayList<>();
    pictures.add(picture("Requests by what became of them", RATE, rates()));
    pictures.add(picture("Latency since due", "ms", latencies()));
    pictures.add(picture("Refusals by reason", RATE, reasons()));
    pictures.add(picture("Refusals by tier", RATE, tiers()));
    pictures.add(
        picture(
            "Processor time of the server",
            "% of one processor",
            List.of(line("processor", GOOD, Moment::cpuPercent))));
    pictures.add(
        picture(
            "Resident memory of the server",
            "MiB",
            List.of(line("memory", GOOD, Moment::memoryMib))));
    return pictures;
  }

  List<Series> rates() {
    return List.of(
        line("offered", OFFERED, m -> m.perSecond(m.counted().offered())),
        line("good", GOOD, m -> m.perSecond(m.counted().good().recorded())),
        line("shed", SHED, m -> m.perSecond(m.counted().shed().recorded())),
        line(
            "late, errors, unanswered",
            LATE,
            m -> m.perSecond(m.counted().late() + m.counted().other())));
  }

  List<Series> latencies() {
    return List.of(
        line("good, median", GOOD, m -> m.counted().good().p50Millis()),
        line("good, p99", LATE, m -> m.counted().good().p99Millis()),
        line("refusals, p99", SHED, m -> m.counted().shed().p99Millis()));
  }

  List<Series> reasons() {
    List<String> names =
        moments.stream()
            .flatMap(m -> m.counted().shedByReason().keySet().stream())
            .distinct()
            .sorted()
            .toList();
    List<Series> series = new ArrayList<>();
    for (String name : names) {
      series.add(
          line(
              name,
              Plot.color(series.size(), names.size()),
              m -> m.perSecond(m.counted().shedByReason().getOrDefault(name, 0L))));
    }
    return series;
  }

  List<Series> tiers() {
    List<Series> series = new ArrayList<>();
    for (Priority tier : Priority.values()) {
      series.add(
          line(
              tier.name().toLowerCase(Locale.ROOT),
              Plot.color(series.size(), Priority.values().length),
              m -> m.perSecond(m.counted().shedByTier().getOrDefault(tier, 0L))));
    }
    return series;
  }

  private Series line(String name, String color, ToDoubleFunction<Moment> figure) {
    List<Point> points =
        moments.stream().map(m -> Point.at(m.atSeconds(), figure.applyAsDouble(m))).toList();
    return new Series(name, color, false, points);
  }

  private String picture(String title, String unit, List<Series> series) {
    double top =
        series.stream().flatMap(s -> s.points().stream()).mapToDouble(Point::y).max().orElse(1);
    return Plot.svg(title, time, Axis.upTo(unit, top), series);
  }
}
