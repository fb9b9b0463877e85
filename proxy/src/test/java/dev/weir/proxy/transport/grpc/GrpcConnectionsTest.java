package dev.weir.proxy.transport.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.TestSettings;
import dev.weir.proxy.config.GrpcSettings;
import dev.weir.proxy.config.Overrides;
import dev.weir.proxy.config.Places;
import dev.weir.proxy.config.Reading;
import dev.weir.proxy.config.SettingsReader;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.transport.BindFailed;
import dev.weir.proxy.transport.FakeApplication;
import dev.weir.proxy.transport.FakeApplication.Visit;
import dev.weir.proxy.transport.FrameClient;
import dev.weir.proxy.transport.RecordingObserver;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.Location;
import dev.weir.v1.RoutingServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.BlockingClientCall;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long connections of the port for gRPC last, and what each may have. */
final class GrpcConnectionsTest {

  private static final String GET_ROUTE = "/weir.v1.RoutingService/GetRoute";
  private static final int MANY = 1_000;

  /** What no test takes. */
  private static final Duration LONG = Duration.ofHours(1);

  /** No age is shorter. */
  private static final Duration SHORT = Duration.ofSeconds(1);

  private static final Reply ANSWER = new Reply.Estimated(1_234, 98_765);

  private final FakeApplication application = new FakeApplication();
  private final RecordingObserver observer = new RecordingObserver();
  private final List<GrpcServer> started = new ArrayList<>();

  @AfterEach
  void close() {
    started.forEach(GrpcServer::close);
    application.close();
  }

  private GrpcServer start(GrpcSettings settings) throws BindFailed {
    GrpcServer server =
        TestGrpc.server(settings, application, observer, System::nanoTime, InstantSource.system());
    started.add(server);
    server.start();
    return server;
  }

  private static FrameClient client(GrpcServer server) throws IOException {
    return new FrameClient(server.port()).greet();
  }

  /** Begins a call, and gives its stream. */
  private static int open(FrameClient client) throws IOException, Http2Exception {
    return client.open(
        FrameClient.request(
            "POST", GET_ROUTE, "content-type", "application/grpc", "te", "trailers"),
        false);
  }

  /** Asks for a route, and gives the stream of the question. */
  private static int ask(FrameClient client) throws IOException, Http2Exception {
    Location place = Location.newBuilder().setLatitude(43.7384).setLongitude(7.4246).build();
    byte[] route =
        GetRouteRequest.newBuilder()
            .setProfile("car")
            .setOrigin(place)
            .setDestination(place)
            .build()
            .toByteArray();
    int id = open(client);
    byte[] message =
        ByteBuffer.allocate(5 + route.length).put(5, route).putInt(1, route.length).array();
    client.data(id, message, true);
    return id;
  }

  private static void answered(FrameClient client, int id) throws IOException, Http2Exception {
    FrameClient.Response response = client.receive(id);
    assertEquals(200, response.status());
    assertEquals("0", response.headers().get("grpc-status"), response.headers()::toString);
  }

  @Test
  void aCallBeyondThoseThatAConnectionMayHaveIsRefusedUntilOneHasEnded() throws Exception {
    try (FrameClient client = client(start(TestSettings.grpc(true, 2, LONG, LONG, LONG, false)))) {
      assertTrue(client.ping(), "and the settings are read");
      int first = ask(client);
      ask(client);
      int beyond = open(client);

      assertEquals(Http2Error.REFUSED_STREAM, client.receive(beyond).reset());
      Visit visit = application.next();
      application.next();
      assertFalse(application.hasArrivals());

      visit.sink().reply(ANSWER);
      answered(client, first);
      int next = ask(client);
      application.next().sink().reply(ANSWER);
      answered(client, next);
    }
  }

  @Test
  void aCallerThatPingsTooOftenIsCutOff() throws Exception {
    try (FrameClient client =
        client(start(TestSettings.grpc(true, MANY, LONG, LONG, LONG, false)))) {
      ByteArrayOutputStream pings = new ByteArrayOutputStream();
      for (int i = 0; i < 10; i++) {
        pings.writeBytes(FrameClient.frameBytes(Http2FrameTypes.PING, 0, 0, new byte[Long.BYTES]));
      }
      client.send(pings.toByteArray()); // at once, before the server hangs up

      assertEquals(Http2Error.ENHANCE_YOUR_CALM.code(), client.goAway());
      assertTrue(client.closed());
      assertEquals(0, RecordingObserver.next(observer.closings));
    }
  }

