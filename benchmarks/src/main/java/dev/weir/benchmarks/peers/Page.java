package dev.weir.benchmarks.peers;

import dev.weir.benchmarks.peers.Results.Match;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The results as one HTML page that needs nothing else: no scripts, no files, no network. */
final class Page {

  private static final String STYLE =
      """
      body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:1500px;padding:0 1rem;
        color:#222;background:#fff}
      table{border-collapse:collapse}td{padding:.1rem 1rem .1rem 0;vertical-align:top}
      .charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(420px,1fr));gap:1rem}
      .legend span{display:inline-block;margin-right:1.2rem;white-space:nowrap}
      .legend i{display:inline-block;width:1.4rem;height:.3rem;margin-right:.4rem;
        vertical-align:middle}
      svg{width:100%;border:1px solid #ddd;border-radius:4px}
      """;

  /** What charts need wherever they are. */
  static final String CHART_STYLE =
      """
      text{font-size:11px;fill:#555}text.title{font-size:13px;font-weight:600;fill:#222}
      text.y{text-anchor:end}text.x{text-anchor:middle}.grid{stroke:#eee}
      polyline{fill:none;stroke:var(--c);stroke-width:1.5}circle{fill:var(--c)}
      .range{stroke:var(--c);stroke-width:1}.peer{opacity:.75}.ours polyline{stroke-width:3.5}
      """;

  private Page() {}

  /**
   * @throws IOException if the file cannot be written
   */
  static void write(Results results, Path file) throws IOException {
    StringBuilder html = new StringBuilder();
    html.append("<!doctype html><html lang='en'><head><meta charset='utf-8'>")
        .append("<title>Weir: policies compared</title><style>")
        .append(STYLE)
        .append(CHART_STYLE)
        .append("</style></head><body><h1>Policies compared</h1><table>");
    results
        .conditions()
        .forEach(
            (name, value) ->
                html.append("<tr><td>")
                    .append(escaped(name))
                    .append("</td><td>")
                    .append(escaped(value))
                    .append("</td></tr>"));
    html.append("</table><p>Offered load is given over what the machine can just do. Lines are")
        .append(" medians of the rounds, upright bars their ranges.</p>");
    results.matches().forEach(match -> section(match, html));
    html.append("</body></html>\n");
    Files.writeString(file, html);
  }

  private static void section(Match match, StringBuilder html) {
    html.append("<h2>")
        .append(escaped(match.world() + ": " + match.workload()))
        .append("</h2><p class='legend'>");
    List<String> contestants = match.contestants();
    for (int i = 0; i < contestants.size(); i++) {
      html.append("<span><i style='background:")
          .append(color(contestants.get(i), i, contestants.size()))
          .append("'></i>")
          .append(escaped(contestants.get(i)))
          .append("</span>");
    }
    html.append("</p><div class='charts'>");
    Metric.of(match.rows()).forEach(metric -> html.append(Chart.draw(match, metric)));
    html.append("</div>\n");
  }

  static boolean ours(String contestant) {
    return contestant.startsWith("weir");
  }

  /** Weir is black; the others go round the colour wheel, neighbours apart. */
  static String color(String contestant, int index, int of) {
    if (ours(contestant)) {
      return "#000";
    }
    int hue = index * 360 / of;
    return String.format(Locale.ROOT, "hsl(%d 70%% %d%%)", hue, index % 2 == 0 ? 42 : 60);
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;")
        .replace("\"", "&quot;");
  }
}
