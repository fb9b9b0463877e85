package dev.weir.proxy.published;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.Server;
import dev.weir.proxy.TestSettings;
import dev.weir.proxy.config.TlsSettings;
import dev.weir.proxy.development.DevelopmentCertificates;
import dev.weir.proxy.published.Program.Result;
import dev.weir.proxy.transport.tls.TestCertificates;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The TLS of both ports as openssl and testssl.sh see it; skipped, saying so, where they are
 * missing.
 */
final class TlsFromOutsideTest {

  private static final DevelopmentCertificates OURS = TestCertificates.ours();

  private static Server server;

  @BeforeAll
  static void start() throws Exception {
    TlsSettings tls = TestCertificates.settings(OURS.server());
    server = Server.start(TestSettings.secured(TestSettings.monaco(), tls, tls), _ -> {});
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static List<Integer> ports() {
    return List.of(server.httpPort(), server.grpcPort());
  }

  /** Shakes hands, and ends. */
  private static Result openssl(int port, String... options) throws Exception {
    Program.required("openssl", "version");
    List<String> command = new ArrayList<>(List.of("openssl", "s_client"));
    command.addAll(List.of("-connect", "127.0.0.1:" + port, "-servername", "localhost"));
    command.addAll(List.of("-CAfile", OURS.authority().certificate().toString()));
    command.addAll(List.of("-verify_return_error"));
    command.addAll(List.of(options));
    return Program.run(Path.of("target"), command.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void modernVersionsAreSpoken(String version) throws Exception {
    String option =
        "-" + version.toLowerCase(java.util.Locale.ROOT).replace("v", "").replace('.', '_');
    for (int port : ports()) {
      Result result = openssl(port, option, "-alpn", "h2,http/1.1");

      assertEquals(0, result.exit(), result.output());
      assertTrue(result.output().contains("New, " + version + ", Cipher is "), result.output());
      assertTrue(result.output().contains("Verify return code: 0 (ok)"), result.output());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_1", "-tls1"})
  void oldVersionsAreRefused(String option) throws Exception {
    for (int port : ports()) {
      // without the level, openssl itself does not even ask for them
      assertRefused(openssl(port, option, "-cipher", "ALL:@SECLEVEL=0"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ECDHE-ECDSA-AES128-SHA",
        "ECDHE-ECDSA-AES128-SHA256",
        "ECDHE-ECDSA-AES256-SHA384",
        "AES128-GCM-SHA256",
        "DHE-RSA-AES128-GCM-SHA256",
        "ECDHE-ECDSA-NULL-SHA"
      })
  void suitesWithoutAuthenticatedEncryptionOrFreshKeysAreRefused(String suite) throws Exception {
    for (int port : ports()) {
      assertRefused(openssl(port, "-tls1_2", "-cipher", suite + ":@SECLEVEL=0"));
    }
  }

  private static void assertRefused(Result result) {
    assertNotEquals(0, result.exit(), result.output());
    assertTrue(result.output().contains("CONNECTED("), result.output());
    assertTrue(result.output().contains("Cipher is (NONE)"), result.output());
  }

  @Test
  void eachPortSaysByAlpnWhatItSpeaks() throws Exception {
    assertAlpn("http/1.1", openssl(server.httpPort(), "-alpn", "http/1.1"));
    assertAlpn("h2", openssl(server.httpPort(), "-alpn", "http/1.1,h2"));
    assertAlpn("h2", openssl(server.grpcPort(), "-alpn", "h2"));
  }

  private static void assertAlpn(String protocol, Result result) {
    assertEquals(0, result.exit(), result.output());
    assertTrue(result.output().contains("ALPN protocol: " + protocol), result.output());
  }

  @Test
  void testsslFindsNothingSerious() throws Exception {
    Program.required("testssl", "--version");
    for (int port : ports()) {
      Result result =
          Program.run(
              Path.of("target"),
              "testssl",
              "--quiet",
              "--color=0",
              "--protocols",
              "--server-preference",
              "--vulnerable",
              "127.0.0.1:" + port);

      assertTrue(!result.output().contains("VULNERABLE (NOT ok)"), result.output());
    }
  }
}
