package dev.weir.proxy.published;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.proxy.Server;
import dev.weir.proxy.TestSettings;
import dev.weir.proxy.config.AdminSettings;
import dev.weir.proxy.config.BrownoutSettings;
import dev.weir.proxy.config.Settings;
import dev.weir.proxy.config.Tier;
import dev.weir.proxy.published.Program.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The live page of a real server in a browser. Skipped without npm, Node.js or Chromium, or where
 * its packages cannot be fetched. Pictures are in {@code target/live-page/pictures}.
 */
@Timeout(360)
final class LivePageTest {

  private static final Path CHROMIUM =
      Path.of(System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium"));
  private static final String TOKEN = "token-of-the-operator";

  /** Whoever cannot be served gets an estimate, if that is welcome. */
  private static final BrownoutSettings ESTIMATES =
      new BrownoutSettings(
          List.of(), List.of(), List.of(), List.of(), List.of(Tier.values()), 1.3, List.of());

  @Test
  void showsAnOperatorWhatHappensAndWhatToTurn() throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(CHROMIUM),
        () -> "There is no " + CHROMIUM + ", so this is not checked.");
    NpmProject project = NpmProject.install("live-page", "playwright-core");
    Path pictures = Files.createDirectories(project.directory().resolve("pictures"));
    AdminSettings admin = new AdminSettings("127.0.0.1", 0, TOKEN);
    Settings settings =
        TestSettings.with(TestSettings.with(TestSettings.monaco(), admin), ESTIMATES);
    try (Server weir = Server.start(settings, _ -> {})) {
      Map<String, String> environment =
          Map.of(
              "CHROMIUM",
              CHROMIUM.toString(),
              "SCREENSHOTS",
              pictures.toString(),
              "WEIR_URL",
              "http://127.0.0.1:" + weir.httpPort(),
              "WEIR_ADMIN_URL",
              "http://127.0.0.1:" + weir.adminPort(),
              "WEIR_TOKEN",
              TOKEN);

      Result tests =
          Program.run(project.directory(), environment, "node", "--test", "live.test.mjs");

      assertEquals(0, tests.exit(), tests.output());
    }
  }
}
