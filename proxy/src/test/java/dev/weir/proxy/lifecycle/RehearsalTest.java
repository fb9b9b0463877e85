package dev.weir.proxy.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.Server;
import dev.weir.proxy.TestSettings;
import dev.weir.proxy.config.Settings;
import dev.weir.proxy.config.WarmUpSettings;
import dev.weir.proxy.flood.MetricsPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The flood before the first caller. */
final class RehearsalTest {

  private static final Pattern TOLD =
      Pattern.compile("rehearsed a flood in .* with (\\d+) requests, (\\d+) refused");

  @Test
  void isAnsweredAndLeavesNoTrace() throws Exception {
    List<String> told = new ArrayList<>();
    try (Server server = Server.start(settings(), told::add)) {
      Matcher line = TOLD.matcher(String.join("\n", told));
      assertTrue(line.find(), told.toString());
      long ended = Long.parseLong(line.group(1));
      long refused = Long.parseLong(line.group(2));
      assertTrue(0 < refused && refused < ended, line.group());
      MetricsPage metrics = MetricsPage.read(server.adminPort());
      assertEquals(0, metrics.sum("weir_http_answers_total"));
      assertEquals(0, metrics.sum("weir_decisions_total"));
      assertEquals(0, metrics.sum("weir_load_ratio"));
      assertTrue(
          Thread.getAllStackTraces().keySet().stream()
              .noneMatch(thread -> thread.getName().startsWith("weir-rehearsal")));
    }
  }

  /** With time enough for many to be served and many not. */
  private static Settings settings() {
    Settings all = TestSettings.monaco();
    return new Settings(
        all.engine(),
        all.http(),
        all.grpc(),
        all.admin(),
        all.callers(),
        all.gate(),
        all.brownout(),
        all.deadline(),
        all.breaker(),
        new WarmUpSettings(Duration.ofSeconds(6), 1),
        all.rides(),
        all.log(),
        all.tracing(),
        all.drainTimeout());
  }
}
