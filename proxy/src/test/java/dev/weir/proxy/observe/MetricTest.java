package dev.weir.proxy.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.path.BreakerSwitch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds scrape and documents to the list of metrics. */
final class MetricTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "metrics.md");
  private static final String BEGIN = "<!-- metrics:begin -->\n";
  private static final String END = "<!-- metrics:end -->";

  /** Labels whose values the server makes: its own lists, statuses and ports, and the JVM's. */
  private static final Set<String> OF_THE_SERVER =
      Set.of(
          "kind",
          "outcome",
          "reason",
          "step",
          "priority",
          "decision",
          "position",
          "resource",
          "status",
          "port",
          "finding",
          "version",
          "java",
          "area",
          "id",
          "pool",
          "action",
          "cause",
          "gc");

  @Test
  void everyMetricIsExportedAndEveryExportedMetricIsListed() {
    Set<String> listed =
        Arrays.stream(Metric.values()).map(Metric::family).collect(Collectors.toSet());
    Set<String> exported = new TreeSet<>();
    for (String family : scrape().families()) {
      exported.add(family.endsWith("_max") ? family.substring(0, family.length() - 4) : family);
    }
    exported.add(Metric.GC_PAUSE.family()); // comes with the first pause

    assertEquals(new TreeSet<>(listed), exported);
  }

  @Test
  void everyExportedMetricHasItsSentenceAsHelpAndItsType() {
    Scrape scrape = scrape();
    for (Metric metric : Metric.values()) {
      if (scrape.families().contains(metric.family())) {
        assertEquals(metric.sentence(), scrape.help(metric.family()));
        assertEquals(metric.type().name().toLowerCase(Locale.ROOT), scrape.type(metric.family()));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void namesTellUnitAndType(Metric metric) {
    String name = metric.family();
    assertEquals(metric.unit() == Metric.Unit.SECONDS, name.endsWith("_seconds"), name);
    assertEquals(metric.unit() == Metric.Unit.BYTES, name.matches(".*_bytes(_total)?"), name);
    assertEquals(metric.type() == Metric.Type.COUNTER, name.endsWith("_total"), name);
    assertTrue(metric.sentence().endsWith("."), name);
  }

  @ParameterizedTest
  @EnumSource
  void noLabelTakesItsValuesFromCallers(Metric metric) {
    assertTrue(OF_THE_SERVER.containsAll(metric.labels()), () -> metric.labels().toString());
    for (String label : metric.labels()) {
      assertFalse(label.matches("(?i).*(tenant|user|caller|address|client).*"), label);
    }
  }

  @Test
  void theDocumentListsEveryMetric() throws IOException {
    String text = Files.readString(DOCUMENT);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    String expected = text.substring(0, begin) + table() + text.substring(text.indexOf(END));
    if (System.getProperty("weir.write.documents") != null) {
      Files.writeString(DOCUMENT, expected);
    }

    assertEquals(expected, Files.readString(DOCUMENT));
  }

  private static String table() {
    StringBuilder table = new StringBuilder("| metric | type | unit | labels | what it says |\n");
    table.append("| --- | --- | --- | --- | --- |\n");
    for (Metric metric : Metric.values()) {
      table.append(
          "| `%s` | %s | %s | %s | %s |\n"
              .formatted(
                  metric.family(),
                  metric.type().name().toLowerCase(Locale.ROOT),
                  metric.unit().name().toLowerCase(Locale.ROOT),
                  metric.labels().stream()
                      .map(label -> "`" + label + "`")
                      .collect(Collectors.joining(", ")),
                  metric.sentence()));
    }
    return table.toString();
  }

  private static Scrape scrape() {
    try (Observations observations = new Observations("1")) {
      observations.watch(
          new Gauges(
              () -> 1,
              () -> 1,
              () -> 1,
              () -> 1,
              () -> 1,
              () -> 1,
              () -> 1,
              priority -> 1,
              () -> BreakerSwitch.Position.CLOSED,
              () -> 1,
              () -> 1));
      return new Scrape(observations.scrape());
    }
  }
}
