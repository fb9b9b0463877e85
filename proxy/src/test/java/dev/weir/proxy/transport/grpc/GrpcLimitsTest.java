package dev.weir.proxy.transport.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.TestSettings;
import dev.weir.proxy.config.GrpcSettings;
import dev.weir.proxy.config.TlsSettings;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.TransportObserver.Cut;
import dev.weir.proxy.transport.BindFailed;
import dev.weir.proxy.transport.FakeApplication;
import dev.weir.proxy.transport.FrameClient;
import dev.weir.proxy.transport.RecordingObserver;
import dev.weir.routing.Paths;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.GetRouteResponse;
import dev.weir.v1.Location;
import dev.weir.v1.Position;
import dev.weir.v1.RoutingServiceGrpc;
import dev.weir.v1.StartRide;
import dev.weir.v1.TrackRideRequest;
import dev.weir.v1.TrackRideResponse;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.netty.handler.codec.http2.Http2FrameTypes;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the port for gRPC does with callers who take more than there is for them. */
final class GrpcLimitsTest {

  private static final int PATIENCE_MILLIS = 20_000;
  private static final InstantSource NOW =
      InstantSource.fixed(Instant.parse("2026-11-02T06:08:15Z"));
  private static final Location FROM =
      Location.newBuilder().setLatitude(43.7384).setLongitude(7.4246).build();
  private static final GetRouteRequest ROUTE =
      GetRouteRequest.newBuilder().setProfile("car").setOrigin(FROM).setDestination(FROM).build();

  /** Longer than a caller with a small window takes at once. */
  private static final Reply ANSWER =
      new Reply.Routed(
          new Paths(
              List.of(new Paths.Path(1, 1, "_".repeat(10_000), null, List.of(), List.of())), 1));

