package dev.weir.proxy.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.weir.proxy.Server;
import dev.weir.proxy.TestSettings;
import dev.weir.proxy.classify.LearnedCosts;
import dev.weir.proxy.classify.LearnedCosts.Restored;
import dev.weir.proxy.config.Settings;
import dev.weir.proxy.flood.MetricsPage;
import dev.weir.proxy.path.Sketch;
import dev.weir.proxy.path.Traits;
import dev.weir.routing.RequestKind;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server learned of costs is known to the next one on the same graph. */
final class CostsSurviveTest {

  private static final int CALLS = 10;
  private static final Traits NEAREST = new Sketch(RequestKind.NEAREST).traits();

  private @TempDir Path directory;

  @Test
  void aServerLearnsAndTheNextOneKnowsUnlessTheFileIsDamaged() throws Exception {
    Settings settings = TestSettings.monaco(directory.resolve("graph"));
    Path file = settings.engine().graphDir().resolve("costs");
    LearnedCosts fresh = costs(settings, serve(settings));
    LearnedCosts known = costs(settings, serve(settings));
    assertEquals(Restored.ALL, known.load(file));
    assertNotEquals(fresh.estimate(NEAREST), known.estimate(NEAREST));

    Files.writeString(file, "nonsense");
    int nodes = serve(settings);
    assertEquals(Restored.ALL, costs(settings, nodes).load(file));
  }

  private static LearnedCosts costs(Settings settings, int nodes) {
    return new LearnedCosts(
        settings.engine().profiles(), "monaco-latest.osm.pbf", nodes, (_, _) -> 0);
  }

  /** Returns the size of the map. */
  private static int serve(Settings settings) throws Exception {
    try (Server server = Server.start(settings, _ -> {})) {
      for (int i = 0; i < CALLS; i++) {
        var answer = Callers.get(server.httpPort(), "/nearest?point=43.7384,7.4246");
        assertEquals(200, answer.statusCode());
      }
      MetricsPage metrics = MetricsPage.read(server.adminPort());
      assertEquals(CALLS, metrics.sum("weir_estimate_percent_count", "kind=\"nearest\""));
      return server.engine().nodes();
    }
  }
}
