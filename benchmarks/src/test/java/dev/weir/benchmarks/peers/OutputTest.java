package dev.weir.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.benchmarks.sim.Field;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutputTest {

  @TempDir private Path directory;

  private static Results results() throws InterruptedException {
    VirtualRun.Plan plan =
        new VirtualRun.Plan(
            2, true, List.of(0.5, 5.0), Duration.ofSeconds(2), 3, 1, 1_000, List.of(), 0, 0);
    List<Row> rows =
        new VirtualRun(plan, (row, speed) -> {}).run(List.of(Field.noWait(), Field.newestFirst()));
    return new Results(Map.of("Seed", "<1> & 'more'"), rows);
  }

  @Test
  void everyRoundOfEverybodyIsARow() throws InterruptedException {
    Results results = results();
    assertEquals((VirtualRun.WORKLOADS.size() * 2 + 1) * 3 * 2, results.rows().size());
    assertEquals(VirtualRun.WORKLOADS.size() + 1, results.matches().size());
    Results.Match match = results.matches().getFirst();
    assertEquals(List.of("semaphore-no-wait", "lifo"), match.contestants());
    assertEquals(List.of(0.5, 5.0), match.loads());
    assertEquals(3, match.rounds("lifo", 5.0).size());
  }

  @Test
  void onlyWhatIsWantedIsRun() throws InterruptedException {
    VirtualRun.Plan plan =
        new VirtualRun.Plan(
            2,
            true,
            List.of(2.0),
            Duration.ofSeconds(1),
            1,
            1,
            10,
            List.of("riders", "steps"),
            0,
            0);
    List<Row> rows = new VirtualRun(plan, (row, speed) -> {}).run(List.of(Field.newestFirst()));
    assertEquals(
        List.of("riders", "steps"), rows.stream().map(row -> row.stage().workload()).toList());
  }

  @Test
  void aSpreadIsMedianAndRange() throws InterruptedException {
    Results.Match match = results().matches().getFirst();
    Metric good = Metric.of(match.rows()).getFirst();
    List<Row> rounds = match.rounds("lifo", 5.0);
    double[] figures = rounds.stream().mapToDouble(good.figure()).sorted().toArray();
    assertEquals(new Spread(figures[1], figures[0], figures[2]), Spread.of(rounds, good));
    Spread even = Spread.of(rounds.subList(0, 2), good);
    assertEquals((even.min() + even.max()) / 2, even.median());
  }

  @Test
  void mixedWorkIsShownByClassAndTierAndTenant() throws InterruptedException {
    List<String> names =
        results().matches().stream()
            .flatMap(match -> Metric.of(match.rows()).stream())
            .map(Metric::name)
            .distinct()
            .toList();
    assertTrue(
        names.containsAll(
            List.of(
                "success_isochrone",
                "success_critical",
                "success_batch",
                "success_meek",
                "flood_settled_ms")));
  }

  @Test
  void thePageNeedsNothingElse() throws IOException, InterruptedException {
    Path file = directory.resolve("page.html");
    Results results = results();
    Page.write(results, file);
    String html = Files.readString(file);
    assertFalse(html.contains("<script"));
    assertFalse(html.contains("http"));
    assertTrue(html.contains("&lt;1&gt; &amp; &#39;more&#39;"));
    int pictures =
        results.matches().stream().mapToInt(match -> Metric.of(match.rows()).size()).sum();
    assertEquals(pictures, html.split("<svg", -1).length - 1);
    assertFalse(html.contains("NaN"));
  }

  @Test
  void theTableSaysBestFirst() throws InterruptedException {
    StringWriter text = new StringWriter();
    Table.print(results(), new PrintWriter(text));
    String table = text.toString();
    String flood = table.substring(table.indexOf("virtual, uniform, load 5.0x"));
    assertTrue(flood.indexOf("lifo") < flood.indexOf("semaphore-no-wait"));
    assertTrue(table.contains("isochrone"));
  }

  @Test
  void theSameSeedGivesTheSameValues() throws IOException, InterruptedException {
    Path first = directory.resolve("first.csv");
    Path second = directory.resolve("second.csv");
    Table.writeCsv(results(), first);
    Table.writeCsv(results(), second);
    List<String> lines = Files.readAllLines(first);
    assertEquals(lines, Files.readAllLines(second));
    assertEquals("world,workload,contestant,load,round,metric,value", lines.getFirst());
    assertTrue(lines.stream().allMatch(line -> line.split(",", -1).length == 7));
  }
}
