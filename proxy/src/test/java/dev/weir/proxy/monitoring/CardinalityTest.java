package dev.weir.proxy.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.Server;
import dev.weir.proxy.TestSettings;
import dev.weir.proxy.auth.KeyServer;
import dev.weir.proxy.auth.TestIssuer;
import dev.weir.proxy.config.ApiKey;
import dev.weir.proxy.config.CallersSettings;
import dev.weir.proxy.config.QuotaSettings;
import dev.weir.proxy.config.Settings;
import dev.weir.proxy.config.TenantSettings;
import dev.weir.proxy.config.Tier;
import dev.weir.proxy.flood.Eventually;
import dev.weir.proxy.flood.MetricsPage;
import dev.weir.proxy.transport.FrameClient;
import dev.weir.proxy.transport.http.RawClient;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.Location;
import dev.weir.v1.RoutingServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever callers make up, it makes no series. */
final class CardinalityTest {

  private static final int CALLERS = 10_000;

  /** More would be noticed by whoever stores them; fewer is better. */
  private static final int MOST_SERIES = 1_500;

  /** Tenants, each with a key, a token and, as nobody in particular, an address. */
  private static final int TENANTS = 250;

  /** By which each of them is served. */
  private static final int WAYS = 8;

  private static final String ROUTE =
      "/route?profile=car&point=43.7384,7.4246&point=43.7311,7.4197";
  private static final Location FROM =
      Location.newBuilder().setLatitude(43.7384).setLongitude(7.4246).build();
  private static final Location TO =
      Location.newBuilder().setLatitude(43.7311).setLongitude(7.4197).build();
  private static final TestIssuer ISSUER = TestIssuer.ec("one");

  private KeyServer issuer;
  private Server server;

  @BeforeEach
  void start() throws Exception {
    issuer = new KeyServer(TestIssuer.jwks(ISSUER));
    server = Server.start(settings(), _ -> {});
  }

  private Settings settings() {
    return TestSettings.with(
        TestSettings.withGrpc(TestSettings.monaco()),
        new CallersSettings(
            false,
            Tier.DEFAULT,
            false,
            QuotaSettings.NONE,
            QuotaSettings.NONE,
            0,
            TestIssuer.settings(issuer.url()),
            IntStream.range(0, TENANTS).mapToObj(CardinalityTest::tenant).toList()));
  }

  private static TenantSettings tenant(int i) {
    return new TenantSettings(
        "tenant-" + i,
        List.of(Objects.requireNonNull(ApiKey.of("key-of-tenant-" + i))),
        List.of(),
        List.of("subject-" + i),
        1,
        Tier.DEFAULT,
        QuotaSettings.NONE);
  }

  @AfterEach
  void stop() {
    server.close();
    issuer.close();
  }

  @Test
  void hundredsOfTenantsByKeyTokenAndAddressMakeNoSeriesOverAnyProtocol() throws Exception {
    served(0);
    Eventually.holds("all are counted", () -> counted("weir_requests_total", "routed") == WAYS);
    Set<String> before = series();

    for (int i = 1; i < TENANTS; i++) {
      served(i);
    }

    Eventually.holds(
        "all are counted", () -> counted("weir_requests_total", "routed") == WAYS * TENANTS);
    assertEquals(before, series());
    assertTrue(before.size() < MOST_SERIES, () -> before.size() + " series");
    assertEquals(TENANTS, counted("weir_tokens_total", "verified"));
  }

  /** Has one tenant of each kind served over HTTP/1.1, HTTP/2 and gRPC. */
  private void served(int i) throws Exception {
    String user = "user-of-" + i;
    String key = "key-of-tenant-" + i;
    String token = "Bearer " + ISSUER.token("subject-" + i, Instant.now().plusSeconds(3_600));
    try (RawClient client = new RawClient(from(i), server.httpPort(), 0)) {
      assertEquals(200, client.get(ROUTE, "X-Weir-User: " + user).receive().status());
      assertEquals(200, client.get(ROUTE, "X-API-Key: " + key).receive().status());
      assertEquals(200, client.get(ROUTE, "Authorization: " + token).receive().status());
    }
    try (FrameClient client = new FrameClient(from(i), server.httpPort(), 0).greet()) {
      assertEquals(200, client.get(ROUTE, "x-weir-user", user).status());
      assertEquals(200, client.get(ROUTE, "x-api-key", key).status());
      assertEquals(200, client.get(ROUTE, "authorization", token).status());
    }
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort()).usePlaintext().build();
    try {
      call(channel, user, "x-api-key", key);
      call(channel, user, "authorization", token);
    } finally {
      channel.shutdownNow();
    }
  }

  /** A socket with an address that no other tenant has; on Linux all of 127/8 is this machine. */
  private static Socket from(int i) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.1." + (i + 1)), 0));
    return socket;
  }

  private static void call(ManagedChannel channel, String user, String name, String value) {
    Metadata head = new Metadata();
    head.put(Metadata.Key.of("x-weir-user", Metadata.ASCII_STRING_MARSHALLER), user);
    head.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
    GetRouteRequest route =
        GetRouteRequest.newBuilder().setProfile("car").setOrigin(FROM).setDestination(TO).build();
    assertTrue(
        RoutingServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(30, TimeUnit.SECONDS)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(head))
            .getRoute(route)
            .hasRoute());
  }

  private long counted(String family, String how) throws IOException {
    return (long) MetricsPage.read(server.adminPort()).sum(family, "=\"" + how + "\"");
  }

  @Test
  void tenThousandKeysAgentsPathsAndRequestIdsMakeNoSeries() throws Exception {
    ask(0, 1);
    Set<String> before = series();

    int answered = ask(1, CALLERS);

    assertEquals(CALLERS, answered);
    assertEquals(before, series());
    assertTrue(before.size() < MOST_SERIES, () -> before.size() + " series");
    assertTrue(MetricsPage.read(server.adminPort()).sum("weir_http_answers_total") >= CALLERS);
  }

  /** Calls of which no two have anything in common that a caller may choose; most go wrong. */
  private int ask(int first, int count) throws IOException {
    int answered = 0;
    try (RawClient client = new RawClient(server.httpPort())) {
      for (int i = first; i < first + count; i++) {
        client.get(
            target(i),
            "User-Agent: agent-" + i,
            "X-API-Key: key-" + i,
            "X-Weir-User: user-" + i,
            "X-Weir-Priority: priority-" + i,
            "X-Request-Id: request-" + i,
            "traceparent: 00-%032x-%016x-01".formatted(i + 1, i + 1));
        answered += client.receive().status() >= 200 ? 1 : 0;
      }
    }
    return answered;
  }

  private static String target(int i) {
    return switch (i % 4) {
      case 0 -> "/path-" + i;
      case 1 -> "/route?profile=profile-" + i + "&point=43.7384,7.4246&point=43.7311,7.4197";
      case 2 -> "/v1/profiles/profile-" + i + "/route";
      default -> "/nearest?point=43.7384,7.4246&parameter-" + i + "=" + i;
    };
  }

  /** Without those of the collector, which come with a pause of a new kind. */
  private Set<String> series() throws IOException {
    return MetricsPage.read(server.adminPort()).samples().keySet().stream()
        .filter(series -> !series.startsWith("jvm_gc_pause"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
