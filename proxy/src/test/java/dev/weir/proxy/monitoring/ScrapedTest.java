package dev.weir.proxy.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.Server;
import dev.weir.proxy.TestSettings;
import dev.weir.proxy.config.Overrides;
import dev.weir.proxy.config.Places;
import dev.weir.proxy.config.Reading;
import dev.weir.proxy.config.SettingsReader;
import dev.weir.proxy.development.DevelopmentCertificates;
import dev.weir.proxy.published.Program;
import dev.weir.proxy.transport.http.RawClient;
import dev.weir.proxy.transport.tls.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
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

  private static final AtomicBoolean OVER = new AtomicBoolean();
  private static final ExecutorService THREADS = Executors.newFixedThreadPool(CALLERS);
  private static final List<Future<Integer>> ANSWERED = new ArrayList<>();

  @TempDir private static Path dir;
  private static Server server;

  @BeforeAll
  static void start() throws Exception {
    Program.required("prometheus", "--version");
    DevelopmentCertificates ours = TestCertificates.ours();
    Files.writeString(
        dir.resolve("weir.yaml"),
        """
        warm-up: {at-most: 0s}
        gate: {permits: 1}
        grpc: {tls: {certificate: %s, key: %s}}
        callers:
          tenants:
            - {name: rides, keys: [%s], priority: critical}
            - {name: reports, keys: [%s], priority: batch}
        """
            .formatted(ours.server().certificate(), ours.server().key(), KEYS.get(0), KEYS.get(1)));
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
  }

  @AfterAll
  static void stop() {
    OVER.set(true);
    THREADS.shutdown();
    if (server != null) {
      server.close();
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
    List<String> queries =
        new ArrayList<>(
            Dashboard.rows().stream()
                .flatMap(row -> row.panels().stream())
                .flatMap(panel -> panel.queries().stream())
                .map(
                    query ->
                        query
                            .expression()
                            .replace("$job", "weir")
                            .replace("$instance", ".*")
                            .replace("$kind", "route")
                            .replace("$__rate_interval", "20s"))
                .toList());
    queries.addAll(Rules.recorded());
    return queries;
  }

  @Test
  void everyQueryOfTheDashboardAndEveryRecordingRuleReturnsDataOfClassicBuckets() throws Exception {
    try (Prometheus prometheus = Prometheus.scraping(server.adminPort(), dir.resolve("classic"))) {
      prometheus.answersAll(queries());

      assertEquals(List.of(), prometheus.brokenRules());
      assertFalse(prometheus.answers("weir_total_time_seconds"));
    }
    assertNobodyGaveUp();
  }

  @Test
  void andOfNativeHistogramsWherePrometheusAsksForThem() throws Exception {
    String version = Program.required("prometheus", "--version");
    Assumptions.assumeTrue(
        version.contains("version 2."),
        "Later versions of Prometheus take native histograms by a setting, so this is not"
            + " checked.");
    try (Prometheus prometheus =
        Prometheus.scraping(
            server.adminPort(), dir.resolve("native"), "--enable-feature=native-histograms")) {
      prometheus.answersAll(queries());

      assertEquals(List.of(), prometheus.brokenRules());
      assertTrue(prometheus.answers("histogram_count(weir_total_time_seconds{kind=\"route\"})"));
      assertFalse(prometheus.answers("weir_total_time_seconds_bucket{kind=\"route\"}"));
    }
    assertNobodyGaveUp();
  }

  private static void assertNobodyGaveUp() {
    for (Future<Integer> each : ANSWERED) {
      assertFalse(each.isDone(), each::toString);
    }
  }
}
