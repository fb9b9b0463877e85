package dev.weir.proxy.transport.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.TestSettings;
import dev.weir.proxy.config.DeadlineSettings;
import dev.weir.proxy.config.GrpcSettings;
import dev.weir.proxy.config.TlsSettings.ClientAuth;
import dev.weir.proxy.development.DevelopmentCertificates;
import dev.weir.proxy.development.Pair;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.CertificateObserver;
import dev.weir.proxy.path.LoadReport;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.transport.BindFailed;
import dev.weir.proxy.transport.ContractRules;
import dev.weir.proxy.transport.FakeApplication;
import dev.weir.proxy.transport.RecordingObserver;
import dev.weir.proxy.transport.TestQuotes;
import dev.weir.proxy.transport.Traces;
import dev.weir.proxy.transport.tls.Certificates;
import dev.weir.proxy.transport.tls.TestCertificates;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.Location;
import dev.weir.v1.RoutingServiceGrpc;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.OpenSsl;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The gRPC port over TLS, with real handshakes. */
final class GrpcTlsTest {

  private static final DevelopmentCertificates OURS = TestCertificates.ours();
  private static final DevelopmentCertificates STRANGERS = TestCertificates.strangers();
  private static final Pair RIDER = OURS.client(TestCertificates.CLIENT);

  private static final GetRouteRequest ROUTE =
      GetRouteRequest.newBuilder()
          .setProfile("car")
          .setOrigin(Location.newBuilder().setLatitude(1).setLongitude(2))
          .setDestination(Location.newBuilder().setLatitude(3).setLongitude(4))
          .build();

  @TempDir private Path dir;

  private final FakeApplication application = new FakeApplication();
  private final RecordingObserver observer = new RecordingObserver();
  private final List<GrpcServer> servers = new ArrayList<>();
  private final List<ManagedChannel> channels = new ArrayList<>();

  @BeforeEach
  void answer() {
    application.answerWith(new Reply.Estimated(1_234, 98_765));
  }

