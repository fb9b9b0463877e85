package dev.weir.proxy.transport.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.ErrorInfo;
import dev.weir.proxy.TestSettings;
import dev.weir.proxy.path.Answered;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.Spent;
import dev.weir.proxy.transport.BindFailed;
import dev.weir.proxy.transport.FakeApplication;
import dev.weir.proxy.transport.FakeApplication.Visit;
import dev.weir.proxy.transport.RecordingObserver;
import dev.weir.routing.Paths;
import dev.weir.routing.Rendered;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.ListQuotesRequest;
import dev.weir.v1.Location;
import dev.weir.v1.RideServiceGrpc;
import dev.weir.v1.RoutingServiceGrpc;
import dev.weir.v1.RoutingServiceGrpc.RoutingServiceBlockingStub;
import dev.weir.v1.StreamRoutesRequest;
import dev.weir.v1.TrackRideRequest;
import dev.weir.v1.TrackRideResponse;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What calls are called, what is told of them afterwards, and what becomes of faults. */
final class NamesTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "00-" + TRACE + "-b7ad6b7169203331-01";
  private static final InstantSource NOW =
      InstantSource.fixed(Instant.parse("2026-11-02T06:08:15Z"));
  private static final Location PLACE =
      Location.newBuilder().setLatitude(43.7).setLongitude(7.4).build();
  private static final GetRouteRequest ROUTE =
      GetRouteRequest.newBuilder().setProfile("car").setOrigin(PLACE).setDestination(PLACE).build();
  private static final Reply ANSWER =
      new Reply.Routed(
          new Paths(
              List.of(new Paths.Path(1, 2, "", new Paths.Bounds(1, 2, 3, 4), List.of(), List.of())),
              3));

  /** Not what the contract asks an engine for. */
  private static final Reply MISFIT =
      new Reply.Routed(new Rendered(Rendered.Media.JSON, new byte[2], 1));

  private final FakeApplication application = new FakeApplication();
  private final RecordingObserver observer = new RecordingObserver();
  private final AtomicReference<Metadata> trailers = new AtomicReference<>();
  private final GrpcServer server =
      TestGrpc.server(TestSettings.grpc(true), application, observer, System::nanoTime, NOW);
  private @Nullable ManagedChannel channel;

  @BeforeEach
  void open() throws BindFailed {
    server.start();
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  }

  @AfterEach
  void close() {
    if (channel != null) {
      channel.shutdownNow();
    }
    server.close();
    application.close();
  }

  private RoutingServiceBlockingStub client(String... metadata) {
    return RoutingServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(20, TimeUnit.SECONDS)
        .withInterceptors(
            MetadataUtils.newCaptureMetadataInterceptor(new AtomicReference<>(), trailers),
            attach(metadata));
  }

  /**
   * @param metadata names and values in turn
   */
  private static ClientInterceptor attach(String... metadata) {
    Metadata head = new Metadata();
    for (int i = 0; i < metadata.length; i += 2) {
      head.put(key(metadata[i]), metadata[i + 1]);
    }
    return MetadataUtils.newAttachHeadersInterceptor(head);
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  private @Nullable String name() {
    return trailers.get().get(key("x-request-id"));
  }

  private static ErrorInfo fault(StatusRuntimeException end) throws Exception {
    var status = StatusProto.fromThrowable(end);
    if (status == null) {
      throw new AssertionError("no details");
    }
    return status.getDetails(0).unpack(ErrorInfo.class);
  }

  @Test
  void everyCallIsCalledAsTheCallerSays() {
    application.answerWith(ANSWER);
    var _ = client("x-request-id", "my-id").getRoute(ROUTE);
    assertEquals("my-id", name());

    application.refuseWith(new Refusal(Reason.QUEUE_FULL, Duration.ofSeconds(1)));
    var routes = client("x-request-id", "your-id");
    assertThrows(StatusRuntimeException.class, () -> routes.getRoute(ROUTE));
    assertEquals("your-id", name());

    var wrong = client("x-request-id", "their-id", "x-weir-priority", "urgent");
    assertThrows(StatusRuntimeException.class, () -> wrong.getRoute(ROUTE));
    assertEquals("their-id", name());
  }

  @Test
  void whoSaysNothingOrNothingWellFormedIsGivenAnId() {
    application.answerWith(ANSWER);
    var _ = client().getRoute(ROUTE);
    String first = name();
    var _ = client("x-request-id", "a b").getRoute(ROUTE);

    assertTrue(first != null && first.matches("[0-9a-f]{16}"), first);
    assertTrue(String.valueOf(name()).matches("[0-9a-f]{16}"), name());
    assertNotEquals(first, name());
  }

  @Test
  void itsTraceReachesTheCoreAndIsToldOf() throws Exception {
    var answers = client("traceparent", PARENT).streamRoutes(several());
    for (int turn = 0; turn < 2; turn++) {
      Visit visit = application.next();
      assertEquals(TRACE, visit.call().trace().traceId());
      visit.sink().spent(new Spent(5, 7));
      visit.sink().reply(ANSWER);
    }
    answers.forEachRemaining(answer -> {});

    Answered answered = observer.nextAnswer();
    assertEquals(TRACE, answered.trace().traceId());
    assertEquals(new Spent(10, 14), answered.spent());
    assertEquals(Identity.of("127.0.0.1"), answered.asker().get());
  }

  private static StreamRoutesRequest several() {
    return StreamRoutesRequest.newBuilder().setRoute(ROUTE).setMaxAlternatives(2).build();
  }

  @Test
  void severalParentsAreNone() throws Exception {
    application.answerWith(ANSWER);
    var _ = client("traceparent", PARENT, "traceparent", PARENT).getRoute(ROUTE);

    assertNotEquals(TRACE, observer.nextAnswer().trace().traceId());
  }

  @Test
  void aRefusalIsToldOfWithItsReasonAndWhoseItWas() throws Exception {
    application.refuseWith(new Refusal(Reason.OVER_SHARE, Duration.ofSeconds(1)));
    var taxi = client("x-api-key", "taxi");
    assertThrows(StatusRuntimeException.class, () -> taxi.getRoute(ROUTE));

    Answered answered = observer.nextAnswer();
    assertEquals(Reason.OVER_SHARE, answered.reason());
    assertEquals(Identity.of("taxi"), answered.asker().get());
    assertNull(answered.spent());
  }

  @Test
  void aFaultInAHandlerEndsItsCallAndIsToldOfOnce() throws Exception {
    IllegalStateException planted = new IllegalStateException("planted");
    application.failWith(planted);
    var routes = client("x-request-id", "my-id");
    var rides =
        RideServiceGrpc.newBlockingStub(channel)
            .withInterceptors(attach("x-request-id", "my-id"))
            .withDeadlineAfter(20, TimeUnit.SECONDS);
    Function<Runnable, StatusRuntimeException> end =
        call -> assertThrows(StatusRuntimeException.class, call::run);

    for (StatusRuntimeException fault :
        List.of(
            end.apply(() -> routes.getRoute(ROUTE)),
            end.apply(() -> routes.streamRoutes(several()).next()),
            end.apply(() -> rides.listQuotes(ListQuotesRequest.getDefaultInstance())))) {
      assertEquals(Status.Code.INTERNAL, fault.getStatus().getCode());
      assertEquals("INTERNAL", fault(fault).getReason());
      assertEquals("my-id", fault(fault).getMetadataOrThrow("incident"));
    }
    assertEquals("my-id", name());
    assertEquals(3, observer.faults.size());
    assertSame(planted, observer.faults.remove().fault());
  }

  @Test
  void aFaultInARideEndsIt() throws Exception {
    application.failWith(new IllegalStateException("planted"));
    BlockingQueue<Throwable> ends = new LinkedBlockingQueue<>();
    RoutingServiceGrpc.newStub(channel)
        .trackRide(
            new StreamObserver<TrackRideResponse>() {
              @Override
              public void onNext(TrackRideResponse response) {}

              @Override
              public void onError(Throwable fault) {
                ends.add(fault);
              }

              @Override
              public void onCompleted() {}
            })
        .onNext(TrackRideRequest.getDefaultInstance());

    Status end = Status.fromThrowable(RecordingObserver.next(ends));
    assertEquals(Status.Code.INTERNAL, end.getCode());
    assertEquals(1, observer.faults.size());
    assertEquals(0, server.rides());
  }

  @Test
  void aFaultInWritingAnAnswerEndsItsCall() throws Exception {
    application.answerWith(MISFIT);
    var routes = client("x-request-id", "my-id");
    StatusRuntimeException fault =
        assertThrows(StatusRuntimeException.class, () -> routes.getRoute(ROUTE));

    assertEquals(Status.Code.INTERNAL, fault.getStatus().getCode());
    assertEquals("my-id", fault(fault).getMetadataOrThrow("incident"));
    assertEquals("my-id", observer.faults.remove().trace().requestId());
  }

  @Test
  void aMessageThatCannotBeReadIsAMistakeOfTheCaller() throws Exception {
    Bytes bytes = new Bytes();
    for (MethodDescriptor<?, ?> method :
        List.of(
            RoutingServiceGrpc.getGetRouteMethod(),
            RoutingServiceGrpc.getTrackRideMethod(),
            RideServiceGrpc.getListQuotesMethod())) {
      MethodDescriptor<byte[], byte[]> garbled = method.toBuilder(bytes, bytes).build();
      StatusRuntimeException mistake =
          assertThrows(
              StatusRuntimeException.class,
              () ->
                  ClientCalls.blockingServerStreamingCall(
                          channel, garbled, CallOptions.DEFAULT, new byte[] {7, 7, 7})
                      .next());

      assertEquals(Status.Code.INVALID_ARGUMENT, mistake.getStatus().getCode());
      assertEquals("MALFORMED", fault(mistake).getReason());
    }
    assertEquals(0, observer.faults.size());
    assertFalse(application.hasArrivals());
  }

  /** Messages as they are. */
  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream message) {
      try {
        return message.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
