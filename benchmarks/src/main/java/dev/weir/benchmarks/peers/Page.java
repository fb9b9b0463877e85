package dev.weir.benchmarks.peers;

import dev.weir.benchmarks.chart.Html;
import dev.weir.benchmarks.peers.Results.Match;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The results as one HTML page that needs nothing else: no scripts, no files, no network. */
final class Page {

  private Page() {}

  /**
   * @throws IOException if the file cannot be written
   */
  static void write(Results results, Path file) throws IOException {
    Html html =
        new Html("Weir: policies compared")
            .element("h1", "Policies compared")
            .facts(results.conditions())
            .element(
                "p",
                "Offered load is given over what the machine can just do. Lines are medians of the"
                    + " rounds, upright bars their ranges.");
    for (Match match : results.matches()) {
      html.element("h2", match.world() + ": " + match.workload())
          .legend(Chart.legend(match))
          .charts(
              Metric.of(match.rows()).stream().map(metric -> Chart.draw(match, metric)).toList());
    }
    Files.writeString(file, html.finish());
  }
}
