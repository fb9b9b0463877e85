package dev.weir.proxy.handbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs every block of commands of every document as it is written there, but for what {@link #here}
 * says and the ports, in a directory with {@code weir}, {@code weir.yaml} and {@code weir.pid}.
 * Those that cannot be run so are in {@link Elsewhere}. Skipped, saying so, where a program is
 * missing.
 */
@Timeout(360)
final class CommandsTest {

  private static final String JAVA_HOME = Objects.requireNonNull(System.getProperty("java.home"));
  private static final String UPGRADING = "docs/upgrading.md";
  private static final int HTTP = 8989;
  private static final int GRPC = 9989;
  private static final int ADMIN = 8990;

  @TempDir private Path dir;

  @BeforeEach
  void prepare() throws Exception {
    Program.required("bash", "--version");
    Program.required("curl", "--http2-prior-knowledge", "--json", "{}", "--version");
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
    Files.writeString(dir.resolve(".curlrc"), "fail\nshow-error\n");
    Files.writeString(Files.createDirectory(dir.resolve("deploy")).resolve("riders"), "a-key\n");
    makeApplication(Files.createDirectory(dir.resolve("app")));
  }

  /** As a build leaves it, but that the libraries are where they are. */
  private static void makeApplication(Path app) throws IOException {
    Files.copy(Document.ROOT.resolve("config/java.flags"), app.resolve("java.flags"));
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(Attributes.Name.MAIN_CLASS, "dev.weir.proxy.Main");
    String[] classes = System.getProperty("java.class.path").split(File.pathSeparator);
    main.put(
        Attributes.Name.CLASS_PATH,
        Arrays.stream(classes)
            .map(each -> Path.of(each).toUri().toString())
            .collect(Collectors.joining(" ")));
    new JarOutputStream(Files.newOutputStream(app.resolve("weir.jar")), manifest).close();
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
        admin: {port: %d, chaos: true}
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

  private static List<String> documents() throws IOException {
    return Document.names().stream().filter(name -> !name.equals(UPGRADING)).toList();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void theyRunOnAServerThatRuns(String name) throws Exception {
    List<String> blocks = toRun(name);
    if (blocks.isEmpty()) {
      return;
    }
    try (Server server = running()) {
      run(name, blocks, server.httpPort(), server.grpcPort(), server.adminPort());
    }
  }

  @Test
  void anUpgradeAndTheWayBackGoAsTheyAreWritten() throws Exception {
    int[] ports = freePorts();
    configure(ports[0], ports[1], ports[2]);

    run(UPGRADING, toRun(UPGRADING), ports[0], ports[1], ports[2]);
  }

  @Test
  void whatIsRunElsewhereIsThere() throws IOException {
    for (Elsewhere each : Elsewhere.ALL) {
      assertTrue(
          Document.of(each.document()).commands().stream()
              .anyMatch(block -> each.holds(each.document(), block)),
          () -> "No block begins so any more; take it off the list: " + each);
    }
  }

  @Test
  void aCommandThatDoesNotWorkIsNoticed() throws Exception {
    try (Server server = running()) {
      List<String> wrong = List.of("curl -s http://127.0.0.1:8990/no-such-path | cat\n");
      AssertionError noticed =
          assertThrows(
              AssertionError.class,
              () ->
                  run("planted", wrong, server.httpPort(), server.grpcPort(), server.adminPort()));

      assertTrue(String.valueOf(noticed.getMessage()).contains("name it in Elsewhere"));
    }
  }

  /** All of a document's but those that are known to be run elsewhere. */
  private static List<String> toRun(String name) throws IOException {
    return Document.of(name).commands().stream()
        .filter(block -> Elsewhere.ALL.stream().noneMatch(each -> each.holds(name, block)))
        .toList();
  }

  private void run(String name, List<String> blocks, int http, int grpc, int admin)
      throws Exception {
    // An answer that is an error is one of curl, too.
    String shell =
        "PATH='%s/bin':$PATH; export CURL_HOME=\"$PWD\" WEIR_ADMIN=http://127.0.0.1:%d\n"
            .formatted(JAVA_HOME, admin);
    for (String block : blocks) {
      String commands =
          here(block)
              .replace(":" + HTTP, ":" + http)
              .replace(":" + GRPC, ":" + grpc)
              .replace(":" + ADMIN, ":" + admin);
      Result result = Program.run(dir, "bash", "-euo", "pipefail", "-c", shell + commands);
      assertEquals(
          0,
          result.exit(),
          () ->
              name
                  + ": these commands do not work. Mend them, or the server. Only what no test can"
                  + " run has another way out: name it in Elsewhere, and say why and what looks at"
                  + " it instead.\n"
                  + block
                  + "\n"
                  + result.output());
    }
  }

  /**
   * What stands for something of the reader's, by what it is here; and what takes long, shorter.
   */
  private String here(String block) {
    return block
        .replace("jcmd PID ", "jcmd " + ProcessHandle.current().pid() + " ")
        .replace("filename=", "filename=" + dir + "/")
        .replace("seconds=30'", "seconds=1'")
        .replace("chaos/scripts/", Document.ROOT.toAbsolutePath() + "/chaos/scripts/")
        .replace("berlin-latest.osm.pbf", "new.osm.pbf")
        .replace("weir/java.flags", "app/java.flags")
        .replace("weir/weir.jar", "app/weir.jar")
        .replace("--map FILE --graph-dir DIR", "--map new.osm.pbf --graph-dir graph --check");
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
