package dev.weir.proxy.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.ErrorInfo;
import dev.weir.proxy.Server;
import dev.weir.proxy.TestSettings;
import dev.weir.proxy.config.ApiKey;
import dev.weir.proxy.config.CallersSettings;
import dev.weir.proxy.config.Settings;
import dev.weir.proxy.config.TenantSettings;
import dev.weir.proxy.config.Tier;
import dev.weir.proxy.transport.contract.Fault;
import dev.weir.routing.MalformedQuery;
import dev.weir.routing.Rendered;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.RoutingEngine;
import dev.weir.routing.StopSignal;
import dev.weir.routing.graphhopper.GraphHopperEngine;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.Location;
import dev.weir.v1.RoutingServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Of all that is wrong with a request, callers hear of the first in one order, whatever the
 * transport: head, authentication, admission, validation. Around all of it a fault is caught, and
 * the answer says what the request was called. With the real path and the real engine.
 */
final class OrderTest {

  private static final String KEY = "k".repeat(32);
  private static final String ID = "an-id-of-mine";

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static @Nullable Breakable engine;
  private static @Nullable Server server;
  private static @Nullable ManagedChannel channel;

  @BeforeAll
  static void start() throws Exception {
    Settings settings = TestSettings.withGrpc(TestSettings.monaco());
    TenantSettings taxi =
        new TenantSettings(
            "taxi", List.of(Objects.requireNonNull(ApiKey.of(KEY))), 1, Tier.DEFAULT);
    settings = TestSettings.with(settings, new CallersSettings(true, Tier.DEFAULT, List.of(taxi)));
    Breakable breakable =
        new Breakable(GraphHopperEngine.open(settings.engine(), line -> {}, System::nanoTime));
    engine = breakable;
    Server started = Server.over(breakable, settings, line -> {});
    server = started;
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", started.grpcPort()).usePlaintext().build();
  }

  @AfterAll
  static void stop() {
    if (channel != null) {
      channel.shutdownNow();
    }
    if (server != null) {
      server.close();
    }
  }

  /** What is wrong with a request. */
  private record Wrong(boolean priority, boolean key, boolean latitude) {}

  /** Status of HTTP, and what the answer says that the request was called. */
  private record Heard(int status, String id) {}

  private static List<Heard> all(int status) {
    Heard heard = new Heard(status, ID);
    return List.of(heard, heard, heard, heard);
  }

