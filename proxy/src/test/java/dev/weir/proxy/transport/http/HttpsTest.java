package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.weir.proxy.config.TlsSettings;
import dev.weir.proxy.config.TlsSettings.ClientAuth;
import dev.weir.proxy.development.Pair;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.CertificateObserver;
import dev.weir.proxy.path.CertificateObserver.Port;
import dev.weir.proxy.path.TransportObserver.Cut;
import dev.weir.proxy.transport.BindFailed;
import dev.weir.proxy.transport.NoLeaks;
import dev.weir.proxy.transport.RecordingObserver;
import dev.weir.proxy.transport.tls.Certificates;
import dev.weir.proxy.transport.tls.TestCertificates;
import dev.weir.routing.Rendered.Media;
import io.netty.handler.ssl.OpenSsl;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The HTTP port over TLS, with real handshakes. */
@ExtendWith(NoLeaks.class)
final class HttpsTest {

  private static final Pair OURS = TestCertificates.ours().authority();
  private static final Pair RIDER = TestCertificates.ours().client(TestCertificates.CLIENT);
  private static final Pair STRANGER = TestCertificates.strangers().client(TestCertificates.CLIENT);

  private static final String ROUTE = "/route?profile=car&point=1,2&point=3,4";

  @TempDir private Path dir;

  private static Certificates certificates(TlsSettings settings) throws BindFailed {
    return Certificates.read(Port.HTTP, settings, InstantSource.system());
  }

  private static TestServer server(ClientAuth clientAuth) throws BindFailed {
    return new TestServer(
        certificates(TestCertificates.settings(TestCertificates.ours().server(), clientAuth)));
  }

  private static RawClient secured(TestServer server, @Nullable Pair own) throws IOException {
    return new RawClient(socket(own), server.server.port(), 0);
  }

  private static SSLSocket socket(@Nullable Pair own) throws IOException {
    return (SSLSocket) TestCertificates.context(OURS, own).getSocketFactory().createSocket();
  }

  private static HttpResponse<byte[]> get(TestServer server, SSLContext context, String target)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
      URI uri = URI.create("https://localhost:" + server.server.port() + target);
      return client.send(
          HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build(),
          HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  @Test
  void boringSslIsUsedOnTheMachinesThatWeTestOn() {
    assertTrue(OpenSsl.isAvailable(), () -> String.valueOf(OpenSsl.unavailabilityCause()));
  }

  @Test
  void answersARouteByHttp2ToAClientThatOffersIt() throws Exception {
    try (TestServer server = server(ClientAuth.NONE)) {
      server.application.answerWith(Media.JSON, "{}");

      HttpResponse<byte[]> response = get(server, TestCertificates.context(OURS, null), ROUTE);

      assertEquals(200, response.statusCode());
      assertEquals(HttpClient.Version.HTTP_2, response.version());
      assertEquals("{}", new String(response.body(), UTF_8));
      assertNull(server.application.next().call().caller().subject());
    }
  }

  @Test
  void manyRequestsShareOneConnection() throws Exception {
    try (TestServer server = server(ClientAuth.NONE);
        HttpClient client =
            HttpClient.newBuilder().sslContext(TestCertificates.context(OURS, null)).build()) {
      server.application.answerWith(Media.JSON, "x".repeat(200_000));
      URI uri = URI.create("https://localhost:" + server.server.port() + ROUTE);
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build();
      client.send(request, HttpResponse.BodyHandlers.discarding());

      List<CompletableFuture<HttpResponse<byte[]>>> answers =
          IntStream.range(0, 50)
              .mapToObj(_ -> client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()))
              .toList();

      for (CompletableFuture<HttpResponse<byte[]>> answer : answers) {
        assertEquals(200_000, answer.get(20, TimeUnit.SECONDS).body().length);
      }
      assertEquals(1, server.observer.open.get());
    }
  }