  private final FakeApplication application = new FakeApplication();
  private final AtomicLong now = new AtomicLong();
  private final RecordingObserver observer = new RecordingObserver();
  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
    application.close();
  }

  private GrpcServer server(GrpcSettings settings) throws BindFailed {
    GrpcServer server = TestGrpc.server(settings, application, observer, now::get, NOW);
    opened.add(server);
    server.start();
    return server;
  }

  private ManagedChannel channel(GrpcServer server, int windowBytes) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port())
            .usePlaintext()
            .initialFlowControlWindow(windowBytes)
            .flowControlWindow(windowBytes)
            .build();
    opened.add(channel::shutdownNow);
    return channel;
  }

  private Socket connect(GrpcServer server) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    opened.add(socket);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  /** Reads until the server ends the connection, or fails after long. */
  private static void awaitEnd(Socket socket) throws IOException {
    try {
      var _ = socket.getInputStream().readAllBytes();
    } catch (SocketException reset) {
      // ended as well
    }
  }

  private static GetRouteResponse ask(ManagedChannel channel) {
    return RoutingServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        .getRoute(ROUTE);
  }

  @Test
  void connectionsBeyondTheLimitAreClosedAtOnceAndTheOthersAreServed() throws Exception {
    application.answerWith(ANSWER);
    GrpcServer server = server(TestSettings.withConnections(TestSettings.grpc(true), 2, 100));
    ManagedChannel caller = channel(server, 1 << 20);
    assertTrue(ask(caller).hasRoute());
    Socket idle = connect(server);
    awaitEnd(connect(server));

    assertEquals(Cut.TOO_MANY_CONNECTIONS, observer.nextCut());
    assertEquals(2, observer.open.get());
    assertTrue(ask(caller).hasRoute());

    idle.close();
    assertEquals(1, RecordingObserver.next(observer.closings));
    assertTrue(ask(channel(server, 1 << 20)).hasRoute());
  }

  @Test
  void connectionsOfAnAddressThatHasEnoughAreClosedAtOnce() throws Exception {
    GrpcServer server = server(TestSettings.withConnections(TestSettings.grpc(true), 100, 1));
    var _ = connect(server);
    awaitEnd(connect(server));

    assertEquals(Cut.TOO_MANY_FROM_ADDRESS, observer.nextCut());
    assertEquals(1, observer.open.get());
  }

  @Test
  void messagesAndMetadataBeyondTheirLimitsReachNobody() throws Exception {
    ManagedChannel channel = channel(server(TestSettings.grpc(true)), 1 << 20);
    application.answerWith(ANSWER);
    var stub =
        RoutingServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    GetRouteRequest huge = ROUTE.toBuilder().setProfile("x".repeat(70_000)).build();
    Metadata bulky = new Metadata();
    bulky.put(Metadata.Key.of("bulk", Metadata.ASCII_STRING_MARSHALLER), "x".repeat(20_000));

    Status tooLong =
        assertThrows(StatusRuntimeException.class, () -> stub.getRoute(huge)).getStatus();
    assertEquals(Status.Code.RESOURCE_EXHAUSTED, tooLong.getCode(), tooLong::toString);
    assertThrows(
        StatusRuntimeException.class,
        () ->
            stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(bulky))
                .getRoute(ROUTE));
    assertFalse(application.hasArrivals());
    assertTrue(ask(channel).hasRoute());
  }

  @Test
  void aConnectionThatSaysNothingIsClosedInTime() throws Exception {
    TlsSettings off = TlsSettings.OFF;
    TlsSettings hasty =
        new TlsSettings(
            Path.of(""), Path.of(""), Path.of(""), off.clientAuth(), Duration.ofMillis(50));
    GrpcServer server = server(TestSettings.secured(TestSettings.grpc(true), hasty));

    awaitEnd(connect(server));

    assertEquals(0, RecordingObserver.next(observer.closings));
  }

  @Test
  void aCallWhoseRequestDoesNotComeIsCutOff() throws Exception {
    GrpcServer server = server(TestSettings.grpc(true));
    ManagedChannel channel = channel(server, 1 << 20);
    application.answerWith(ANSWER);
    assertTrue(ask(channel).hasRoute(), "so it is connected, and calls begin in their order");
    Heard<GetRouteResponse> heard = new Heard<>();
    var call = begin(channel, RoutingServiceGrpc.getGetRouteMethod(), heard);
    call.request(1);
    assertTrue(ask(channel).hasRoute(), "so the other call has begun, too");

    passes(server, 24);
    assertTrue(ask(channel).hasRoute());
    assertTrue(heard.ends.isEmpty());
    passes(server, 2);

    assertFalse(RecordingObserver.next(heard.ends).isOk());
    assertEquals(Cut.SLOW_CALL, observer.nextCut());
    assertTrue(ask(channel).hasRoute(), "on the same connection");
    assertEquals(1, observer.open.get());
  }

  @Test
  void anAnswerThatIsNotReadIsGivenUpAndItsRoomIsFree() throws Exception {
    GrpcServer server = server(TestSettings.grpc(true));
    Heard<GetRouteResponse> heard = new Heard<>();
    var call = begin(channel(server, 100), RoutingServiceGrpc.getGetRouteMethod(), heard);
    call.sendMessage(ROUTE);
    call.halfClose();
    application.next().sink().reply(ANSWER);
    assertTrue(observer.pendingBytes.get() > 10_000);

    passes(server, 26);

    assertEquals(Cut.SLOW_CALL, observer.nextCut());
    while (observer.pendingBytes.get() > 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aRideIsNotCutOffWhileItLastsButWhenItsRiderDoesNotReadThatItEnded() throws Exception {
    GrpcServer server = server(TestSettings.grpc(true));
    Heard<TrackRideResponse> heard = new Heard<>();
    var call = begin(channel(server, 1), RoutingServiceGrpc.getTrackRideMethod(), heard);
    call.sendMessage(
        TrackRideRequest.newBuilder()
            .setStart(StartRide.newBuilder().setProfile("car").setDestination(FROM))
            .build());
    call.sendMessage(
        TrackRideRequest.newBuilder().setPosition(Position.newBuilder().setLocation(FROM)).build());
    application.next(); // its first route is asked for: both were read

    passes(server, 29);
    assertEquals(1, server.rides());
    passes(server, 2); // nothing is heard of it for 30 s: it ends
    assertEquals(0, server.rides());
    assertTrue(observer.cuts.isEmpty());
    passes(server, 21);

    assertEquals(Cut.SLOW_CALL, observer.nextCut());
  }

  private void passes(GrpcServer server, int seconds) {
    now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    server.sweep();
  }

  /** Begins a call without a deadline, and asks for no message. */
  private static <Q, A> ClientCall<Q, A> begin(
      ManagedChannel channel, MethodDescriptor<Q, A> method, Heard<A> heard) {
    ClientCall<Q, A> call = channel.newCall(method, CallOptions.DEFAULT);
    call.start(heard, new Metadata());
    return call;
  }

  /** How a call ends. */
  private static final class Heard<A> extends ClientCall.Listener<A> {

    private final BlockingQueue<Status> ends = new LinkedBlockingQueue<>();

    @Override
    public void onClose(Status status, Metadata trailers) {
      ends.add(status);
    }
  }

  /** As in an attack by rapid reset: neither a worker nor the gate hears of such calls. */
  @Test
  void callsThatAreResetInTheSameBreathNeverBegin() throws Exception {
    application.answerWith(ANSWER);
    GrpcServer server = server(TestSettings.grpc(true));
    ByteArrayOutputStream breath = new ByteArrayOutputStream();
    try (FrameClient caller = new FrameClient(server.port()).greet()) {
      assertTrue(caller.ping());
      for (int i = 0; i < 20; i++) {
        int id = caller.nextId();
        breath.writeBytes(
            FrameClient.frameBytes(
                Http2FrameTypes.HEADERS, FrameClient.END_HEADERS, id, caller.block(id, head())));
        breath.writeBytes(
            FrameClient.frameBytes(Http2FrameTypes.DATA, FrameClient.END_STREAM, id, message()));
        breath.writeBytes(
            FrameClient.frameBytes(Http2FrameTypes.RST_STREAM, 0, id, FrameClient.number(8)));
      }
      caller.send(breath.toByteArray());
      assertTrue(caller.ping());
      assertFalse(application.hasArrivals());

      int whole = caller.open(head(), false);
      caller.data(whole, message(), true);
      assertEquals(200, caller.receive(whole).status());
      assertEquals(1, application.arrivals().size());
    }
  }

  private static Http2Headers head() {
    return FrameClient.request(
        "POST",
        "/weir.v1.RoutingService/GetRoute",
        "content-type",
        "application/grpc",
        "te",
        "trailers");
  }

  private static byte[] message() {
    byte[] bytes = ROUTE.toByteArray();
    return ByteBuffer.allocate(5 + bytes.length)
        .put((byte) 0)
        .putInt(bytes.length)
        .put(bytes)
        .array();
  }
}
