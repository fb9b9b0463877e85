package dev.weir.proxy.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * GraphHopper's own client for JavaScript talks to Weir; what it must find is said in {@code
 * clients/conformance-js}. Skipped without Node.js or where its package cannot be fetched.
 */
@Timeout(360)
final class JavaScriptClientTest {

  private static final int LEAST_NODE = 18;

  @TempDir static Path directory;

  private static NodeProject project;
  private static WeirServer weir;

  @BeforeAll
  @Timeout(360)
  static void start() throws Exception {
    project =
        NodeProject.install(
            Path.of(Objects.requireNonNull(System.getProperty("weir.test.clients"))),
            Path.of(Objects.requireNonNull(System.getProperty("weir.test.clients.target"))),
            LEAST_NODE);
    weir = WeirServer.start(directory);
  }

  @AfterAll
  static void stop() {
    if (weir != null) {
      weir.close();
    }
  }

  @Test
  void getsRoutesAndErrorsAndCanReadARefusal() throws Exception {
    NodeProject.Result routes = run("routes.test.js");
    assertEquals(0, routes.exit(), routes.output());

    weir.openBreaker();
    NodeProject.Result refusals = run("refusals.test.js");
    assertEquals(0, refusals.exit(), refusals.output());
  }

  private static NodeProject.Result run(String file) throws Exception {
    return project.run(
        Map.of("WEIR_URL", "http://127.0.0.1:" + weir.port()), "node", "--test", file);
  }
}
