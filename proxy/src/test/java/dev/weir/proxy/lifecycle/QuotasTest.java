package dev.weir.proxy.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.weir.proxy.Server;
import dev.weir.proxy.TestSettings;
import dev.weir.proxy.config.ApiKey;
import dev.weir.proxy.config.CallersSettings;
import dev.weir.proxy.config.QuotaSettings;
import dev.weir.proxy.config.Reading;
import dev.weir.proxy.config.Settings;
import dev.weir.proxy.config.TenantSettings;
import dev.weir.proxy.config.Tier;
import dev.weir.proxy.flood.MetricsPage;
import dev.weir.v1.GetMatrixRequest;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.Location;
import dev.weir.v1.Position;
import dev.weir.v1.QuoteRideRequest;
import dev.weir.v1.RideServiceGrpc;
import dev.weir.v1.RoutingServiceGrpc;
import dev.weir.v1.StartRide;
import dev.weir.v1.StreamRoutesRequest;
import dev.weir.v1.TrackRideRequest;
import dev.weir.v1.TrackRideResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Quotas of a running server, by both of its ports. */
final class QuotasTest {

  private static final QuotaSettings DAY = new QuotaSettings(0, 0, 20);
  private static final QuotaSettings AMPLE = new QuotaSettings(100_000, 0, 10_000_000);
  private static final String ROUTE =
      "/route?profile=car&point=43.7384,7.4246&point=43.7311,7.4197&key=key-of-";
  private static final Location FROM = place(43.7384, 7.4246);
  private static final Location TO = place(43.7311, 7.4197);
  private static final GetRouteRequest REQUEST =
      GetRouteRequest.newBuilder().setProfile("car").setOrigin(FROM).setDestination(TO).build();
  private static final int PLENTY = 20_000;

  private @TempDir Path directory;
  private final AtomicReference<Settings> source = new AtomicReference<>();

  private static Location place(double latitude, double longitude) {
    return Location.newBuilder().setLatitude(latitude).setLongitude(longitude).build();
  }

  private static TenantSettings tenant(String name, QuotaSettings quota) {
    List<ApiKey> keys = List.of(Objects.requireNonNull(ApiKey.of("key-of-" + name)));
    return new TenantSettings(name, keys, List.of(), 1, Tier.DEFAULT, quota);
  }

  private Server start(TenantSettings... tenants) throws Exception {
    source.set(settings(tenants));
    return Server.start(source.get(), () -> new Reading.Accepted(source.get()), _ -> {});
  }

  private Settings settings(TenantSettings... tenants) {
    CallersSettings callers = new CallersSettings(false, Tier.DEFAULT, List.of(tenants));
    Settings monaco = TestSettings.monaco(directory.resolve("graph"));
    return TestSettings.withGrpc(TestSettings.with(monaco, callers));
  }

  private static HttpResponse<String> route(Server server, String tenant) throws Exception {
    return Callers.get(server.httpPort(), ROUTE + tenant);
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElseThrow();
  }

