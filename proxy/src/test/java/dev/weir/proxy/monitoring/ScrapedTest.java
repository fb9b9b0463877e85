package dev.weir.proxy.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.proxy.Server;
import dev.weir.proxy.TestSettings;
import dev.weir.proxy.config.Overrides;
import dev.weir.proxy.config.Places;
import dev.weir.proxy.config.Reading;
import dev.weir.proxy.config.SettingsReader;
import dev.weir.proxy.development.DevelopmentCertificates;
import dev.weir.proxy.handbook.Document;
import dev.weir.proxy.monitoring.Dashboard.Query;
import dev.weir.proxy.monitoring.Rules.Alert;
import dev.weir.proxy.observe.trace.TinyCollector;
import dev.weir.proxy.published.Program;
import dev.weir.proxy.transport.http.RawClient;
import dev.weir.proxy.transport.tls.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Prometheus sees of a server under more load than it can do, by classic buckets and by native
 * histograms. Skipped, saying so, where there is no Prometheus.
 */
@Timeout(360)
final class ScrapedTest {

  private static final int CALLERS = 12;

  private static final String FROM_TO = "profile=car&point=43.7384,7.4246&point=43.7311,7.4197";

  /** Of every kind, and of what can be left out. */
  private static final List<String> TARGETS =
      List.of(
          "/route?" + FROM_TO,
          "/route?ch.disable=true&algorithm=alternative_route&" + FROM_TO,
          "/isochrone?profile=car&time_limit=600&point=43.7384,7.4246",
          "/nearest?point=43.7384,7.4246",
          "/spt?profile=car&time_limit=600&point=43.7384,7.4246");

  private static final List<String> KEYS =
      List.of("key-of-rides-1234", "key-of-reports-1234", "key-of-nobody-1234");

  private static final Pattern VARIABLE = Pattern.compile("label_values\\((.+), (\\w+)\\)");

  private static final AtomicBoolean OVER = new AtomicBoolean();
  private static final ExecutorService THREADS = Executors.newFixedThreadPool(CALLERS);
  private static final List<Future<Integer>> ANSWERED = new ArrayList<>();

  @TempDir private static Path dir;
  private static TinyCollector collector;
  private static Server server;
  private static Prometheus classic;

  @BeforeAll
  static void start() throws Exception {
    Program.required("prometheus", "--version");
    DevelopmentCertificates ours = TestCertificates.ours();
    collector = new TinyCollector();
    Files.writeString(
        dir.resolve("weir.yaml"),
        """
        warm-up: {at-most: 0s}
        gate: {permits: 1}
        grpc: {tls: {certificate: %s, key: %s}}
        tracing: {endpoint: "%s/v1/traces", sample: 1, slow: 0s, most-per-second: 1}
        callers:
          tenants:
            - {name: rides, keys: [%s], priority: critical}
            - {name: reports, keys: [%s], priority: batch}
        """
            .formatted(
                ours.server().certificate(),
                ours.server().key(),
                collector.endpoint(),
                KEYS.get(0),
                KEYS.get(1)));
    Reading read =
        SettingsReader.read(
            dir.resolve("weir.yaml"),
            new Overrides(
                TestSettings.map(), TestSettings.monaco().engine().graphDir(), 0, 0, 0, null),
            Places.HERE);
    server = Server.start(assertInstanceOf(Reading.Accepted.class, read).settings(), _ -> {});
    System.gc(); // what the collector tells begins with its first pause
    for (int i = 0; i < CALLERS; i++) {
      String key = KEYS.get(i % KEYS.size());
      String priority = i % KEYS.size() == 0 ? "critical" : "default";
      ANSWERED.add(THREADS.submit(() -> callOnAndOn(key, priority)));
    }
    classic = Prometheus.scraping(server.adminPort(), dir.resolve("classic"));
  }

  @AfterAll
  static void stop() {
    OVER.set(true);
    THREADS.shutdown();
    if (classic != null) {
      classic.close();
    }
    if (server != null) {
      server.close();
    }
    if (collector != null) {
      collector.close();
    }
  }

  @AfterEach
  void nobodyGaveUp() {
    for (Future<Integer> each : ANSWERED) {
      assertFalse(each.isDone(), each::toString);
    }
  }

  /** Returns how many answers there were. */
  private static int callOnAndOn(String key, String priority) throws IOException {
    int count = 0;
    try (RawClient client = new RawClient(server.httpPort())) {
      while (!OVER.get()) {
        String target = TARGETS.get(count % TARGETS.size());
        client.get(target, "X-API-Key: " + key, "X-Weir-Priority: " + priority);
        client.receive();
        count++;
      }
    }
    return count;
  }

  /** As Grafana would ask for one server and one kind. */
  private static List<String> queries() throws IOException {
    List<String> queries = new ArrayList<>(dashboard(_ -> true));
    queries.addAll(Rules.recorded());
    queries.add(capacity());
    return queries;
  }