  @Test
  void whereThereAreToBeNoStreamsHttp2IsNotOffered() throws Exception {
    TlsSettings tls = TestCertificates.settings(TestCertificates.ours().server(), ClientAuth.NONE);
    try (TestServer server = new TestServer(limits -> limits.withStreams(0), certificates(tls))) {
      server.application.answerWith(Media.JSON, "{}");

      HttpResponse<byte[]> response = get(server, TestCertificates.context(OURS, null), ROUTE);

      assertEquals(HttpClient.Version.HTTP_1_1, response.version());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"OPTIONAL", "REQUIRED"})
  void theNameInAVerifiedCertificateReachesTheCoreByHttp2(ClientAuth clientAuth) throws Exception {
    try (TestServer server = server(clientAuth)) {
      server.application.answerWith(Media.JSON, "{}");

      assertEquals(
          HttpClient.Version.HTTP_2,
          get(server, TestCertificates.context(OURS, RIDER), ROUTE).version());

      assertEquals(TestCertificates.CLIENT, server.application.next().call().caller().subject());
    }
  }

  @Test
  void aClientThatDoesNotTrustTheServerDoesNotAsk() throws Exception {
    try (TestServer server = server(ClientAuth.NONE)) {
      SSLContext elsewhere =
          TestCertificates.context(TestCertificates.strangers().authority(), null);

      assertThrows(IOException.class, () -> get(server, elsewhere, ROUTE));

      assertFalse(server.application.hasArrivals());
    }
  }

  @Test
  void keepsTheConnectionAndAnswersWhatIsSentAheadInOrder() throws Exception {
    try (TestServer server = server(ClientAuth.NONE);
        RawClient client = secured(server, null)) {
      server.application.answerWith(Media.JSON, "{}");
      String head = " HTTP/1.1\r\nHost: test\r\n\r\n";

      client.send("GET " + ROUTE + head + "GET /health" + head + "GET " + ROUTE + head);

      assertEquals("{}", client.receive().body());
      assertEquals("OK", client.receive().body());
      assertEquals("{}", client.receive().body());
      assertEquals("OK", client.get("/health").receive().body());
      assertEquals(1, server.observer.open.get());
    }
  }

  @Test
  void aBigAnswerArrivesWhole() throws Exception {
    String big = "0123456789abcdef".repeat(1 << 19);
    try (TestServer server = server(ClientAuth.NONE)) {
      server.application.answerWith(Media.JSON, big);

      HttpResponse<byte[]> response = get(server, TestCertificates.context(OURS, null), ROUTE);

      assertArrayEquals(big.getBytes(UTF_8), response.body());
    }
  }

  @Test
  void aCallerHearsWhyBeforeTheRestOfItsRequestIsLeftUnread() throws Exception {
    try (TestServer server = server(ClientAuth.NONE);
        RawClient client = secured(server, null)) {
      client.head(
          "POST /route HTTP/1.1", "Content-Type: application/json", "Content-Length: 100000000");

      assertEquals(413, client.receive().status());
      assertTrue(client.closed());
    }
  }

