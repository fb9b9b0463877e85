package dev.weir.proxy.transport.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.config.TlsSettings;
import dev.weir.proxy.config.TlsSettings.ClientAuth;
import dev.weir.proxy.development.Pair;
import dev.weir.proxy.path.CertificateObserver;
import dev.weir.proxy.transport.BindFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a port, from their first reading to their replacement. */
final class CertificatesTest {

  @TempDir private Path dir;

  private final List<String> heard = new ArrayList<>();
  private final CertificateObserver observer =
      new CertificateObserver() {
        @Override
        public void certificateInUse(Port port, Instant expires) {
          heard.add(port + " until " + expires);
        }

        @Override
        public void certificateRefused(Port port) {
          heard.add(port + " refused");
        }
      };

  @BeforeEach
  void copy() throws IOException {
    TestCertificates.copyOfServer(dir);
  }

  private Pair server() {
    return new Pair(dir.resolve("server.pem"), dir.resolve("server-key.pem"));
  }

  private Certificates read() throws BindFailed {
    return Certificates.read(
        CertificateObserver.Port.HTTP, TestCertificates.settings(server()), InstantSource.system());
  }

  /** The line that says what is wrong, without the directory. */
  private String complaint() {
    return complaint(TestCertificates.settings(server()), InstantSource.system());
  }

  private String complaint(TlsSettings settings, InstantSource clock) {
    BindFailed failed =
        assertThrows(
            BindFailed.class,
            () -> Certificates.read(CertificateObserver.Port.HTTP, settings, clock));
    String line = String.valueOf(failed.getMessage());
    assertEquals(1, line.lines().count());
    return line.replace(dir + "/", "");
  }

  private static X509Certificate shown(Certificates certificates) {
    X509ExtendedKeyManager keys = certificates.keys();
    String alias = keys.chooseEngineServerAlias("EC", null, null);
    X509Certificate[] chain = keys.getCertificateChain(alias);
    assertNotNull(keys.getPrivateKey(alias));
    assertEquals(1, chain.length);
    return chain[0];
  }

  @Test
  void aMissingFileIsNamedWithItsSetting() throws IOException {
    Files.delete(server().certificate());
    assertEquals("http.tls.certificate: server.pem does not exist", complaint());

    copy();
    Files.delete(server().key());
    assertEquals("http.tls.key: server-key.pem does not exist", complaint());
  }

