package dev.weir.proxy.flood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.Server;
import dev.weir.proxy.TestSettings;
import dev.weir.proxy.config.Settings;
import dev.weir.routing.graphhopper.GraphHopperEngine;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class DrainUnderLoadTest {

  private static final int CONNECTIONS = 300;
  private static final long LAST_REQUEST_MILLIS = 4_000;
  private static final long SEED = Long.getLong("weir.test.flood.seed", 7);

  @Test
  void leavesNoCallerWithHalfAnAnswerNorWaiting() throws Exception {
    Settings settings = TestSettings.monaco();
    ObservedEngine engine =
        new ObservedEngine(GraphHopperEngine.open(settings.engine(), line -> {}, System::nanoTime));
    try (Server server = Server.over(engine, settings, line -> {})) {
      List<Script> scripts =
          new Scripts(new SplittableRandom(SEED), LAST_REQUEST_MILLIS).lenient(CONNECTIONS);
      int port = server.httpPort();
      CompletableFuture<Tally> flood = CompletableFuture.supplyAsync(() -> play(port, scripts));
      Eventually.holds("the flood is there", () -> flooded(server));
      server.close();
      assertEquals(0, engine.inside());
      Tally seen = flood.get();
      assertEquals(List.of(), seen.complaints());
      assertTrue(seen.of("status 200") > 0, "nothing was served");
    }
  }

  private static boolean flooded(Server server) throws Exception {
    MetricsPage page = MetricsPage.read(server.adminPort());
    return page.sum("weir_http_connections_total") == CONNECTIONS
        && page.sum("weir_requests_total") > 0
        && page.sum("weir_queue_length") > 0;
  }

  private static Tally play(int port, List<Script> scripts) {
    try {
      return Flood.play(port, scripts, () -> true);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
