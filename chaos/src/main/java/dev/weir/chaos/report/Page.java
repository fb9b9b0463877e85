package dev.weir.chaos.report;

import dev.weir.benchmarks.chart.Html;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Findings as one HTML page that needs nothing else: no scripts, no files, no network. */
public final class Page {

  private static final List<String> STORY =
      List.of("Steady state", "Fault", "Expectation", "Recovery");

  private Page() {}

  /**
   * @param seed of all lots
   * @throws IOException if the file cannot be written
   */
  public static void write(List<Finding> findings, long seed, Path file) throws IOException {
    Html page = new Html("Weir: hypotheses about failure");
    page.element("h1", "Hypotheses about failure")
        .element(
            "p",
            "%s, seed %d, Java %s, %d processors"
                .formatted(
                    Instant.now().truncatedTo(ChronoUnit.SECONDS),
                    seed,
                    Runtime.version(),
                    Runtime.getRuntime().availableProcessors()));
    Map<String, String> verdicts = new LinkedHashMap<>();
    findings.forEach(finding -> verdicts.put(finding.sentence(), verdict(finding.held())));
    page.facts(verdicts);
    findings.forEach(finding -> section(finding, page));
    Files.writeString(file, page.finish());
  }

  private static void section(Finding finding, Html page) {
    page.element("h2", finding.sentence());
    Map<String, String> story = new LinkedHashMap<>();
    for (int i = 0; i < finding.story().size(); i++) {
      story.put(STORY.get(i), finding.story().get(i));
    }
    page.facts(story);
    for (Finding.Check check : finding.checks()) {
      page.element(
          "p", check.held() ? "" : "warn", verdict(check.held()) + ": " + check.sentence());
    }
    page.charts(new Curves(finding.timeline()).draw());
  }

  private static String verdict(boolean held) {
    return held ? "held" : "failed";
  }
}
