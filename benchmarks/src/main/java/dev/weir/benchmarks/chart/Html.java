package dev.weir.benchmarks.chart;

import java.util.List;
import java.util.Map;

/** A page of one file, in the light or dark colours of whoever reads it. Used by one thread. */
public final class Html {

  private static final String STYLE =
      """
      :root{color-scheme:light dark;--ink:#222;--pale:#555;--paper:#fff;--grid:#e4e4e4;--ours:#000}
      @media(prefers-color-scheme:dark){:root{--ink:#e6e6e6;--pale:#a8a8a8;--paper:#16181c;
        --grid:#33373d;--ours:#fff;--lift:16%}}
      body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:1500px;padding:0 1rem;
        color:var(--ink);background:var(--paper)}
      table{border-collapse:collapse}td,th{padding:.1rem 1rem .1rem 0;vertical-align:top;
        text-align:left}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
      .charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(420px,100%),1fr));gap:1rem}
      .legend span{display:inline-block;margin-right:1.2rem;white-space:nowrap}
      .legend i{display:inline-block;width:1.8rem;height:0;border-top:.25rem solid;
        margin-right:.4rem;vertical-align:middle}
      svg{width:100%;border:1px solid var(--grid);border-radius:4px}
      @media(max-width:600px){body{margin:1rem auto}td,th{padding-right:.6rem}
        svg text{font-size:13px}}
      .warn{border-left:4px solid #d33;padding:.2rem .8rem;font-weight:600}
      """;

  private final StringBuilder html = new StringBuilder();

  public Html(String title) {
    html.append("<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'/>")
        .append("<meta name='viewport' content='width=device-width,initial-scale=1'/><title>")
        .append(escaped(title))
        .append("</title><style>")
        .append(STYLE)
        .append(Plot.STYLE)
        .append("</style></head><body>");
  }

  /** Adds an element with text in it. */
  public Html element(String name, String text) {
    return element(name, "", text);
  }

  /** Adds an element of a class with text in it. */
  public Html element(String name, String cssClass, String text) {
    html.append('<').append(name);
    if (!cssClass.isEmpty()) {
      html.append(" class='").append(cssClass).append('\'');
    }
    html.append('>').append(escaped(text)).append("</").append(name).append(">\n");
    return this;
  }

  /** Adds a table of names and values. */
  public Html facts(Map<String, String> facts) {
    html.append("<table>");
    facts.forEach(this::fact);
    html.append("</table>\n");
    return this;
  }

  private void fact(String name, String value) {
    html.append("<tr>");
    element("td", name).element("td", value);
    html.append("</tr>");
  }

  /** Adds a table whose first column is names and whose others are numbers. */
  public Html table(List<String> head, List<List<String>> rows) {
    html.append("<table>");
    row("th", head);
    rows.forEach(row -> row("td", row));
    html.append("</table>\n");
    return this;
  }

  private void row(String cell, List<String> texts) {
    html.append("<tr>");
    for (int i = 0; i < texts.size(); i++) {
      element(cell, i == 0 ? "" : "n", texts.get(i));
    }
    html.append("</tr>");
  }

  /** Adds the names and colours of curves. */
  public Html legend(List<Plot.Series> series) {
    html.append(legendOf(series));
    return this;
  }

  private static String legendOf(List<Plot.Series> series) {
    StringBuilder legend = new StringBuilder("<p class='legend'>");
    for (Plot.Series one : series) {
      legend
          .append("<span><i style='border-color:")
          .append(one.color())
          .append(";border-top-style:")
          .append(one.stroke().css())
          .append("'></i>")
          .append(escaped(one.name()))
          .append("</span>");
    }
    return legend.append("</p>\n").toString();
  }

  /** A diagram for {@link #charts} with the names and colours of its curves below it. */
  public static String withLegend(String svg, List<Plot.Series> series) {
    return "<div>" + svg + legendOf(series) + "</div>";
  }

  /** Adds diagrams beside each other. */
  public Html charts(List<String> svgs) {
    html.append("<div class='charts'>");
    svgs.forEach(html::append);
    html.append("</div>\n");
    return this;
  }

  /** The whole page; nothing can be added any more. */
  public String finish() {
    return html.append("</body></html>\n").toString();
  }

  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;")
        .replace("\"", "&quot;");
  }
}