  @AfterEach
  void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    servers.forEach(GrpcServer::close);
    application.close();
  }

  private GrpcServer server(ClientAuth clientAuth) throws BindFailed {
    return server(certificates(OURS.server(), clientAuth));
  }

  private static Certificates certificates(Pair server, ClientAuth clientAuth) throws BindFailed {
    return Certificates.read(
        CertificateObserver.Port.GRPC,
        TestCertificates.settings(server, clientAuth),
        InstantSource.system());
  }

  private GrpcServer server(Certificates certificates) throws BindFailed {
    GrpcSettings settings = TestSettings.secured(TestSettings.grpc(true), certificates.settings());
    GrpcServer server =
        new GrpcServer(
            settings,
            () -> new DeadlineSettings(Duration.ofSeconds(5), Duration.ofSeconds(30)),
            application,
            ContractRules.ALL,
            TestQuotes.at(InstantSource.system()),
            new LoadReport() {
              @Override
              public int loadPercent() {
                return 0;
              }

              @Override
              public @Nullable Priority lowestAdmitted() {
                return Priority.BATCH;
              }
            },
            observer,
            System::nanoTime,
            InstantSource.system(),
            new Traces(new SplittableRandom(1)),
            certificates);
    servers.add(server);
    server.start();
    return server;
  }

  private ManagedChannel channel(GrpcServer server, Pair authority, @Nullable Pair own)
      throws IOException {
    return channel(server.port(), authority, own);
  }

  private ManagedChannel channel(int port, Pair authority, @Nullable Pair own) throws IOException {
    TlsChannelCredentials.Builder credentials =
        TlsChannelCredentials.newBuilder().trustManager(authority.certificate().toFile());
    if (own != null) {
      credentials.keyManager(own.certificate().toFile(), own.key().toFile());
    }
    ManagedChannel channel =
        Grpc.newChannelBuilder("localhost:" + port, credentials.build()).build();
    channels.add(channel);
    return channel;
  }

  private static void ask(ManagedChannel channel) {
    var _ =
        RoutingServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(20, TimeUnit.SECONDS)
            .getRoute(ROUTE);
  }

  private void refused(ManagedChannel channel) throws InterruptedException {
    StatusRuntimeException refused = assertThrows(StatusRuntimeException.class, () -> ask(channel));
    assertEquals(Status.Code.UNAVAILABLE, refused.getStatus().getCode());
    assertFalse(application.hasArrivals());
    var _ = RecordingObserver.next(observer.closings);
  }

  private Caller caller() throws InterruptedException {
    return application.next().call().caller();
  }

  @Test
  void answersOverTls() throws Exception {
    ask(channel(server(ClientAuth.NONE), OURS.authority(), null));

    assertNull(caller().subject());
    assertEquals(1, observer.open.get());
  }

  @ParameterizedTest
  @EnumSource(names = {"OPTIONAL", "REQUIRED"})
  void theNameInAVerifiedCertificateReachesTheCore(ClientAuth clientAuth) throws Exception {
    ask(channel(server(clientAuth), OURS.authority(), RIDER));

    assertEquals(TestCertificates.CLIENT, caller().subject());
  }

  @Test
  void aClientWithoutACertificateIsAnsweredWhereOneIsOptional() throws Exception {
    ask(channel(server(ClientAuth.OPTIONAL), OURS.authority(), null));

    assertNull(caller().subject());
  }

  @Test
  void aClientWithoutACertificateIsRefusedWhereOneIsRequired() throws Exception {
    refused(channel(server(ClientAuth.REQUIRED), OURS.authority(), null));
  }

  @ParameterizedTest
  @EnumSource(names = {"OPTIONAL", "REQUIRED"})
  void aCertificateOfAnotherAuthorityIsRefused(ClientAuth clientAuth) throws Exception {
    Pair stranger = STRANGERS.client(TestCertificates.CLIENT);

    refused(channel(server(clientAuth), OURS.authority(), stranger));
  }

  @Test
  void aClientThatDoesNotTrustTheServerDoesNotAsk() throws Exception {
    refused(channel(server(ClientAuth.NONE), STRANGERS.authority(), null));
  }

  @Test
  void newConnectionsSeeTheNewCertificateWhileAnOldOneGoesOn() throws Exception {
    Pair files = TestCertificates.copyOfServer(dir);
    Certificates certificates = certificates(files, ClientAuth.NONE);
    GrpcServer server = server(certificates);
    ManagedChannel old = channel(server, OURS.authority(), null);
    ask(old);
    assertEquals(TestCertificates.certificate(files.certificate()), shown(server));

    TestCertificates.replace(files, TestCertificates.renewed().server());
    look(certificates);
    X509Certificate renewed =
        TestCertificates.certificate(TestCertificates.renewed().server().certificate());
    assertEquals(renewed, shown(server));
    ask(old);

    Files.writeString(files.key(), "broken");
    look(certificates);
    assertEquals(renewed, shown(server));
    ask(old);
    ask(channel(server, OURS.authority(), null));
    assertTrue(observer.open.get() >= 2);
  }

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

  @Test
  void boringSslIsUsedOnTheMachinesThatWeTestOn() {
    assertTrue(OpenSsl.isAvailable());
  }

  @Test
  void javasOwnTlsDoesTheSameWhereThereIsNoOther() throws Exception {
    BlockingQueue<String> subjects = new LinkedBlockingQueue<>();
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress("localhost", 0))
            .addService(new HealthStatusManager().getHealthService())
            .addTransportFilter(
                new ServerTransportFilter() {
                  @Override
                  public Attributes transportReady(Attributes connection) {
                    Attributes known = Security.withSubject(connection);
                    subjects.add(String.valueOf(known.get(Security.SUBJECT)));
                    return known;
                  }
                });
    try (Security java =
        new Security(certificates(OURS.server(), ClientAuth.REQUIRED), SslProvider.JDK)) {
      java.addTo(builder);
      Server server = builder.build().start();
      try {
        assertEquals(ServingStatus.SERVING, health(server, RIDER));
        assertEquals(TestCertificates.CLIENT, RecordingObserver.next(subjects));
        Pair stranger = STRANGERS.client(TestCertificates.CLIENT);
        assertThrows(StatusRuntimeException.class, () -> health(server, stranger));
        assertThrows(StatusRuntimeException.class, () -> health(server, null));
        assertTrue(subjects.isEmpty());
      } finally {
        server.shutdownNow().awaitTermination();
      }
    }
  }

  private ServingStatus health(Server server, @Nullable Pair own) throws IOException {
    return HealthGrpc.newBlockingStub(channel(server.getPort(), OURS.authority(), own))
        .withDeadlineAfter(20, TimeUnit.SECONDS)
        .check(HealthCheckRequest.getDefaultInstance())
        .getStatus();
  }

  /** What a new connection is shown. */
  private static X509Certificate shown(GrpcServer server) throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            TestCertificates.context(OURS.authority(), null)
                .getSocketFactory()
                .createSocket("localhost", server.port())) {
      var parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      assertEquals("h2", socket.getApplicationProtocol());
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }
}