  @Test
  void cutsOffACallerThatReadsNothing() throws Exception {
    Certificates certificates =
        certificates(TestCertificates.settings(TestCertificates.ours().server()));
    Duration soon = Duration.ofMillis(100);
    Duration later = TestServer.LONG;
    try (TestServer server =
            new TestServer(limits -> limits.withTimes(later, later, soon, later), certificates);
        RawClient client = new RawClient(socket(null), server.server.port(), 4_096)) {
      server.application.answerWith(Media.JSON, "x".repeat(8 << 20));
      client.get(ROUTE);

      assertEquals(Cut.SLOW_READER, server.observer.nextCut());
      assertEquals(0, RecordingObserver.next(server.observer.closings));
      // There is one event loop: what it still had to do was done before it answers another.
      try (RawClient other = secured(server, null)) {
        assertEquals("OK", other.get("/health").receive().body());
      }
      assertEquals(0, server.observer.pendingBytes.get());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"OPTIONAL", "REQUIRED"})
  void theNameInAVerifiedCertificateReachesTheCore(ClientAuth clientAuth) throws Exception {
    try (TestServer server = server(clientAuth);
        RawClient client = secured(server, RIDER)) {
      client.get(ROUTE);
      Caller plain = server.application.next().call().caller();
      assertEquals(TestCertificates.CLIENT, plain.subject());
    }
    try (TestServer server = server(clientAuth);
        RawClient client = secured(server, RIDER)) {
      client.get(ROUTE, "X-API-Key: some-key", "X-Forwarded-For: 1.2.3.4", "X-SSL-Client: me");
      Caller named = server.application.next().call().caller();
      assertEquals(TestCertificates.CLIENT, named.subject());
      assertEquals("some-key", named.credential());
      assertEquals("127.0.0.1", named.address());
    }
  }

  @Test
  void aClientWithoutACertificateIsRefusedWhereOneIsRequired() throws Exception {
    try (TestServer server = server(ClientAuth.REQUIRED)) {
      assertThrows(
          IOException.class, () -> get(server, TestCertificates.context(OURS, null), ROUTE));

      assertEquals(Cut.HANDSHAKE, server.observer.nextCut());
      assertFalse(server.application.hasArrivals());
    }
  }

  @Test
  void aClientWithoutACertificateIsAnsweredWhereOneIsOptional() throws Exception {
    try (TestServer server = server(ClientAuth.OPTIONAL)) {
      server.application.answerWith(Media.JSON, "{}");

      assertEquals(200, get(server, TestCertificates.context(OURS, null), ROUTE).statusCode());

      assertNull(server.application.next().call().caller().subject());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"OPTIONAL", "REQUIRED"})
  void aCertificateOfAnotherAuthorityIsRefused(ClientAuth clientAuth) throws Exception {
    try (TestServer server = server(clientAuth)) {
      assertThrows(
          IOException.class, () -> get(server, TestCertificates.context(OURS, STRANGER), ROUTE));

      assertEquals(Cut.HANDSHAKE, server.observer.nextCut());
      assertFalse(server.application.hasArrivals());
    }
  }

  @Test
  void newConnectionsSeeTheNewCertificateWhileAnOldOneGoesOn() throws Exception {
    Pair files = TestCertificates.copyOfServer(dir);
    Certificates certificates = certificates(TestCertificates.settings(files));
    try (TestServer server = new TestServer(certificates);
        RawClient old = secured(server, null)) {
      assertEquals("OK", old.get("/health").receive().body());
      assertEquals(TestCertificates.certificate(files.certificate()), shown(server));

      TestCertificates.replace(files, TestCertificates.renewed().server());
      look(certificates);

      X509Certificate renewed =
          TestCertificates.certificate(TestCertificates.renewed().server().certificate());
      assertEquals(renewed, shown(server));
      assertEquals("OK", old.get("/health").receive().body());

      Files.writeString(files.certificate(), "broken");
      look(certificates);

      assertEquals(renewed, shown(server));
      assertEquals("OK", old.get("/health").receive().body());
    }
  }

  /** Often enough for a change to count. */
  private static void look(Certificates certificates) {
    CertificateObserver nobody =
        new CertificateObserver() {
          @Override
          public void certificateInUse(Port port, Instant expires) {}

          @Override
          public void certificateRefused(Port port) {}
        };
    certificates.check(nobody);
    certificates.check(nobody);
  }

