package dev.weir.benchmarks.tracking;

import dev.weir.benchmarks.chart.Axis;
import dev.weir.benchmarks.chart.Html;
import dev.weir.benchmarks.chart.Plot;
import dev.weir.benchmarks.chart.Plot.Point;
import dev.weir.benchmarks.chart.Plot.Series;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** One run as a page that needs nothing else. */
final class Page {
  private final Followed run;

  private Page(Followed run) {
    this.run = run;
  }

  static String of(Map<String, String> conditions, Followed run) {
    Page page = new Page(run);
    Html html = new Html("Weir: rides").element("h1", "Rides that are followed").facts(conditions);
    if (!run.claim().holds()) {
      html.element("p", "warn", run.claim().sentence());
    }
    html.element("pre", String.join("\n", run.lines()));
    html.charts(
        List.of(
            page.picture(
                "Rides under way", "rides", List.of(page.line("rides", 0, Beat::underWay))),
            page.picture("Said and told", "per second", page.rates()),
            page.picture(
                "Processor time of the server",
                "% of one processor",
                List.of(page.line("processor", 0, Beat::cpuPercent))),
            page.picture(
                "Resident memory of the server",
                "MiB",
                List.of(page.line("memory", 0, Beat::memoryMib)))));
    return html.finish();
  }

  private List<Series> rates() {
    return List.of(
        line("positions", 0, Beat::positions),
        line("progress", 1, Beat::progress),
        line("other routes", 2, Beat::routes),
        line("no other route for now", 3, Beat::notices));
  }

  private Series line(String name, int index, ToDoubleFunction<Beat> figure) {
    List<Point> points =
        run.beats().stream()
            .map(beat -> Point.at(beat.atSeconds(), figure.applyAsDouble(beat)))
            .toList();
    return new Series(name, Plot.color(index, 4), false, points);
  }

  private String picture(String title, String unit, List<Series> series) {
    double end = run.beats().isEmpty() ? 1 : run.beats().getLast().atSeconds();
    double top =
        series.stream().flatMap(s -> s.points().stream()).mapToDouble(Point::y).max().orElse(1);
    String svg =
        Plot.svg(title, Axis.upTo("time, s", end), Axis.upTo(unit, Math.max(top, 1)), series);
    return Html.withLegend(svg, series);
  }
}