  /** By GraphHopper's path, by REST, by Connect and by gRPC. */
  private static List<Heard> ask(Wrong wrong) throws Exception {
    double latitude = wrong.latitude ? 91 : 43.7384;
    List<Heard> heard = new ArrayList<>();
    heard.add(
        http(
            request("/route?profile=car&point=43.7311,7.4197&point=" + latitude + ",7.4246"),
            wrong));
    heard.add(
        http(
            request(
                "/v1/profiles/car/route?origin.latitude=43.7311&origin.longitude=7.4197"
                    + "&destination.longitude=7.4246&destination.latitude="
                    + latitude),
            wrong));
    heard.add(
        http(
            request("/weir.v1.RoutingService/GetRoute")
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        "{\"profile\":\"car\",\"origin\":{\"latitude\":43.7311,\"longitude\":7.4197},"
                            + "\"destination\":{\"longitude\":7.4246,\"latitude\":"
                            + latitude
                            + "}}")),
            wrong));
    heard.add(grpc(latitude, wrong));
    return heard;
  }

  private static Map<String, String> head(Wrong wrong) {
    Map<String, String> head = new LinkedHashMap<>();
    head.put("x-request-id", ID);
    head.put("x-weir-priority", wrong.priority ? "urgent" : "default");
    head.put("x-api-key", wrong.key ? "z".repeat(32) : KEY);
    return head;
  }

  private static HttpRequest.Builder request(String target) {
    int port = server == null ? 0 : server.httpPort();
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
        .timeout(Duration.ofSeconds(30));
  }

  private static Heard http(HttpRequest.Builder request, Wrong wrong) throws Exception {
    head(wrong).forEach(request::header);
    HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
    return new Heard(
        answer.statusCode(), answer.headers().firstValue("x-request-id").orElse("none"));
  }

  private static Heard grpc(double latitude, Wrong wrong) throws Exception {
    Metadata head = new Metadata();
    head(wrong).forEach((name, value) -> head.put(key(name), value));
    try {
      var _ =
          RoutingServiceGrpc.newBlockingStub(channel)
              .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(head))
              .withDeadlineAfter(30, TimeUnit.SECONDS)
              .getRoute(
                  GetRouteRequest.newBuilder()
                      .setProfile("car")
                      .setOrigin(place(43.7311, 7.4197))
                      .setDestination(place(latitude, 7.4246))
                      .build());
      throw new AssertionError("it was answered");
    } catch (StatusRuntimeException end) {
      var status = Objects.requireNonNull(StatusProto.fromThrowable(end));
      String reason = status.getDetails(0).unpack(ErrorInfo.class).getReason();
      String id = Objects.requireNonNull(end.getTrailers()).get(key("x-request-id"));
      return new Heard(Fault.valueOf(reason).httpStatus(), String.valueOf(id));
    }
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  private static Location place(double latitude, double longitude) {
    return Location.newBuilder().setLatitude(latitude).setLongitude(longitude).build();
  }

  private static void breaker(String position) throws Exception {
    int port = server == null ? 0 : server.adminPort();
    HttpRequest turn =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/breaker/" + position))
            .POST(BodyPublishers.noBody())
            .build();
    assertEquals(2, HTTP.send(turn, BodyHandlers.ofString()).statusCode() / 100);
  }

  @Test
  void callersHearOfTheFirstThingThatIsWrong() throws Exception {
    breaker("forced-open");
    try {
      assertEquals(all(400), ask(new Wrong(true, true, true)), "head");
      assertEquals(all(401), ask(new Wrong(false, true, true)), "authentication");
      assertEquals(all(503), ask(new Wrong(false, false, true)), "admission");
      assertEquals(all(503), ask(new Wrong(false, false, false)), "admission");
    } finally {
      breaker("closed");
    }
    assertEquals(all(401), ask(new Wrong(false, true, true)), "authentication");
    assertEquals(all(400), ask(new Wrong(false, false, true)), "validation");
  }

  @Test
  void aFaultOfTheEngineIsAnsweredUnderTheNameOfTheRequest() throws Exception {
    Breakable broken = Objects.requireNonNull(engine);
    broken.broken = true;
    try {
      assertEquals(all(500), ask(new Wrong(false, false, false)));
      int port = server == null ? 0 : server.adminPort();
      String metrics =
          HTTP.send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                      .build(),
                  BodyHandlers.ofString())
              .body();
      assertTrue(metrics.contains("weir_faults_total{kind=\"route\"} 4.0"), metrics);
    } finally {
      broken.broken = false;
    }
  }

  /** A real engine until a test breaks it. */
  private static final class Breakable implements RoutingEngine {

    private final RoutingEngine engine;
    private volatile boolean broken;

    Breakable(RoutingEngine engine) {
      this.engine = engine;
    }

    @Override
    public RouteOutcome compute(RouteQuery query, StopSignal stop) {
      if (broken) {
        throw new IllegalStateException("planted");
      }
      return engine.compute(query, stop);
    }

    @Override
    public RouteQuery.Route readRoute(byte[] json) throws MalformedQuery {
      return engine.readRoute(json);
    }

    @Override
    public Rendered info() {
      return engine.info();
    }

    @Override
    public Rendered translations(String locale) {
      return engine.translations(locale);
    }

    @Override
    public int nodes() {
      return engine.nodes();
    }

    @Override
    public int nodesNear(double latitude, double longitude) {
      return engine.nodesNear(latitude, longitude);
    }

    @Override
    public RouteQuery sample(RandomGenerator random) {
      return engine.sample(random);
    }

    @Override
    public void close() {
      engine.close();
    }
  }
}
