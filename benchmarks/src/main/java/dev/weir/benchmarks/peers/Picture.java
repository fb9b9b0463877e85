package dev.weir.benchmarks.peers;

import dev.weir.benchmarks.chart.Html;
import dev.weir.benchmarks.chart.Plot;
import dev.weir.benchmarks.peers.Results.Match;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Two curves of one workload as a picture that needs nothing else, for documents. */
final class Picture {

  private static final int WIDTH = 960;
  private static final int HEIGHT = 330;
  private static final int CHART_WIDTH = 470;
  private static final int CHART_HEIGHT = 286;
  private static final int LEGEND_TOP = 312;
  private static final int LETTER = 7;
  private static final int GAP = 46;

  /** Length of a line in the legend. */
  private static final int KEY = 28;

  private static final List<String> METRICS = List.of("good_per_second", "success_isochrone");

  /** The best of each kind; more would not be told apart. */
  private static final List<String> SHOWN =
      List.of(
          "weir",
          "lifo",
          "fifo-timeout-d5",
          "r4j-no-wait",
          "netflix-gradient2",
          "sentinel-threads",
          "no-control");

  private Picture() {}

  /**
   * Draws the mixed workload on the engine, or in virtual time if the engine was left out.
   *
   * @throws IOException if the file cannot be written
   */
  static void write(Results results, Path file) throws IOException {
    for (Match match : results.matches().reversed()) {
      if (match.workload().equals("mixed")) {
        Files.writeString(file, draw(match));
        return;
      }
    }
  }

  private static String draw(Match all) {
    Match match =
        new Match(
            all.world(),
            all.workload(),
            all.rows().stream().filter(row -> SHOWN.contains(row.stage().contestant())).toList());
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %1$d %2$d' width='%1$d'"
                + " height='%2$d' font-family='system-ui,sans-serif'><style>%3$s</style>"
                + "<rect width='100%%' height='100%%' fill='#fff'/>",
            WIDTH,
            HEIGHT,
            Plot.STYLE));
    List<Metric> metrics =
        Metric.of(match.rows()).stream().filter(m -> METRICS.contains(m.name())).toList();
    for (int i = 0; i < metrics.size(); i++) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<svg x='%d' width='%d' height='%d'>%s</svg>",
              i * (CHART_WIDTH + 10),
              CHART_WIDTH,
              CHART_HEIGHT,
              Chart.draw(match, metrics.get(i))));
    }
    legend(Chart.legend(match), svg);
    return svg.append("</svg>\n").toString();
  }

  private static void legend(List<Plot.Series> contestants, StringBuilder svg) {
    int left = 10;
    for (Plot.Series contestant : contestants) {
      String name = contestant.name();
      svg.append(
          String.format(
              Locale.ROOT,
              "<line x1='%d' x2='%d' y1='%3$d' y2='%3$d' style='stroke:%4$s;stroke-width:3;"
                  + "stroke-dasharray:%5$s'/><text x='%6$d' y='%7$d'>%8$s</text>",
              left,
              left + KEY,
              LEGEND_TOP + 2,
              contestant.color(),
              contestant.stroke().dashes(),
              left + KEY + 6,
              LEGEND_TOP + 6,
              Html.escaped(name)));
      left += LETTER * name.length() + GAP;
    }
  }
}