  @Test
  void filesThatHoldSomethingElseAreRefused() throws IOException {
    Files.writeString(server().certificate(), "not PEM");
    assertEquals("http.tls.certificate: server.pem holds no certificate in PEM", complaint());

    Files.writeString(
        server().certificate(), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    assertEquals(
        "http.tls.certificate: server.pem holds a certificate that cannot be read", complaint());

    copy();
    Files.writeString(server().key(), "not PEM");
    assertEquals("http.tls.key: server-key.pem holds no private key in PEM", complaint());

    Files.writeString(
        server().key(), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    assertEquals(
        "http.tls.key: server-key.pem holds a private key that is neither EC nor RSA, or cannot be"
            + " read",
        complaint());

    Files.writeString(
        server().key(),
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
    assertEquals(
        "http.tls.key: server-key.pem is not a key in plain PKCS #8: openssl pkcs8 -topk8 -nocrypt"
            + " makes one of it",
        complaint());
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() throws IOException {
    TestCertificates.replace(
        server(), new Pair(server().certificate(), TestCertificates.strangers().server().key()));

    assertEquals("http.tls.key: server-key.pem is not the key of the certificate", complaint());
  }

  @Test
  void aCertificateOfAnotherTimeIsRefused() {
    X509Certificate certificate = TestCertificates.certificate(server().certificate());
    Instant end = certificate.getNotAfter().toInstant();
    Instant begin = certificate.getNotBefore().toInstant();
    TlsSettings settings = TestCertificates.settings(server());

    assertEquals(
        "http.tls.certificate: server.pem has expired at " + end,
        complaint(settings, () -> end.plusSeconds(1)));
    assertEquals(
        "http.tls.certificate: server.pem is not valid before " + begin,
        complaint(settings, () -> begin.minusSeconds(1)));
  }

  @Test
  void aKeyThatEverybodyMayReadIsRefused() throws IOException {
    Files.setPosixFilePermissions(server().key(), PosixFilePermissions.fromString("rw-r--r--"));

    assertEquals(
        "http.tls.key: server-key.pem may be read by everybody: chmod o-r it", complaint());
  }

  @Test
  void authoritiesThatAreNoneAreRefused() throws IOException {
    Path authorities = dir.resolve("authorities.pem");
    Files.writeString(authorities, "none");

    assertEquals(
        "http.tls.client-ca: authorities.pem holds no certificate in PEM",
        complaint(
            new TlsSettings(
                server().certificate(),
                server().key(),
                authorities,
                ClientAuth.REQUIRED,
                Duration.ofSeconds(1)),
            InstantSource.system()));
  }

  @Test
  void handshakesGetANewCertificateAsSoonAsTwoLooksAgreeOnIt() throws Exception {
    Certificates certificates = read();
    X509Certificate former = shown(certificates);
    X509Certificate renewed =
        TestCertificates.certificate(TestCertificates.renewed().server().certificate());

    certificates.check(observer);
    assertEquals(List.of(), heard);

    // Caught between the two files.
    Files.write(
        server().certificate(),
        Files.readAllBytes(TestCertificates.renewed().server().certificate()));
    certificates.check(observer);
    TestCertificates.replace(server(), TestCertificates.renewed().server());
    certificates.check(observer);
    assertEquals(former, shown(certificates));
    assertEquals(List.of(), heard);

    certificates.check(observer);
    assertEquals(renewed, shown(certificates));
    assertEquals(List.of("HTTP until " + renewed.getNotAfter().toInstant()), heard);

    certificates.check(observer);
    assertEquals(1, heard.size());
  }

  @Test
  void aHandshakeThatHasBegunGetsTheKeyThatBelongsToItsCertificate() throws Exception {
    Certificates certificates = read();
    X509ExtendedKeyManager keys = certificates.keys();
    String begun = keys.chooseEngineServerAlias("EC", null, null);
    X509Certificate former = keys.getCertificateChain(begun)[0];

    TestCertificates.replace(server(), TestCertificates.renewed().server());
    certificates.check(observer);
    certificates.check(observer);

    assertEquals(former, keys.getCertificateChain(begun)[0]);
    assertNotNull(keys.getPrivateKey(begun));
    assertNull(keys.chooseEngineServerAlias("RSA", null, null));
  }

  @Test
  void brokenFilesKeepTheFormerCertificateAndAreToldOnce() throws Exception {
    Certificates certificates = read();
    X509Certificate former = shown(certificates);

    Files.writeString(server().certificate(), "broken");
    for (int i = 0; i < 4; i++) {
      certificates.check(observer);
    }
    assertEquals(former, shown(certificates));
    assertEquals(List.of("HTTP refused"), heard);

    Files.delete(server().key());
    for (int i = 0; i < 4; i++) {
      certificates.check(observer);
    }
    assertEquals(former, shown(certificates));
    assertEquals(List.of("HTTP refused", "HTTP refused"), heard);

    TestCertificates.replace(server(), TestCertificates.renewed().server());
    certificates.check(observer);
    certificates.check(observer);
    assertTrue(heard.getLast().startsWith("HTTP until "), heard::toString);
  }

  @Test
  void aCertificateIsKnownByItsCommonNameIfItHasNoOther() {
    assertEquals(
        TestCertificates.CLIENT,
        Subject.of(
            TestCertificates.certificate(
                TestCertificates.ours().client(TestCertificates.CLIENT).certificate())));
  }

  @Test
  void aCertificateIsKnownByItsFirstDnsNameRatherThanItsCommonName() {
    assertEquals("localhost", Subject.of(TestCertificates.certificate(server().certificate())));
  }
}
