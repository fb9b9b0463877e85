package dev.weir.proxy.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.Server;
import dev.weir.proxy.TestSettings;
import dev.weir.proxy.flood.MetricsPage;
import dev.weir.proxy.transport.http.RawClient;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever callers make up, it makes no series. */
final class CardinalityTest {

  private static final int CALLERS = 10_000;

  /** More would be noticed by whoever stores them; fewer is better. */
  private static final int MOST_SERIES = 1_500;

  private Server server;

  @BeforeEach
  void start() throws Exception {
    server = Server.start(TestSettings.monaco(), _ -> {});
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void tenThousandTenantsAgentsPathsAndRequestIdsMakeNoSeries() throws Exception {
    ask(0, 1);
    Set<String> before = series();

    int answered = ask(1, CALLERS);

    assertEquals(CALLERS, answered);
    assertEquals(before, series());
    assertTrue(before.size() < MOST_SERIES, () -> before.size() + " series");
    assertTrue(MetricsPage.read(server.adminPort()).sum("weir_http_answers_total") >= CALLERS);
  }

  /** Calls of which no two have anything in common that a caller may choose; most go wrong. */
  private int ask(int first, int count) throws IOException {
    int answered = 0;
    try (RawClient client = new RawClient(server.httpPort())) {
      for (int i = first; i < first + count; i++) {
        client.get(
            target(i),
            "User-Agent: agent-" + i,
            "X-API-Key: key-" + i,
            "X-Weir-User: user-" + i,
            "X-Weir-Priority: priority-" + i,
            "X-Request-Id: request-" + i,
            "traceparent: 00-%032x-%016x-01".formatted(i + 1, i + 1));
        answered += client.receive().status() >= 200 ? 1 : 0;
      }
    }
    return answered;
  }

  private static String target(int i) {
    return switch (i % 4) {
      case 0 -> "/path-" + i;
      case 1 -> "/route?profile=profile-" + i + "&point=43.7384,7.4246&point=43.7311,7.4197";
      case 2 -> "/v1/profiles/profile-" + i + "/route";
      default -> "/nearest?point=43.7384,7.4246&parameter-" + i + "=" + i;
    };
  }

  /** Without those of the collector, which come with a pause of a new kind. */
  private Set<String> series() throws IOException {
    return MetricsPage.read(server.adminPort()).samples().keySet().stream()
        .filter(series -> !series.startsWith("jvm_gc_pause"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