  @Test
  void aCallerThatPingsAsOftenAsItMayIsNot() throws Exception {
    Duration minimum = Duration.ofMillis(1);
    try (FrameClient client =
        client(start(TestSettings.grpc(true, MANY, minimum, LONG, LONG, false)))) {
      for (int i = 0; i < 10; i++) {
        assertTrue(client.ping());
        long answeredNanos = System.nanoTime();
        while (System.nanoTime() - answeredNanos <= minimum.toNanos()) {
          Thread.onSpinWait();
        }
      }
      int id = ask(client);
      application.next().sink().reply(ANSWER);
      answered(client, id);
    }
  }

  @Test
  void aConnectionWithoutACallIsClosedInTimeAndOneWithACallIsNot() throws Exception {
    GrpcServer server = start(TestSettings.grpc(true, MANY, LONG, SHORT, LONG, false));
    try (FrameClient busy = client(server).keepWindowsShut()) {
      int id = ask(busy);
      Visit visit = application.next();
      try (FrameClient idle = client(server)) {
        assertEquals(Http2Error.NO_ERROR.code(), idle.goAway());
        idle.ping();
        assertTrue(idle.closed());
      }
      assertEquals(1, RecordingObserver.next(observer.closings));

      visit.sink().reply(ANSWER);
      answered(busy, id);
    }
  }

  @Test
  void anOldConnectionIsToldToGoAndItsCallIsAnswered() throws Exception {
    try (FrameClient client =
        client(start(TestSettings.grpc(true, MANY, LONG, LONG, SHORT, false))).keepWindowsShut()) {
      int id = ask(client);
      Visit visit = application.next();

      assertEquals(Http2Error.NO_ERROR.code(), client.goAway());
      visit.sink().reply(ANSWER);
      answered(client, id);
      assertTrue(client.closed());
      assertEquals(0, RecordingObserver.next(observer.closings));
    }
  }

  @Test
  void anOldConnectionWhoseCallDoesNotEndIsClosedAllTheSame() throws Exception {
    try (FrameClient client =
        client(start(TestSettings.grpc(true, MANY, LONG, LONG, SHORT, false)))) {
      ask(client);
      Visit visit = application.next();

      assertEquals(Http2Error.NO_ERROR.code(), client.goAway());
      client.ping();
      assertTrue(client.closed());
      assertEquals(0, RecordingObserver.next(observer.closings));
      while (!visit.sink().abandoned()) {
        Thread.onSpinWait();
      }
    }
  }

  private static List<String> services(GrpcServer server) throws Exception {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
    try {
      BlockingClientCall<ServerReflectionRequest, ServerReflectionResponse> call =
          ServerReflectionGrpc.newBlockingV2Stub(channel)
              .withDeadlineAfter(20, TimeUnit.SECONDS)
              .serverReflectionInfo();
      call.write(ServerReflectionRequest.newBuilder().setListServices("*").build());
      call.halfClose();
      ServerReflectionResponse response = call.read();
      return response.getListServicesResponse().getServiceList().stream()
          .map(ServiceResponse::getName)
          .toList();
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void whoAsksWhatThereIsIsToldWhereReflectionIsOn() throws Exception {
    GrpcServer server = start(TestSettings.grpc(true, MANY, LONG, LONG, LONG, true));

    assertTrue(services(server).contains(RoutingServiceGrpc.SERVICE_NAME));
  }

  @Test
  void whoAsksWhatThereIsIsToldNothingWhereReflectionIsOff() throws Exception {
    GrpcServer server = start(TestSettings.grpc(true, MANY, LONG, LONG, LONG, false));

    Exception refused = assertThrows(Exception.class, () -> services(server));
    assertEquals(Status.Code.UNIMPLEMENTED, Status.fromThrowable(refused).getCode());
  }

  @Test
  void reflectionIsOffUnlessToldOtherwise(@TempDir Path dir) throws Exception {
    Path file = Files.writeString(dir.resolve("weir.yaml"), "grpc: {enabled: true}\n");
    Overrides overrides = new Overrides(TestSettings.map(), dir, null, null, null, null);
    Reading reading = SettingsReader.read(file, overrides, Places.HERE);

    assertFalse(assertInstanceOf(Reading.Accepted.class, reading).settings().grpc().reflection());
  }
}
