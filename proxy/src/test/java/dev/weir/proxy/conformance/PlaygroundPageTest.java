package dev.weir.proxy.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.proxy.Server;
import dev.weir.proxy.TestSettings;
import dev.weir.proxy.config.GateSettings;
import dev.weir.proxy.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The playground as people see it, in Chromium; what they must see is said in {@code
 * clients/playground}. Skipped without Node.js or Chromium, or where its packages cannot be
 * fetched.
 */
@Timeout(360)
final class PlaygroundPageTest {

  private static final int LEAST_NODE = 20;
  private static final Path CHROMIUM =
      Path.of(System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium"));

  @Test
  void peopleSeeTheMapAskForRoutesAndWatchAFlood() throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(CHROMIUM),
        () -> "There is no " + CHROMIUM + ", so this is not checked.");
    NodeProject project =
        NodeProject.install(
            property("weir.test.playground"), property("weir.test.playground.target"), LEAST_NODE);
    Settings settings =
        TestSettings.with(
            TestSettings.monaco(), GateSettings.standard().with(gate -> gate.permits = 1));
    try (Server weir = Server.start(settings, _ -> {})) {
      NodeProject.Result seen =
          project.run(
              Map.of(
                  "CHROMIUM",
                  CHROMIUM.toString(),
                  "WEIR_URL",
                  "http://127.0.0.1:" + weir.httpPort()),
              "node",
              "--test",
              "playground.test.mjs");
      assertEquals(0, seen.exit(), seen.output());
    }
  }

  private static Path property(String name) {
    return Path.of(Objects.requireNonNull(System.getProperty(name)));
  }
}
