package dev.weir.proxy.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.Server;
import dev.weir.proxy.TestSettings;
import dev.weir.proxy.auth.KeyServer;
import dev.weir.proxy.auth.TestIssuer;
import dev.weir.proxy.config.CallersSettings;
import dev.weir.proxy.config.QuotaSettings;
import dev.weir.proxy.config.Settings;
import dev.weir.proxy.config.TenantSettings;
import dev.weir.proxy.config.Tier;
import dev.weir.proxy.transport.BindFailed;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.Location;
import dev.weir.v1.RoutingServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A whole server that takes tokens only, by the keys of a real issuer. */
final class TokensTest {

  private static final String ROUTE =
      "/route?profile=car&point=43.7384,7.4246&point=43.7311,7.4197";
  private static final int FAILURES = 5;
  private static final TestIssuer ISSUER = TestIssuer.ec("one");
  private static final TestIssuer ANOTHER = TestIssuer.ec("one");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static KeyServer issuer;
  private static Server server;
  private static ManagedChannel channel;

  @BeforeAll
  static void start() throws Exception {
    issuer = new KeyServer(TestIssuer.jwks(ISSUER));
    server = Server.start(settings(issuer.url()), _ -> {});
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort()).usePlaintext().build();
  }

  private static Settings settings(String jwks) {
    TenantSettings riders =
        new TenantSettings(
            "riders", List.of(), List.of(), List.of("*"), 1, Tier.DEFAULT, QuotaSettings.NONE);
    return TestSettings.with(
        TestSettings.withGrpc(TestSettings.monaco()),
        new CallersSettings(
            true,
            Tier.DEFAULT,
            false,
            QuotaSettings.NONE,
            QuotaSettings.NONE,
            FAILURES,
            TestIssuer.settings(jwks),
            List.of(riders)));
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    server.close();
    issuer.close();
    CLIENT.shutdownNow();
  }

  private static HttpResponse<String> get(int port, String target, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
            .header("Authorization", "Bearer " + token)
            .build();
    return CLIENT.send(request, BodyHandlers.ofString());
  }

  private static String token(TestIssuer by, long seconds) {
    return by.token("rider-7", Instant.now().plusSeconds(seconds));
  }

  private static Status grpc(String token) {
    Metadata head = new Metadata();
    head.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    GetRouteRequest route =
        GetRouteRequest.newBuilder()
            .setProfile("car")
            .setOrigin(Location.newBuilder().setLatitude(43.7384).setLongitude(7.4246))
            .setDestination(Location.newBuilder().setLatitude(43.7311).setLongitude(7.4197))
            .build();
    try {
      var _ =
          RoutingServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(20, TimeUnit.SECONDS)
              .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(head))
              .getRoute(route);
      return Status.OK;
    } catch (StatusRuntimeException end) {
      return end.getStatus();
    }
  }

  private static double metric(String line) throws Exception {
    return get(server.adminPort(), "/metrics", "none")
        .body()
        .lines()
        .filter(each -> each.startsWith(line + " "))
        .mapToDouble(each -> Double.parseDouble(each.substring(line.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void bothPortsTakeTheSameTokensAndVerifyEachOnce() throws Exception {
    String good = token(ISSUER, 300);
    double before = metric("weir_tokens_total{finding=\"verified\"}");
    for (int i = 0; i < 3; i++) {
      assertEquals(200, get(server.httpPort(), ROUTE, good).statusCode());
      assertEquals(Status.Code.OK, grpc(good).getCode());
    }
    assertEquals(200, get(server.httpPort(), "/v1/quotes", good).statusCode());
    String byGrpcFirst = token(ISSUER, 302);
    assertEquals(Status.Code.OK, grpc(byGrpcFirst).getCode());
    assertEquals(200, get(server.httpPort(), ROUTE, byGrpcFirst).statusCode());
    assertEquals(before + 2, metric("weir_tokens_total{finding=\"verified\"}"), 0.0);
    assertEquals(1, issuer.asked());

    HttpResponse<String> forged = get(server.httpPort(), ROUTE, token(ANOTHER, 300));
    assertEquals(401, forged.statusCode());
    assertEquals(
        "Bearer error=\"invalid_token\"",
        forged.headers().firstValue("WWW-Authenticate").orElse(""));
    assertEquals(Status.Code.UNAUTHENTICATED, grpc(token(ANOTHER, 300)).getCode());
    assertEquals(Status.Code.UNAUTHENTICATED, grpc(token(ISSUER, -60)).getCode());
    assertEquals(401, get(server.httpPort(), "/v1/quotes", "a.b.c").statusCode());
    assertEquals(2, metric("weir_tokens_total{finding=\"forged\"}"), 0.0);
    assertEquals(1, metric("weir_tokens_total{finding=\"untimely\"}"), 0.0);

    tooManyFailuresAreNotLookedAt(good);
  }

  private void tooManyFailuresAreNotLookedAt(String good) throws Exception {
    for (int i = 0; i < FAILURES; i++) {
      get(server.httpPort(), ROUTE, "a.b.c");
    }
    double looked = metric("weir_tokens_total{finding=\"malformed\"}");

    HttpResponse<String> refused = get(server.httpPort(), ROUTE, token(ISSUER, 301));
    assertEquals(429, refused.statusCode());
    assertTrue(refused.headers().firstValue("Retry-After").isPresent());
    Status status = grpc("x.y.z");
    assertEquals(Status.Code.RESOURCE_EXHAUSTED, status.getCode());
    assertEquals(looked, metric("weir_tokens_total{finding=\"malformed\"}"), 0.0);
    assertEquals(200, get(server.httpPort(), ROUTE, good).statusCode());
    assertEquals(Status.Code.OK, grpc(good).getCode());
  }

  @Test
  void doesNotStartWithoutTheFileOfKeys() {
    BindFailed failed =
        assertThrows(BindFailed.class, () -> Server.start(settings("no/such/jwks.json"), _ -> {}));

    assertEquals(
        "callers.tokens.jwks: no/such/jwks.json cannot be read",
        String.valueOf(failed.getMessage()));
  }
}