  /** What a new connection is shown. */
  private static Certificate shown(TestServer server) throws IOException {
    try (SSLSocket socket = socket(null);
        RawClient client = new RawClient(socket, server.server.port(), 0)) {
      assertEquals("OK", client.get("/health").receive().body());
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  @Test
  void clearTextEndsTheConnectionWithoutAWordInTheLog() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    root.addAppender(log);
    try (TestServer server = server(ClientAuth.NONE);
        RawClient client = server.client()) {
      client.get("/health");

      assertTrue(client.closed());
      assertEquals(Cut.HANDSHAKE, server.observer.nextCut());
      assertEquals(0, RecordingObserver.next(server.observer.closings));
      assertEquals(0, server.observer.cuts.size());
      assertEquals(
          List.of(),
          log.list.stream()
              .filter(event -> event.getLevel().isGreaterOrEqual(ch.qos.logback.classic.Level.INFO))
              .map(ILoggingEvent::getFormattedMessage)
              .toList());
    } finally {
      root.detachAppender(log);
    }
  }

  @Test
  void aCallerThatDoesNotBeginAHandshakeIsCutOff() throws Exception {
    Pair files = TestCertificates.ours().server();
    TlsSettings impatient =
        new TlsSettings(
            files.certificate(), files.key(), Path.of(""), ClientAuth.NONE, Duration.ofMillis(100));
    try (TestServer server = new TestServer(certificates(impatient));
        RawClient client = server.client()) {
      assertTrue(client.closed());
      assertEquals(Cut.HANDSHAKE, server.observer.nextCut());
    }
  }

  @Test
  void aHandshakeUnderWayDoesNotKeepTheServerFromStopping() throws Exception {
    try (TestServer server = server(ClientAuth.NONE);
        RawClient client = server.client();
        RawClient idle = secured(server, null)) {
      assertEquals("OK", idle.get("/health").receive().body());
      assertEquals(2, server.observer.open.get());

      server.server.stopAccepting();

      server.server.drained().get(20, TimeUnit.SECONDS);
      assertTrue(client.closed());
      assertTrue(idle.closed());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x0300, 0x0301, 0x0302})
  void olderVersionsAreRefused(int version) throws Exception {
    assertEquals(Hello.PROTOCOL_VERSION, refusal(new Hello(version, 0xc02b, 0xc02f)));
  }

  /** RSA key exchange, CBC, RC4, 3DES, and no authentication at all. */
  @ParameterizedTest
  @ValueSource(ints = {0x009c, 0x002f, 0xc009, 0xc013, 0xc024, 0xc007, 0xc008, 0xc018, 0x0000})
  void suitesWithoutForwardSecrecyOrAuthenticatedEncryptionAreRefused(int suite) throws Exception {
    assertEquals(Hello.HANDSHAKE_FAILURE, refusal(new Hello(0x0303, suite)));
  }

  /** The alert that is the answer. */
  private static int refusal(Hello hello) throws Exception {
    try (TestServer server = server(ClientAuth.NONE);
        RawClient client = server.client()) {
      client.send(hello.bytes());
      byte[] record = client.receiveBytes(7);
      assertEquals(Hello.ALERT, record[0]);
      assertEquals(Cut.HANDSHAKE, server.observer.nextCut());
      return record[6];
    }
  }

  @Test
  void javasOwnTlsDoesTheSameWhereThereIsNoOther() throws Exception {
    TlsSettings settings =
        TestCertificates.settings(TestCertificates.ours().server(), ClientAuth.REQUIRED);
    try (Security java =
        new Security(certificates(settings), true, io.netty.handler.ssl.SslProvider.JDK)) {
      InMemoryHandshake good = new InMemoryHandshake(java, TestCertificates.context(OURS, RIDER));
      assertEquals("TLSv1.3", good.protocol());
      assertEquals("h2", good.applicationProtocol());
      assertThrows(
          javax.net.ssl.SSLException.class,
          () -> new InMemoryHandshake(java, TestCertificates.context(OURS, STRANGER)));
      assertThrows(
          javax.net.ssl.SSLException.class,
          () -> new InMemoryHandshake(java, TestCertificates.context(OURS, null)));
    }
  }
}
