package dev.weir.proxy.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.Server;
import dev.weir.proxy.TestSettings;
import dev.weir.proxy.config.Overrides;
import dev.weir.proxy.config.Places;
import dev.weir.proxy.config.Reading;
import dev.weir.proxy.config.SettingsReader;
import dev.weir.proxy.flood.Eventually;
import dev.weir.proxy.flood.MetricsPage;
import dev.weir.proxy.observe.trace.TinyCollector;
import dev.weir.proxy.observe.trace.TinyCollector.Received;
import dev.weir.proxy.transport.FrameClient;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.Location;
import dev.weir.v1.Position;
import dev.weir.v1.RoutingServiceGrpc;
import dev.weir.v1.StartRide;
import dev.weir.v1.StreamRoutesRequest;
import dev.weir.v1.TrackRideRequest;
import dev.weir.v1.TrackRideResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running server as a collector of traces, a scraper and a flight recording see it. */
final class TracedServerTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";
  private static final String SAMPLED = "00-" + TRACE + "-" + PARENT + "-01";
  private static final String UNSAMPLED = "00-" + TRACE + "-" + PARENT + "-00";
  private static final String ROUTE =
      "/route?profile=car&point=43.7384,7.4246&point=43.7311,7.4197";

  /** Thousands of nodes, and borders around them. */
  private static final String REACH =
      "/isochrone?profile=car&point=43.7384,7.4246&time_limit=600&buckets=5";

  private static final Location FROM = place(43.7384, 7.4246);
  private static final Location TO = place(43.7311, 7.4197);
  private static final GetRouteRequest REQUEST =
      GetRouteRequest.newBuilder().setProfile("car").setOrigin(FROM).setDestination(TO).build();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  @TempDir private Path dir;
  private TinyCollector collector;
  private Server server;
  private ManagedChannel channel;

  private static Location place(double latitude, double longitude) {
    return Location.newBuilder().setLatitude(latitude).setLongitude(longitude).build();
  }

  @BeforeEach
  void start() throws Exception {
    collector = new TinyCollector();
    write("sample: 0, slow: 1h");
    server =
        Server.start(
            assertInstanceOf(Reading.Accepted.class, read()).settings(), this::read, _ -> {});
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort()).usePlaintext().build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.close();
    client.shutdownNow();
    collector.close();
  }

  private void write(String tracing) throws IOException {
    Files.writeString(
        file(),
        """
        warm-up: {at-most: 0s}
        callers: {anonymous: {priority: critical}}
        tracing: {endpoint: "%s/v1/traces", service-name: traced, %s}
        """
            .formatted(collector.endpoint(), tracing));
  }

  private Path file() {
    return dir.resolve("weir.yaml");
  }

  private Reading read() {
    Overrides overrides =
        new Overrides(TestSettings.map(), TestSettings.monaco().engine().graphDir(), 0, 0, 0, null);
    return SettingsReader.read(file(), overrides, Places.HERE);
  }

  private static URI uri(int port, String target) {
    return URI.create("http://127.0.0.1:" + port + target);
  }

  private static HttpRequest request(int port, String target, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(port, target));
    return (headers.length == 0 ? request : request.headers(headers)).build();
  }

  private HttpResponse<String> get(int port, String target, String... headers) throws Exception {
    return client.send(request(port, target, headers), BodyHandlers.ofString());
  }

  private String post(String target) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(uri(server.adminPort(), target))
                .POST(BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString())
        .body();
  }

  private <S extends AbstractStub<S>> S with(S stub, String id, String... more) {
    Metadata head = new Metadata();
    head.put(Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER), id);
    head.put(Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER), SAMPLED);
    for (int i = 0; i < more.length; i += 2) {
      head.put(Metadata.Key.of(more[i], Metadata.ASCII_STRING_MARSHALLER), more[i + 1]);
    }
    return stub.withDeadlineAfter(60, TimeUnit.SECONDS)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(head));
  }

  /** Waits for the trace of the request that is called so. */
  private List<Received> trace(String id) throws InterruptedException {
    List<Received> trace =
        collector.trace(each -> id.equals(each.attributes().get("weir.request_id")));
    assertEquals("traced", trace.getFirst().service());
    return trace;
  }

  private static long count(List<Received> trace, String name) {
    return trace.stream().filter(each -> each.name().equals(name)).count();
  }

  @Test
  void aCallOverHttpIsATreeInTheTraceOfItsCaller() throws Exception {
    HttpResponse<String> answer =
        get(
            server.httpPort(),
            ROUTE,
            "traceparent",
            SAMPLED,
            "tracestate",
            "vendor=1",
            "X-Request-Id",
            "one");

    List<Received> trace = trace("one");
    Received root = trace.getFirst();
    assertEquals("GET route", root.name());
    assertEquals(TRACE, root.traceId());
    assertEquals(PARENT, root.parentId());
    assertEquals("vendor=1", root.span().getTraceState());
    for (String step : List.of("queue", "engine", "write")) {
      assertEquals(1, count(trace, step), () -> step + " in " + trace);
    }
    assertEquals(
        "00-" + TRACE + "-" + root.spanId() + "-01",
        answer.headers().firstValue("traceresponse").orElseThrow());
    long steps = trace.stream().skip(1).mapToLong(Received::nanos).sum();
    assertTrue(steps <= root.nanos(), trace::toString);
  }

  @Test
  void aCallOverHttp2IsOneToo() throws Exception {
    try (FrameClient http2 = new FrameClient(server.httpPort()).greet()) {
      FrameClient.Response answer =
          http2.get(ROUTE, "traceparent", SAMPLED, "x-request-id", "young");

      assertEquals(200, answer.status());
      Received root = trace("young").getFirst();
      assertEquals(
          "00-" + TRACE + "-" + root.spanId() + "-01", answer.headers().get("traceresponse"));
    }
  }

  @Test
  void aBodyIsReceivedBeforeItsCallIsAdmitted() throws Exception {
    String body = "{\"profile\":\"car\",\"points\":[[7.4246,43.7384],[7.4197,43.7311]]}";
    client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort() + "/route"))
            .headers("traceparent", SAMPLED, "X-Request-Id", "body")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());

    List<Received> trace = trace("body");
    Received receive =
        trace.stream().filter(each -> each.name().equals("receive")).findFirst().orElseThrow();
    Received engine =
        trace.stream().filter(each -> each.name().equals("engine")).findFirst().orElseThrow();
    assertTrue(
        receive.span().getEndTimeUnixNano() <= engine.span().getStartTimeUnixNano(),
        trace::toString);
  }

  @Test
  void whatItsCallerDoesNotExportIsNotExportedHere() throws Exception {
    HttpResponse<String> answer = get(server.httpPort(), ROUTE, "traceparent", UNSAMPLED);
    get(server.httpPort(), ROUTE);
    assertEquals(200, get(server.httpPort(), ROUTE, "X-Request-Id", "c").statusCode());
    server.close();

    assertTrue(answer.headers().firstValue("traceresponse").isEmpty());
    assertEquals(List.of(), collector.all());
  }

  @Test
  void aRefusedCriticalCallIsExportedInAnyCase() throws Exception {
    post("/breaker/forced-open");
    get(server.httpPort(), ROUTE, "X-Request-Id", "default");
    get(server.httpPort(), ROUTE, "X-Request-Id", "http", "X-Weir-Priority", "critical");
    var stub =
        with(
            RoutingServiceGrpc.newBlockingStub(channel),
            "grpc",
            "x-weir-priority",
            "critical",
            "traceparent",
            SAMPLED); // two of them are none
    assertThrows(StatusRuntimeException.class, () -> stub.getRoute(REQUEST));

    for (String id : List.of("http", "grpc")) {
      Received root = trace(id).getFirst();
      assertEquals("refused_critical", root.attributes().get("weir.kept"));
      assertEquals("engine_unwell", root.attributes().get("weir.reason"));
      assertEquals("critical", root.attributes().get("weir.priority"));
      assertEquals("", root.parentId());
    }
    server.close();
    assertTrue(
        collector.all().stream()
            .noneMatch(each -> "default".equals(each.attributes().get("weir.request_id"))));
  }

  @Test
  void aSlowCallIsExportedFromTheMomentThatIsWanted() throws Exception {
    write("sample: 0, slow: 1ms");
    assertEquals("changed tracing.slow\n", post("/config/reload"));
    assertEquals(200, get(server.httpPort(), REACH).statusCode());

    List<Received> trace =
        collector.trace(each -> "slow".equals(each.attributes().get("weir.kept")));
    assertEquals(1, count(trace, "engine"), trace::toString);
    assertEquals("", trace.getFirst().parentId());
  }

  @Test
  void everyCallIsExportedWhereThatIsWanted() throws Exception {
    write("sample: 1, slow: 1h");
    assertEquals("changed tracing.sample\n", post("/config/reload"));
    get(server.httpPort(), ROUTE, "X-Request-Id", "mine");
    get(server.httpPort(), "/health", "X-Request-Id", "health");

    assertEquals("", trace("mine").getFirst().parentId());
    assertEquals(1, trace("health").size());
    Eventually.holds(
        "both are counted",
        () -> MetricsPage.read(server.adminPort()).sum("weir_traces_total") == 2);
  }

  @Test
  void callsStreamsAndRidesOverGrpcAreTreesToo() throws Exception {
    var blocking = RoutingServiceGrpc.newBlockingStub(channel);
    AtomicReference<Metadata> trailers = new AtomicReference<>();
    var unary =
        with(blocking, "unary")
            .withInterceptors(
                MetadataUtils.newCaptureMetadataInterceptor(new AtomicReference<>(), trailers));
    assertTrue(unary.getRoute(REQUEST).hasRoute());
    with(blocking, "stream")
        .streamRoutes(
            StreamRoutesRequest.newBuilder().setRoute(REQUEST).setMaxAlternatives(2).build())
        .forEachRemaining(_ -> {});
    ride(with(RoutingServiceGrpc.newStub(channel), "ride"));

    List<Received> call = trace("unary");
    assertEquals("gRPC get_route", call.getFirst().name());
    assertEquals("grpc", call.getFirst().attributes().get("rpc.system"));
    assertEquals(PARENT, call.getFirst().parentId());
    assertEquals(1, count(call, "engine"), call::toString);
    assertEquals(
        "00-" + TRACE + "-" + call.getFirst().spanId() + "-01",
        trailers.get().get(Metadata.Key.of("traceresponse", Metadata.ASCII_STRING_MARSHALLER)));
    List<Received> stream = trace("stream");
    assertEquals("gRPC stream_routes", stream.getFirst().name());
    assertEquals(2, count(stream, "engine"), stream::toString);
    List<Received> ride = trace("ride");
    assertEquals("gRPC track_ride", ride.getFirst().name());
    assertEquals(1, count(ride, "engine"), ride::toString);
    assertEquals(TRACE, ride.getFirst().traceId());
  }

  /** Until there is a route, and to its end. */
  private static void ride(RoutingServiceGrpc.RoutingServiceStub stub) throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    StreamObserver<TrackRideRequest> rider =
        stub.trackRide(
            new StreamObserver<>() {
              @Override
              public void onNext(TrackRideResponse response) {
                answered.countDown();
              }

              @Override
              public void onError(Throwable fault) {
                ended.countDown();
              }

              @Override
              public void onCompleted() {
                ended.countDown();
              }
            });
    rider.onNext(
        TrackRideRequest.newBuilder()
            .setStart(StartRide.newBuilder().setProfile("car").setDestination(TO))
            .build());
    rider.onNext(
        TrackRideRequest.newBuilder().setPosition(Position.newBuilder().setLocation(FROM)).build());
    assertTrue(answered.await(60, TimeUnit.SECONDS));
    rider.onCompleted();
    assertTrue(ended.await(60, TimeUnit.SECONDS));
  }

  @Test
  void bucketsOfHistogramsNameATraceThatIsExported() throws Exception {
    get(server.httpPort(), ROUTE);
    String accept = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5";
    String before = get(server.adminPort(), "/metrics", "Accept", accept).body();
    String exemplar = "trace_id=\"" + TRACE + "\"";
    assertTrue(!before.contains("trace_id") && before.endsWith("# EOF\n"), before);

    String after = before;
    for (int i = 0; i < 10_000 && !after.contains(exemplar); i++) { // a few are taken in a second
      get(server.httpPort(), ROUTE, "traceparent", SAMPLED);
      after = get(server.adminPort(), "/metrics", "Accept", accept).body();
    }

    String line = after.lines().filter(each -> each.contains(exemplar)).findFirst().orElseThrow();
    assertTrue(line.contains("_bucket{kind=\"route\""), line);
    assertTrue(line.contains("span_id=\""), line);
    HttpResponse<String> plain = get(server.adminPort(), "/metrics");
    assertTrue(!plain.body().contains("trace_id"), plain::body);
  }

  @Test
  void aFlightRecordingTellsTheStoryOfACall() throws Exception {
    Path flight = dir.resolve("weir.jfr");
    String ours = "dev.weir.";
    try (Recording recording = new Recording()) {
      recording.enable(ours + "Admit");
      recording.enable(ours + "Queue").withThreshold(Duration.ZERO);
      recording.enable(ours + "Compute").withThreshold(Duration.ZERO);
      recording.enable(ours + "Refuse");
      recording.start();
      get(server.httpPort(), ROUTE, "traceparent", SAMPLED, "X-Request-Id", "told");
      post("/breaker/forced-open");
      get(server.httpPort(), ROUTE, "X-Request-Id", "refused");
      Eventually.holds(
          "it is over", () -> MetricsPage.read(server.adminPort()).sum("weir_requests_total") == 1);
      recording.stop();
      recording.dump(flight);
    }

    List<RecordedEvent> events = RecordingFile.readAllEvents(flight);
    RecordedEvent admit = only(events, "Admit", "told");
    assertEquals(TRACE, admit.getString("trace"));
    assertEquals("route", admit.getString("kind"));
    assertEquals("default", admit.getString("priority"));
    assertTrue(admit.getDuration("estimate").toNanos() > 0, admit::toString);
    RecordedEvent queue = only(events, "Queue", "told");
    assertEquals("", queue.getString("outcome"));
    RecordedEvent compute = only(events, "Compute", "told");
    assertEquals("routed", compute.getString("outcome"));
    assertTrue(compute.getDuration().toNanos() > 0, compute::toString);
    assertTrue(!compute.getStartTime().isBefore(queue.getStartTime()), () -> queue + " " + compute);
    RecordedEvent refuse = only(events, "Refuse", "refused");
    assertEquals("engine_unwell", refuse.getString("reason"));
    assertEquals(503, refuse.getInt("status"));
    assertEquals("route", refuse.getString("resource"));
    assertNull(refuse.getStackTrace());
  }

  /** As an operator makes one while calls come: events of Weir, and none of those with secrets. */
  @Test
  void aRecordingMadeByTheAdminPortTellsItToo() throws Exception {
    assertEquals("changed gate.permits\n", post("/config/set?gate.permits=1")); // others wait
    CompletableFuture<HttpResponse<Path>> recording = record(3);
    while (!recording.isDone()) {
      List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        calls.add(client.sendAsync(request(server.httpPort(), REACH), BodyHandlers.ofString()));
      }
      CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
      post("/breaker/forced-open");
      assertEquals(503, get(server.httpPort(), ROUTE).statusCode());
      post("/breaker/closed");
    }
    HttpResponse<Path> made = recording.get(60, TimeUnit.SECONDS);
    assertEquals(200, made.statusCode());

    Set<String> kinds = new TreeSet<>();
    RecordingFile.readAllEvents(made.body())
        .forEach(each -> kinds.add(each.getEventType().getName()));
    for (String name : List.of("Admit", "Queue", "Compute", "Refuse")) {
      assertTrue(kinds.contains("dev.weir." + name), () -> name + " in " + kinds);
    }
    assertTrue(kinds.contains("jdk.ThreadStart") || kinds.contains("jdk.CPULoad"), kinds::toString);
    for (String name :
        List.of("InitialEnvironmentVariable", "InitialSystemProperty", "SystemProcess")) {
      assertTrue(!kinds.contains("jdk." + name), () -> name + " in " + kinds);
    }
  }

  private CompletableFuture<HttpResponse<Path>> record(int seconds) {
    return client.sendAsync(
        HttpRequest.newBuilder(uri(server.adminPort(), "/profile/jfr?seconds=" + seconds))
            .POST(BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofFile(dir.resolve("recording.jfr")));
  }

  private static RecordedEvent only(List<RecordedEvent> events, String name, String request) {
    List<RecordedEvent> found =
        events.stream()
            .filter(each -> each.getEventType().getName().equals("dev.weir." + name))
            .filter(each -> each.getString("request").equals(request))
            .toList();
    assertEquals(1, found.size(), () -> name + " in " + events);
    return found.getFirst();
  }
}