  private static List<String> dashboard(Predicate<Query> which) {
    return Dashboard.rows().stream()
        .flatMap(row -> row.panels().stream())
        .flatMap(panel -> panel.queries().stream())
        .filter(which)
        .map(
            query ->
                query
                    .expression()
                    .replace("$job", "weir")
                    .replace("$instance", ".*")
                    .replace("$kind", "route")
                    .replace("$__rate_interval", "20s"))
        .toList();
  }

  /** The query for the mean cost of each kind. */
  private static String capacity() throws IOException {
    return Pattern.compile("(?s)With Prometheus[^`]*```\\n(.+?)```")
        .matcher(Document.of("docs/capacity.md").text())
        .results()
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyQueryOfTheDashboardAndEveryRecordingRuleReturnsDataOfClassicBuckets() throws Exception {
    classic.answersAll(queries());

    assertEquals(List.of(), classic.brokenRules());
    assertFalse(classic.answers("weir_total_time_seconds"));
  }

  @Test
  void andOfNativeHistogramsWherePrometheusAsksForThem() throws Exception {
    String version = Program.required("prometheus", "--version");
    Assumptions.assumeTrue(
        version.contains("version 2."),
        "Later versions of Prometheus take native histograms by a setting, so this is not"
            + " checked.");
    try (Prometheus prometheus =
        Prometheus.scraping(server.adminPort(), dir.resolve("native"), "native-histograms")) {
      prometheus.answersAll(queries());

      assertEquals(List.of(), prometheus.brokenRules());
      assertTrue(prometheus.answers("histogram_count(weir_total_time_seconds{kind=\"route\"})"));
      assertFalse(prometheus.answers("weir_total_time_seconds_bucket{kind=\"route\"}"));
      prometheus.namesTracesBehindAll(dashboard(Query::traced));
    }
  }

  @Test
  void thereAreTracesBehindTheHistogramsOfTheDashboard() throws Exception {
    assertFalse(dashboard(Query::traced).isEmpty());
    classic.namesTracesBehindAll(dashboard(Query::traced));
  }

  /** Of recording rules those that name values; the others are without data if one is missing. */
  @Test
  void everySeriesAndEveryValueThatAlertsAndRulesLookAtIsThere() throws Exception {
    List<Selector> selectors = new ArrayList<>();
    for (Alert alert : Rules.alerts()) {
      List<Selector> found = Selector.of(alert.expression());
      assertFalse(found.isEmpty(), alert::expression);
      selectors.addAll(found);
    }
    Rules.recordings().stream()
        .flatMap(expression -> Selector.of(expression).stream())
        .filter(selector -> !selector.matchers().isEmpty())
        .forEach(selectors::add);

    classic.answersAll(proofs(selectors));
  }

  private static List<String> proofs(List<Selector> selectors) {
    return selectors.stream().flatMap(each -> each.proofs().stream()).distinct().toList();
  }

  @Test
  void seriesThatAlertsAreTestedWithAreLabelledLikeThoseOfAServer() throws Exception {
    List<Selector> madeUp = Rules.madeUp();
    assertFalse(madeUp.isEmpty());
    classic.answersAll(
        madeUp.stream().map(each -> "count(" + each.metric() + ")").distinct().toList());

    for (Selector each : madeUp) {
      Set<Set<String>> real = classic.labels(each.metric());
      assertTrue(real.contains(each.labels()), () -> each.text() + " is none of " + real);
    }
  }

  @Test
  void everyVariableOfTheDashboardOffersSomething() throws Exception {
    classic.answersAll(List.of("count(weir_build)", "count(weir_requests_total)"));

    Set<String> names = new TreeSet<>();
    JsonNode dashboard = new ObjectMapper().readTree(DashboardTest.FILE.toFile());
    for (JsonNode variable : dashboard.at("/templating/list")) {
      Matcher asks = VARIABLE.matcher(variable.path("query").asText());
      if (asks.matches()) {
        String series = asks.group(1).replace("$job", "weir");
        List<String> values = classic.values(series, asks.group(2));
        String chosen = variable.at("/current/value").asText();
        assertTrue(
            chosen.isEmpty() ? !values.isEmpty() : values.contains(chosen), variable::toString);
        names.add(variable.path("name").asText());
      }
    }
    assertEquals(Set.of("instance", "job", "kind"), names);
  }

  @Test
  void theAutoscalerIsToldAllThatItAsksForOfAPod() throws Exception {
    List<String> queries = new ArrayList<>();
    for (String asked : Rules.adapted(Prometheus.NAMESPACE, Prometheus.POD)) {
      queries.add("(" + asked + ") and on (pod) up");
      queries.addAll(proofs(Selector.of(asked)));
    }

    classic.answersAll(queries);
  }
}
