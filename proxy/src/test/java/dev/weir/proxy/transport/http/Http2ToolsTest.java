package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.proxy.config.TlsSettings;
import dev.weir.proxy.config.TlsSettings.ClientAuth;
import dev.weir.proxy.path.CertificateObserver.Port;
import dev.weir.proxy.transport.tls.Certificates;
import dev.weir.proxy.transport.tls.TestCertificates;
import dev.weir.routing.Rendered.Media;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** HTTP/2 with clients that others made, where they are installed. */
final class Http2ToolsTest {

  private static String run(String... command) throws Exception {
    assumeTrue(isInstalled(command[0]), command[0] + " is not installed");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }

  private static boolean isInstalled(String command) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
  }

  @Test
  void curlWhichKnowsThatItIsSpoken() throws Exception {
    try (TestServer server = new TestServer()) {
      String answer =
          run(
              "curl",
              "-sS",
              "--http2-prior-knowledge",
              "-w",
              " %{http_version} %{http_code}",
              "http://127.0.0.1:" + server.server.port() + "/health");

      assertEquals("OK 2 200", answer);
    }
  }

  @Test
  void curlWhichAsksForAnUpgradeGoesOnInHttp11() throws Exception {
    try (TestServer server = new TestServer()) {
      String answer =
          run(
              "curl",
              "-sS",
              "--http2",
              "-w",
              " %{http_version} %{http_code}",
              "http://127.0.0.1:" + server.server.port() + "/health");

      assertEquals("OK 1.1 200", answer);
    }
  }

  @Test
  void curlOverTls() throws Exception {
    TlsSettings tls = TestCertificates.settings(TestCertificates.ours().server(), ClientAuth.NONE);
    try (TestServer server =
        new TestServer(Certificates.read(Port.HTTP, tls, InstantSource.system()))) {
      String answer =
          run(
              "curl",
              "-sS",
              "--cacert",
              TestCertificates.ours().authority().certificate().toString(),
              "-w",
              " %{http_version} %{http_code}",
              "https://localhost:" + server.server.port() + "/health");

      assertEquals("OK 2 200", answer);
    }
  }

  /** Many requests at a time, each with an answer that takes several windows. */
  @Test
  void h2load() throws Exception {
    try (TestServer server = new TestServer()) {
      server.application.answerWith(Media.JSON, "x".repeat(100_000));
      String output =
          run(
              "h2load",
              "-n",
              "2000",
              "-c",
              "4",
              "-m",
              "50",
              "http://127.0.0.1:" + server.server.port() + "/route");

      assertTrue(output.contains("2000 succeeded, 0 failed"), output);
      assertTrue(output.contains("2000 2xx"), output);
      assertEquals(0, server.observer.cuts.size());
    }
  }
}
