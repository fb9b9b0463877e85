package dev.weir.chaos.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Findings as one HTML page that needs nothing else: no scripts, no files, no network. */
public final class Page {

  private static final List<String> STORY =
      List.of("Steady state", "Fault", "Expectation", "Recovery");

  private static final String STYLE =
      """
      :root{color-scheme:light dark;--ink:#222;--paper:#fff;--faint:#ddd;--soft:#666}
      @media(prefers-color-scheme:dark){:root{--ink:#ddd;--paper:#181818;--faint:#444;--soft:#999}}
      body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:1100px;padding:0 1rem;
        color:var(--ink);background:var(--paper)}
      table{border-collapse:collapse}td{padding:.15rem 1rem .15rem 0;vertical-align:top}
      .held{color:#2a8a3e}.failed{color:#c5221f;font-weight:600}
      dt{float:left;clear:left;width:8rem;color:var(--soft)}dd{margin-left:8.5rem}
      svg{width:100%;border:1px solid var(--faint);border-radius:4px;margin:.4rem 0}
      text{font-size:11px;fill:var(--soft)}text.title{font-size:13px;fill:var(--ink)}
      text.y{text-anchor:end}text.x{text-anchor:middle}.grid{stroke:var(--faint)}
      polyline{fill:none;stroke-width:1.5}.window{fill:#e8710a;opacity:.15}
      """;

  private Page() {}

  /**
   * @param seed of all lots
   * @throws IOException if the file cannot be written
   */
  public static void write(List<Finding> findings, long seed, Path file) throws IOException {
    StringBuilder html = new StringBuilder();
    html.append("<!doctype html><html lang='en'><head><meta charset='utf-8'>")
        .append("<title>Weir: hypotheses about failure</title><style>")
        .append(STYLE)
        .append("</style></head><body><h1>Hypotheses about failure</h1><p>")
        .append(Instant.now().truncatedTo(ChronoUnit.SECONDS))
        .append(", seed ")
        .append(seed)
        .append(", Java ")
        .append(escaped(Runtime.version().toString()))
        .append(", ")
        .append(Runtime.getRuntime().availableProcessors())
        .append(" processors</p><table>");
    for (Finding finding : findings) {
      html.append("<tr><td>").append(verdict(finding.held())).append("</td><td><a href='#");
      html.append(finding.name()).append("'>").append(escaped(finding.sentence()));
      html.append("</a></td></tr>");
    }
    html.append("</table>");
    findings.forEach(finding -> section(finding, html));
    Files.writeString(file, html.append("</body></html>\n"));
  }

  private static void section(Finding finding, StringBuilder html) {
    html.append("<h2 id='").append(finding.name()).append("'>");
    html.append(escaped(finding.sentence())).append("</h2><dl>");
    for (int i = 0; i < finding.story().size(); i++) {
      html.append("<dt>").append(STORY.get(i)).append("</dt><dd>");
      html.append(escaped(finding.story().get(i))).append("</dd>");
    }
    html.append("</dl><table>");
    for (Finding.Check check : finding.checks()) {
      html.append("<tr><td>").append(verdict(check.held())).append("</td><td>");
      html.append(escaped(check.sentence())).append("</td></tr>");
    }
    html.append("</table>").append(Curves.draw(finding.timeline()));
  }

  private static String verdict(boolean held) {
    return held ? "<span class='held'>held</span>" : "<span class='failed'>failed</span>";
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;")
        .replace("\"", "&quot;");
  }
}