  private static <S extends AbstractStub<S>> S as(String tenant, S stub) {
    Metadata head = new Metadata();
    head.put(Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER), "key-of-" + tenant);
    return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(head));
  }

  private static ManagedChannel channel(Server server) {
    return NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort()).usePlaintext().build();
  }

  @Test
  void aDayIsSpentByBothPortsAndIsOverForAllRestartsAndReloads() throws Exception {
    TenantSettings other = tenant("other", QuotaSettings.NONE);
    try (Server server = start(tenant("rides", DAY), other)) {
      assertEquals("20", header(route(server, "rides"), "x-ratelimit-limit"));
      assertRefused(untilRefused(server));
      assertRefusedByGrpc(server);
      HttpResponse<String> others = route(server, "other");
      assertEquals(200, others.statusCode());
      assertFalse(others.headers().firstValue("ratelimit").isPresent());
      assertTrue(
          MetricsPage.read(server.adminPort())
                  .sum("weir_refusals_total", "reason=\"quota_exhausted\"")
              >= 2);
    }
    try (Server next = start(tenant("rides", DAY), other)) {
      HttpResponse<String> first = route(next, "rides");
      int over = Integer.parseInt(header(first, "x-ratelimit-remaining"));
      assertTrue(over < 10, () -> over + " left");
      assertRefused(untilRefused(next));

      source.set(settings(tenant("rides", new QuotaSettings(0, 0, 1_000)), other));
      reload(next);
      HttpResponse<String> again = route(next, "rides");
      assertEquals(200, again.statusCode());
      int left = Integer.parseInt(header(again, "x-ratelimit-remaining"));
      assertTrue(left > 900 && left <= 990, () -> left + " left");
    }
  }

  /** What is left may do for a call that costs less. */
  private static HttpResponse<String> untilRefused(Server server) throws Exception {
    HttpResponse<String> last = route(server, "rides");
    for (int i = 0; i < PLENTY && last.statusCode() == 200; i++) {
      last = route(server, "rides");
    }
    return last;
  }

  private static void assertRefused(HttpResponse<String> refused) {
    assertEquals(429, refused.statusCode());
    assertTrue(refused.body().contains("\"reason\":\"quota_exhausted\""), refused::body);
    assertTrue(header(refused, "ratelimit").startsWith("\"day\";r="), refused.headers()::toString);
    assertEquals("\"day\";q=20;w=86400;qu=\"cost-units\"", header(refused, "ratelimit-policy"));
    long after = Long.parseLong(header(refused, "retry-after"));
    long reset = Long.parseLong(header(refused, "x-ratelimit-reset"));
    assertTrue(after >= reset - 1 && after <= reset + 61, () -> after + " s, " + reset + " s");
  }

  private static void assertRefusedByGrpc(Server server) {
    ManagedChannel channel = channel(server);
    try {
      var rides = as("rides", RoutingServiceGrpc.newBlockingStub(channel));
      StatusRuntimeException refused =
          assertThrows(
              StatusRuntimeException.class,
              () -> {
                for (int i = 0; i < PLENTY; i++) {
                  var _ = rides.getRoute(REQUEST);
                }
              });
      assertEquals(Status.Code.RESOURCE_EXHAUSTED, refused.getStatus().getCode());
      com.google.rpc.Status status = StatusProto.fromThrowable(refused);
      assertNotNull(status);
      assertEquals("QUOTA_EXHAUSTED", status.getDetails(0).unpack(ErrorInfo.class).getReason());
      long seconds = status.getDetails(1).unpack(RetryInfo.class).getRetryDelay().getSeconds();
      Metadata trailers = Objects.requireNonNull(refused.getTrailers());
      String left = Objects.requireNonNull(trailers.get(text("ratelimit")));
      long reset = Long.parseLong(left.substring(left.indexOf(";t=") + 3));
      assertTrue(seconds >= reset - 1 && seconds <= reset + 61, () -> seconds + " s, " + left);
      assertEquals(
          "\"day\";q=20;w=86400;qu=\"cost-units\"", trailers.get(text("ratelimit-policy")));
      assertNull(trailers.get(text("x-ratelimit-limit")));
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    } finally {
      channel.shutdownNow();
    }
  }

  private static Metadata.Key<String> text(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  private static void reload(Server server) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.adminPort() + "/config/reload");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(uri).POST(BodyPublishers.noBody()).build();
      assertEquals(
          "changed callers.tenants\n", client.send(request, BodyHandlers.ofString()).body());
    }
  }

  @Test
  void everySearchOfAnyMethodIsCharged() throws Exception {
    Path file = directory.resolve("graph").resolve("quotas");
    try (Server server =
        start(
            tenant("streams", AMPLE),
            tenant("matrix", AMPLE),
            tenant("quotes", AMPLE),
            tenant("tracks", AMPLE),
            tenant("idle", AMPLE))) {
      ManagedChannel channel = channel(server);
      try {
        var streams = as("streams", RoutingServiceGrpc.newBlockingStub(channel));
        streams
            .streamRoutes(
                StreamRoutesRequest.newBuilder().setRoute(REQUEST).setMaxAlternatives(2).build())
            .forEachRemaining(_ -> {});
        var matrix = as("matrix", RoutingServiceGrpc.newBlockingStub(channel));
        matrix
            .getMatrix(
                GetMatrixRequest.newBuilder()
                    .setProfile("car")
                    .addOrigins(FROM)
                    .addOrigins(TO)
                    .addDestinations(FROM)
                    .build())
            .forEachRemaining(_ -> {});
        var quotes = as("quotes", RideServiceGrpc.newBlockingStub(channel));
        var _ =
            quotes.quoteRide(
                QuoteRideRequest.newBuilder()
                    .setProfile("car")
                    .setOrigin(FROM)
                    .setDestination(TO)
                    .build());
        track(as("tracks", RoutingServiceGrpc.newStub(channel)));
      } finally {
        channel.shutdownNow();
      }
    }
    List<String> charged =
        Files.readAllLines(file).stream()
            .filter(line -> !line.startsWith("weir quotas") && !line.startsWith("tenants "))
            .map(line -> line.substring(line.indexOf(' ') + 1))
            .sorted()
            .toList();
    assertEquals(List.of("matrix", "quotes", "streams", "tracks"), charged);
  }

  /** Until there is a route. */
  private static void track(RoutingServiceGrpc.RoutingServiceStub stub) throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    StreamObserver<TrackRideRequest> rider =
        stub.trackRide(
            new StreamObserver<>() {
              @Override
              public void onNext(TrackRideResponse response) {
                answered.countDown();
              }

              @Override
              public void onError(Throwable fault) {
                answered.countDown();
              }

              @Override
              public void onCompleted() {}
            });
    rider.onNext(
        TrackRideRequest.newBuilder()
            .setStart(StartRide.newBuilder().setProfile("car").setDestination(TO))
            .build());
    rider.onNext(
        TrackRideRequest.newBuilder().setPosition(Position.newBuilder().setLocation(FROM)).build());
    assertTrue(answered.await(20, TimeUnit.SECONDS));
    rider.onCompleted();
  }
}
