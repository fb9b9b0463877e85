package dev.weir.proxy.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.proxy.Server;
import dev.weir.proxy.TestSettings;
import dev.weir.proxy.config.CallersSettings;
import dev.weir.proxy.config.Overrides;
import dev.weir.proxy.config.Places;
import dev.weir.proxy.config.Reading;
import dev.weir.proxy.config.Settings;
import dev.weir.proxy.config.SettingsReader;
import dev.weir.proxy.config.TenantSettings;
import dev.weir.proxy.config.Tier;
import dev.weir.proxy.development.DevelopmentCertificates;
import dev.weir.proxy.development.NotMade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From {@code weir cert} to an answer over TLS, by what it prints. */
final class CertCommandTest {

  @TempDir private Path dir;

  private record Ended(int code, String said) {}

  private static Ended run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    return new Ended(process.exitValue(), said);
  }

  private Ended cert(String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.weir.proxy.Main"));
    command.addAll(List.of("cert", "--out", dir.toString()));
    command.addAll(List.of(options));
    return run(command);
  }

  private static boolean installed(String tool) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(place -> Files.isExecutable(Path.of(place, tool)));
  }

  /** The settings that the command printed, on free ports. */
  private Settings settings(String said) throws IOException {
    Path config = dir.resolve("weir.yaml");
    Files.write(
        config,
        said.lines().filter(line -> line.startsWith("http:") || line.startsWith("grpc:")).toList());
    Overrides map = new Overrides(TestSettings.map(), null, null, null, null, null, false);
    Settings read =
        assertInstanceOf(
                Reading.Accepted.class, SettingsReader.read(config, map, new Places(null, dir)))
            .settings();
    return TestSettings.secured(TestSettings.monaco(), read.http().tls(), read.grpc().tls());
  }

  private static String curl(String said) {
    return said.lines()
        .filter(line -> line.startsWith("Then ask:"))
        .map(line -> line.substring(line.indexOf("curl")))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatItPrintsIsAllThatIsNeeded() throws Exception {
    assumeTrue(installed("curl"), "curl is not installed");
    Ended made = cert("--host", "weir.test,10.1.2.3", "--client", "rider-app");
    assertEquals(0, made.code(), made.said());

    TenantSettings rides =
        new TenantSettings("rides", List.of(), List.of("rider-app"), 1, Tier.DEFAULT);
    CallersSettings onlyRides = new CallersSettings(true, Tier.DEFAULT, List.of(rides));
    Settings settings = TestSettings.with(settings(made.said()), onlyRides);
    try (Server server = Server.start(settings, _ -> {})) {
      String curl =
          curl(made.said()).replace(":8989/", ":" + server.httpPort() + "/")
              + " --silent --max-time 20";
      Ended answer = run(List.of("sh", "-c", curl));
      assertEquals(0, answer.code(), answer.said());
      assertTrue(answer.said().contains("\"bbox\""), answer.said());

      String route = "route?profile=car&point=43.7384,7.4246&point=43.7311,7.4197'";
      Ended routed =
          run(List.of("sh", "-c", curl.replace("https", "'https").replace("info", route)));
      assertTrue(routed.said().contains("\"paths\""), routed.said());

      String withoutCertificate = curl.replaceAll(" --(cert|key) '[^']*'", "");
      assertNotEquals(0, run(List.of("sh", "-c", withoutCertificate)).code());

      String metrics = Callers.get(server.adminPort(), "/metrics").body();
      for (String port : List.of("http", "grpc")) {
        String name = "weir_tls_certificate_expiry_timestamp_seconds{port=\"" + port + "\"} ";
        String value =
            metrics.lines().filter(line -> line.startsWith(name)).findFirst().orElseThrow();
        assertTrue(Double.parseDouble(value.substring(name.length())) > 1.7e9, value);
      }
    }
  }

  @Test
  void opensslAgreesOnProtocolsAndSuites() throws Exception {
    assumeTrue(installed("openssl"), "openssl is not installed");
    Ended made = cert();
    assertEquals(0, made.code(), made.said());

    try (Server server = Server.start(settings(made.said()), _ -> {})) {
      for (int port : new int[] {server.httpPort(), server.grpcPort()}) {
        for (String good : List.of("-tls1_3", "-tls1_2")) {
          String said = handshake(port, good, "-alpn", "h2,http/1.1");
          assertTrue(said.contains("Verify return code: 0 (ok)"), said);
          assertTrue(said.contains("ALPN protocol: h2"), said);
        }
        for (String[] bad :
            new String[][] {
              {"-tls1_1", "-cipher", "ALL:@SECLEVEL=0"},
              {"-tls1", "-cipher", "ALL:@SECLEVEL=0"},
              {"-tls1_2", "-cipher", "AES128-SHA:AES256-SHA:AES128-GCM-SHA256:@SECLEVEL=0"},
              {"-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES128-SHA256"},
            }) {
          String said = handshake(port, bad);
          assertTrue(said.contains("Cipher is (NONE)"), said);
        }
      }
    }
  }

  private String handshake(int port, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl", "s_client"));
    command.addAll(List.of("-connect", "127.0.0.1:" + port, "-servername", "localhost"));
    command.addAll(List.of("-CAfile", dir.resolve("ca.pem").toString()));
    command.addAll(List.of(options));
    return run(command).said();
  }

  private List<String> modes() throws IOException {
    List<String> modes = new ArrayList<>();
    try (Stream<Path> files = Files.list(dir)) {
      for (Path file : files.sorted().toList()) {
        modes.add(
            file.getFileName()
                + " "
                + PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      }
    }
    return modes;
  }

  @Test
  void overwritesNothingAndMakesFurtherClientsOfTheSameAuthority() throws Exception {
    DevelopmentCertificates all = new DevelopmentCertificates(dir);
    all.make(List.of(), null);
    String authority = Files.readString(dir.resolve("ca.pem"));
    String server = Files.readString(dir.resolve("server.pem"));

    Ended again = cert();
    assertEquals(1, again.code());
    assertEquals(
        "weir: " + dir.resolve("server.pem") + " exists already: remove it, or name another --out",
        again.said().strip());

    Ended client = cert("--client", "rider-app");
    assertEquals(0, client.code(), client.said());
    assertThrows(NotMade.class, () -> all.make(null, "rider-app"));
    assertThrows(NotMade.class, () -> all.make(List.of("weir.test"), "another"));
    assertEquals(authority, Files.readString(dir.resolve("ca.pem")));
    assertEquals(server, Files.readString(dir.resolve("server.pem")));
    assertEquals(
        List.of(
            "ca-key.pem rw-------",
            "ca.pem rw-r--r--",
            "rider-app-key.pem rw-------",
            "rider-app.pem rw-r--r--",
            "server-key.pem rw-------",
            "server.pem rw-r--r--"),
        modes());
  }

  @Test
  void namesThatAreNoneAreRefused() throws Exception {
    DevelopmentCertificates all = new DevelopmentCertificates(dir);
    for (String host : List.of("a b", "x,dns:y", "-x", "")) {
      assertThrows(NotMade.class, () -> all.make(List.of(host), null));
    }
    for (String client : List.of("../a", "ca", "server", "a,OU=b", "")) {
      assertThrows(NotMade.class, () -> all.make(null, client));
    }
    try (Stream<Path> files = Files.list(dir)) {
      assertEquals(0, files.count());
    }
  }
}
