package dev.weir.proxy.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.Server;
import dev.weir.proxy.TestSettings;
import dev.weir.proxy.flood.MetricsPage;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The flood before the first caller. */
final class RehearsalTest {

  private static final Pattern TOLD =
      Pattern.compile("rehearsed a flood in .* with (\\d+) requests");

  @Test
  void isAnsweredAndLeavesNoTrace() throws Exception {
    List<String> told = new ArrayList<>();
    try (Server server = Server.start(TestSettings.monaco(), told::add)) {
      Matcher line = TOLD.matcher(String.join("\n", told));
      assertTrue(line.find(), told.toString());
      assertTrue(Long.parseLong(line.group(1)) > 0, line.group());
      MetricsPage metrics = MetricsPage.read(server.adminPort());
      assertEquals(0, metrics.sum("weir_http_answers_total"));
      assertEquals(0, metrics.sum("weir_decisions_total"));
      assertEquals(0, metrics.sum("weir_load_ratio"));
      assertTrue(
          Thread.getAllStackTraces().keySet().stream()
              .noneMatch(thread -> thread.getName().startsWith("weir-rehearsal")));
    }
  }
}
