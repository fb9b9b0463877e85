package dev.weir.proxy.transport.tls;

import dev.weir.proxy.config.TlsSettings;
import dev.weir.proxy.config.TlsSettings.ClientAuth;
import dev.weir.proxy.development.DevelopmentCertificates;
import dev.weir.proxy.development.NotMade;
import dev.weir.proxy.development.Pair;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Certificates for tests, made once in a JVM by what operators make theirs with. */
public final class TestCertificates {

  /** Name of the client that has a certificate. */
  public static final String CLIENT = "rider-app";

  private static final char[] PASSWORD = "test".toCharArray();

  private static final Path ROOT = temporary();

  private TestCertificates() {}

  /** Made by the first who asks. */
  private static final class Ours {
    private static final DevelopmentCertificates ALL = make("ours", null);
  }

  private static final class Strangers {
    private static final DevelopmentCertificates ALL = make("strangers", null);
  }

  private static final class Renewed {
    private static final DevelopmentCertificates ALL = make("renewed", Ours.ALL);
  }

  /** An authority, a server, and {@link #CLIENT}. */
  public static DevelopmentCertificates ours() {
    return Ours.ALL;
  }

  /** The same from another authority. */
  public static DevelopmentCertificates strangers() {
    return Strangers.ALL;
  }

  /** Another server of our authority. */
  public static DevelopmentCertificates renewed() {
    return Renewed.ALL;
  }

  private static DevelopmentCertificates make(
      String name, @Nullable DevelopmentCertificates authority) {
    Path dir = ROOT.resolve(name);
    DevelopmentCertificates all = new DevelopmentCertificates(dir);
    try {
      Files.createDirectories(dir);
      if (authority != null) {
        Files.copy(authority.authority().certificate(), all.authority().certificate());
        Files.copy(authority.authority().key(), all.authority().key());
      }
      all.make(List.of(), CLIENT);
      return all;
    } catch (IOException | NotMade e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static Path temporary() {
    try {
      Path dir = Files.createTempDirectory("weir-test-tls");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(dir)));
      return dir;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path dir) {
    try (Stream<Path> all = Files.walk(dir)) {
      all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts a certificate where another was, as those who renew it do. */
  public static void replace(Pair to, Pair by) throws IOException {
    Files.copy(by.certificate(), to.certificate(), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(by.key(), to.key(), StandardCopyOption.REPLACE_EXISTING);
  }

  /** Copies of our server's files in a directory of the test's own. */
  public static Pair copyOfServer(Path dir) throws IOException {
    Pair copy = new DevelopmentCertificates(dir).server();
    replace(copy, ours().server());
    return copy;
  }

  public static TlsSettings settings(Pair server) {
    return settings(server, ClientAuth.NONE);
  }

  /** With clients of our authority. */
  public static TlsSettings settings(Pair server, ClientAuth clientAuth) {
    return new TlsSettings(
        server.certificate(),
        server.key(),
        clientAuth == ClientAuth.NONE ? Path.of("") : ours().authority().certificate(),
        clientAuth,
        Duration.ofMinutes(1));
  }

  /**
   * What a client trusts and shows.
   *
   * @param own {@code null} for no certificate
   */
  public static SSLContext context(Pair authority, @Nullable Pair own) {
    try {
      KeyStore trusted = empty();
      trusted.setCertificateEntry("ca", certificate(authority.certificate()));
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      KeyStore shown = empty();
      if (own != null) {
        shown.setKeyEntry(
            "own",
            key(own.key()),
            PASSWORD,
            new X509Certificate[] {certificate(own.certificate())});
      }
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(shown, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException | Unusable e) {
      throw new AssertionError(e);
    }
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  public static X509Certificate certificate(Path file) {
    try (InputStream in = new FileInputStream(file.toFile())) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private static PrivateKey key(Path file) throws GeneralSecurityException, IOException, Unusable {
    byte[] encoded = PemBlock.in(Files.readAllBytes(file)).getFirst().bytes();
    return Objects.requireNonNull(
        KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded)));
  }
}
