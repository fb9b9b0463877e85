package dev.weir.proxy.handbook;

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
import dev.weir.proxy.flood.Eventually;
import dev.weir.proxy.flood.MetricsPage;
import dev.weir.proxy.published.Program;
import dev.weir.proxy.published.Program.Result;
import dev.weir.proxy.transport.http.RawClient;
import dev.weir.proxy.transport.tls.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs every command of the handbook as it is written there, but for the ports, in a directory with
 * {@code weir}, {@code weir.yaml} and {@code weir.pid}. Skipped, saying so, where a program is
 * missing.
 */
@Timeout(360)
final class CommandsTest {

  private static final String JAVA_HOME = Objects.requireNonNull(System.getProperty("java.home"));
  private static final int HTTP = 8989;
  private static final int GRPC = 9989;
  private static final int ADMIN = 8990;

  @TempDir private Path dir;

  @BeforeEach
  void prepare() throws Exception {
    Program.required("bash", "--version");
    Program.required("curl", "--version");
    Program.required("awk", "BEGIN {}");
    Program.required("openssl", "version");
    Files.writeString(
        dir.resolve("weir"),
        """
        #!/bin/sh
        exec '%s/bin/java' -Xmx512m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' \\
          dev.weir.proxy.Main "$@"
        """
            .formatted(JAVA_HOME, System.getProperty("java.class.path")));
    assertTrue(dir.resolve("weir").toFile().setExecutable(true));
    Files.copy(TestSettings.map(), dir.resolve("new.osm.pbf"));
    Files.copy(TestCertificates.ours().server().certificate(), dir.resolve("server.pem"));
  }

  /** What the commands left running. */
  @AfterEach
  void end() throws IOException {
    for (String file : List.of("weir.pid", "import.pid")) {
      Path pid = dir.resolve(file);
      if (Files.exists(pid)) {
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
            .filter(process -> process.pid() != ProcessHandle.current().pid())
            .ifPresent(ProcessHandle::destroyForcibly);
      }
    }
  }

  private void configure(int http, int grpc, int admin) throws IOException {
    Files.writeString(
        dir.resolve("weir.yaml"),
        """
        map: {file: '%s', graph-dir: '%s'}
        warm-up: {at-most: 0s}
        http: {port: %d}
        grpc: {port: %d}
        admin: {port: %d}
        """
            .formatted(
                TestSettings.map(), TestSettings.monaco().engine().graphDir(), http, grpc, admin));
  }

  private Reading settings() {
    return SettingsReader.read(
        dir.resolve("weir.yaml"), new Overrides(null, null, null, null, null, null), Places.HERE);
  }

  private Server running() throws Exception {
    configure(0, 0, 0);
    Server server =
        Server.start(
            assertInstanceOf(Reading.Accepted.class, settings()).settings(),
            this::settings,
            _ -> {});
    try (RawClient client = new RawClient(server.httpPort())) {
      String route = "/route?profile=car&point=43.7384,7.4246&point=43.7311,7.4197";
      assertEquals(200, client.get(route).receive().status());
    }
    Eventually.holds(
        "it is counted, which is after its answer",
        () -> MetricsPage.read(server.adminPort()).sum("weir_requests_total") > 0);
    Files.writeString(dir.resolve("weir.pid"), ProcessHandle.current().pid() + "\n");
    return server;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docs/life-of-a-request.md",
        "docs/capacity.md",
        "docs/tuning.md",
        "docs/alerts.md",
        "docs/faq.md"
      })
  void theyRunOnAServerThatRuns(String name) throws Exception {
    try (Server server = running()) {
      run(name, server.httpPort(), server.grpcPort(), server.adminPort());
    }
  }

  @Test
  void anUpgradeAndTheWayBackGoAsTheyAreWritten() throws Exception {
    int[] ports = freePorts();
    configure(ports[0], ports[1], ports[2]);

    run("docs/upgrading.md", ports[0], ports[1], ports[2]);
  }

  private void run(String name, int http, int grpc, int admin) throws Exception {
    List<String> blocks = Document.of(name).commands();
    assertFalse(blocks.isEmpty());
    for (String block : blocks) {
      String commands =
          block
              .replace(":" + HTTP, ":" + http)
              .replace(":" + GRPC, ":" + grpc)
              .replace(":" + ADMIN, ":" + admin);
      String path = "PATH='" + JAVA_HOME + "/bin':$PATH\n";
      Result result = Program.run(dir, "bash", "-euo", "pipefail", "-c", path + commands);
      assertEquals(0, result.exit(), () -> name + ":\n" + block + "\n" + result.output());
    }
  }

  private static int[] freePorts() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket a = new ServerSocket(0, 1, loopback);
        ServerSocket b = new ServerSocket(0, 1, loopback);
        ServerSocket c = new ServerSocket(0, 1, loopback)) {
      return new int[] {a.getLocalPort(), b.getLocalPort(), c.getLocalPort()};
    }
  }
}
