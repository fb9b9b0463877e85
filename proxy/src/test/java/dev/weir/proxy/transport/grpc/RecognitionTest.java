package dev.weir.proxy.transport.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.util.concurrent.ListenableFuture;
import dev.weir.proxy.TestSettings;
import dev.weir.proxy.path.Proof;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.transport.BindFailed;
import dev.weir.proxy.transport.FakeApplication;
import dev.weir.proxy.transport.FakeApplication.Held;
import dev.weir.proxy.transport.RecordingObserver;
import dev.weir.routing.Coordinate;
import dev.weir.routing.Paths;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.GetRouteResponse;
import dev.weir.v1.Location;
import dev.weir.v1.Position;
import dev.weir.v1.RoutingServiceGrpc;
import dev.weir.v1.RoutingServiceGrpc.RoutingServiceFutureStub;
import dev.weir.v1.StartRide;
import dev.weir.v1.TrackRideRequest;
import dev.weir.v1.TrackRideResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls and rides that wait until it is known whose they are. */
final class RecognitionTest {

  private static final InstantSource NOW =
      InstantSource.fixed(Instant.parse("2026-11-02T06:08:15Z"));
  private static final Location FROM =
      Location.newBuilder().setLatitude(43.7384).setLongitude(7.4246).build();
  private static final Location TO =
      Location.newBuilder().setLatitude(43.7311).setLongitude(7.4197).build();
  private static final GetRouteRequest ROUTE =
      GetRouteRequest.newBuilder().setProfile("car").setOrigin(FROM).setDestination(TO).build();
  private static final Refusal INVALID = new Refusal(Reason.TOKEN_INVALID, Duration.ZERO);

  private final FakeApplication application = new FakeApplication();
  private final GrpcServer server =
      TestGrpc.server(
          TestSettings.grpc(true), application, new RecordingObserver(), System::nanoTime, NOW);
  private ManagedChannel channel;

  @BeforeEach
  void open() throws BindFailed {
    server.start();
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
    application.holdTokens();
    Paths.Path path =
        new Paths.Path(
            1_234.5,
            98_765,
            "_p~iF~ps|U",
            new Paths.Bounds(1, 2, 3, 4),
            List.of(new Coordinate(1, 2)),
            List.of());
    application.answerWith(new Reply.Routed(new Paths(List.of(path), 1)));
  }

  @AfterEach
  void close() {
    channel.shutdownNow();
    server.close();
    application.close();
  }

  private static Metadata head() {
    Metadata head = new Metadata();
    head.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer a.b.c");
    return head;
  }

  private RoutingServiceFutureStub client() {
    return RoutingServiceGrpc.newFutureStub(channel)
        .withDeadlineAfter(20, TimeUnit.SECONDS)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(head()));
  }

  @Test
  void aCallIsServedWhenItsTokenIsVerified() throws Exception {
    ListenableFuture<GetRouteResponse> response = client().getRoute(ROUTE);
    Held held = application.nextHeld();
    assertEquals("a.b.c", held.caller().credential());
    assertFalse(application.hasArrivals());

    held.verified("rider-7");

    assertTrue(response.get(20, TimeUnit.SECONDS).hasRoute());
    Proof proof = application.next().call().caller().proof();
    assertEquals("rider-7", proof instanceof Proof.Verified token ? token.claim() : "");
  }

  @Test
  void aCallIsRefusedWhenItsTokenProvesNothing() throws Exception {
    ListenableFuture<GetRouteResponse> response = client().getRoute(ROUTE);
    application.nextHeld().refused(INVALID);

    ExecutionException end =
        assertThrows(ExecutionException.class, () -> response.get(20, TimeUnit.SECONDS));
    Status status = Status.fromThrowable(end);
    assertEquals(Status.Code.UNAUTHENTICATED, status.getCode());
    assertEquals(Reason.TOKEN_INVALID.sentence(), status.getDescription());
    assertFalse(application.hasArrivals());
  }

  @Test
  void aCallThatHasGoneIsForgotten() throws Exception {
    ListenableFuture<GetRouteResponse> response = client().getRoute(ROUTE);
    Held held = application.nextHeld();
    response.cancel(true);

    held.verified("rider-7");

    ListenableFuture<GetRouteResponse> another = client().getRoute(ROUTE);
    application.nextHeld().verified("rider-8");
    assertTrue(another.get(20, TimeUnit.SECONDS).hasRoute());
  }

  @Test
  void aRideBeginsWhenItsTokenIsVerified() throws Exception {
    BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    StreamObserver<TrackRideRequest> ride = ride(heard);
    Held held = application.nextHeld();
    assertEquals(0, server.rides());

    held.verified("rider-7");

    Object first = heard.poll(20, TimeUnit.SECONDS);
    assertTrue(first instanceof TrackRideResponse told && told.hasRoute(), () -> "" + first);
    assertEquals(1, server.rides());
    ride.onCompleted();
  }

  @Test
  void aRideIsRefusedWhenItsTokenProvesNothing() throws Exception {
    BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    ride(heard);
    application.nextHeld().refused(INVALID);

    Object end = heard.poll(20, TimeUnit.SECONDS);
    assertTrue(
        end instanceof StatusRuntimeException refused
            && refused.getStatus().getCode() == Status.Code.UNAUTHENTICATED,
        () -> "" + end);
    assertEquals(0, server.rides());
  }

  private StreamObserver<TrackRideRequest> ride(BlockingQueue<Object> heard) {
    StreamObserver<TrackRideRequest> ride =
        RoutingServiceGrpc.newStub(channel)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(head()))
            .trackRide(
                new StreamObserver<>() {
                  @Override
                  public void onNext(TrackRideResponse told) {
                    heard.add(told);
                  }

                  @Override
                  public void onError(Throwable end) {
                    heard.add(end);
                  }

                  @Override
                  public void onCompleted() {
                    heard.add("completed");
                  }
                });
    ride.onNext(
        TrackRideRequest.newBuilder()
            .setStart(StartRide.newBuilder().setProfile("car").setDestination(TO))
            .build());
    ride.onNext(
        TrackRideRequest.newBuilder().setPosition(Position.newBuilder().setLocation(FROM)).build());
    return ride;
  }
}
