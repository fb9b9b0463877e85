package dev.weir.benchmarks.riders;

import dev.weir.benchmarks.chart.Html;
import dev.weir.benchmarks.chart.Plot.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One run as a page that needs nothing else. */
final class Report {
  private static final List<String> HEAD = List.of("", "offered", "good", "shed", "success");

  private Report() {}

  static String page(Map<String, String> conditions, List<Outcome> climb, Outcome main) {
    Html html = new Html("Weir: riders").element("h1", "What riders got").facts(conditions);
    if (!main.claim().holds()) {
      html.element("p", "warn", main.claim().sentence());
    }
    html.element("pre", String.join("\n", Summary.of(main)));
    Curves curves = new Curves(main.moments());
    List<String> pictures = new ArrayList<>();
    pictures.add(Curves.goodput(climb, main));
    pictures.addAll(curves.overTime());
    html.element("h2", "Curves");
    legend(html, "Requests", curves.rates());
    legend(html, "Latency", curves.latencies());
    legend(html, "Reasons", curves.reasons());
    legend(html, "Tiers", curves.tiers());
    html.charts(pictures);
    parts(html, main);
    return html.finish();
  }

  private static void legend(Html html, String title, List<Series> series) {
    if (!series.isEmpty()) {
      html.element("b", title).legend(series);
    }
  }

  private static void parts(Html html, Outcome main) {
    List<List<String>> rows = new ArrayList<>();
    main.kinds().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> rows.add(row(e.getKey().name(), e.getValue())));
    main.tiers().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> rows.add(row(e.getKey().name(), e.getValue())));
    html.element("h2", "By kind and tier").table(HEAD, rows);
  }

  private static List<String> row(String name, Outcome.Part part) {
    return List.of(
        name.toLowerCase(Locale.ROOT),
        Long.toString(part.offered()),
        Long.toString(part.good()),
        Long.toString(part.shed()),
        String.format(Locale.ROOT, "%.1f %%", 100 * part.success()));
  }
}
