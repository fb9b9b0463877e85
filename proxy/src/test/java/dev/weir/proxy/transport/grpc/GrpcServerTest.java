package dev.weir.proxy.transport.grpc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.weir.proxy.TestSettings;
import dev.weir.proxy.path.Answered;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.Standing;
import dev.weir.proxy.path.Standing.Allowance;
import dev.weir.proxy.path.Step;
import dev.weir.proxy.path.TransportObserver.Resource;
import dev.weir.proxy.transport.BindFailed;
import dev.weir.proxy.transport.FakeApplication;
import dev.weir.proxy.transport.FakeApplication.Visit;
import dev.weir.proxy.transport.RecordingObserver;
import dev.weir.routing.Coordinate;
import dev.weir.routing.Paths;
import dev.weir.routing.Problem;
import dev.weir.routing.RouteQuery;
import dev.weir.v1.Degradation;
import dev.weir.v1.GetMatrixRequest;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.GetRouteResponse;
import dev.weir.v1.Location;
import dev.weir.v1.Position;
import dev.weir.v1.RideEndReason;
import dev.weir.v1.RouteCause;
import dev.weir.v1.RoutingServiceGrpc;
import dev.weir.v1.RoutingServiceGrpc.RoutingServiceBlockingStub;
import dev.weir.v1.StartRide;
import dev.weir.v1.StreamRoutesRequest;
import dev.weir.v1.StreamRoutesResponse;
import dev.weir.v1.TrackRideRequest;
import dev.weir.v1.TrackRideResponse;
import dev.weir.v1.ViaPoints;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract over gRPC, with a fake application behind it and a real client before it. */
final class GrpcServerTest {

  private static final InstantSource NOW =
      InstantSource.fixed(Instant.parse("2026-11-02T06:08:15Z"));
  private static final Location FROM = place(43.7384, 7.4246);
  private static final Location TO = place(43.7311, 7.4197);
  private static final GetRouteRequest ROUTE =
      GetRouteRequest.newBuilder().setProfile("car").setOrigin(FROM).setDestination(TO).build();
  private static final Paths.Path PATH =
      new Paths.Path(
          1_234.5,
          98_765,
          "_p~iF~ps|U",
          new Paths.Bounds(1, 2, 3, 4),
          List.of(new Coordinate(1, 2)),
          List.of(new Paths.Instruction("turn left", "Rue", 10.5, 2_000, -2, 0, 3)));
  private static final Reply ANSWER = new Reply.Routed(new Paths(List.of(PATH), 3));

  private final FakeApplication application = new FakeApplication();
  private static final TrackRideRequest START =
      TrackRideRequest.newBuilder()
          .setStart(StartRide.newBuilder().setProfile("car").setDestination(TO))
          .build();

  private final AtomicLong now = new AtomicLong();
  private final RecordingObserver observer = new RecordingObserver();
  private final GrpcServer server =
      TestGrpc.server(
          TestSettings.grpc(true), application, observer, now::get, NOW, 137, Priority.DEFAULT);
  private @Nullable ManagedChannel channel;

  private static Location place(double latitude, double longitude) {
    return Location.newBuilder().setLatitude(latitude).setLongitude(longitude).build();
  }

  @BeforeEach
  void open() throws BindFailed {
    server.start();
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  }

  @AfterEach
  void close() {
    channel().shutdownNow();
    server.close();
    application.close();
  }

  private ManagedChannel channel() {
    if (channel == null) {
      throw new IllegalStateException("not open");
    }
    return channel;
  }

  private RoutingServiceBlockingStub client() {
    return RoutingServiceGrpc.newBlockingStub(channel()).withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  @Test
  void aRouteIsAskedForAndAnsweredInTheWordsOfTheContract() throws Exception {
    application.answerWith(ANSWER);

    GetRouteResponse response =
        client().getRoute(ROUTE.toBuilder().addIntermediates(place(1, 2)).build());

    assertEquals(1_234.5, response.getRoute().getDistanceMeters());
    assertEquals(Durations.fromMillis(98_765), response.getRoute().getDuration());
    assertEquals("_p~iF~ps|U", response.getRoute().getPolyline().getEncoded());
    assertEquals(5, response.getRoute().getPolyline().getPrecision());
    assertEquals("turn left", response.getRoute().getInstructions(0).getText());
    RouteQuery.Route asked = (RouteQuery.Route) application.next().call().query().read();
    assertEquals(
        List.of(
            new Coordinate(43.7384, 7.4246), new Coordinate(1, 2), new Coordinate(43.7311, 7.4197)),
        asked.points());
    Answered answered = observer.nextAnswer();
    assertEquals(Resource.GET_ROUTE, answered.resource());
    assertEquals(200, answered.status());
    assertEquals(response.getSerializedSize(), answered.bytes());
  }

  @Test
  void aRefusalByTheHeadNamesItsReasonAndWhenToComeBack() throws Exception {
    application.refuseWith(new Refusal(Reason.OVER_CAPACITY, Duration.ofMillis(600)));

    StatusRuntimeException refused = refusal(() -> client().getRoute(ROUTE));

    assertEquals(Status.Code.UNAVAILABLE, refused.getStatus().getCode());
    assertEquals("OVER_CAPACITY", detail(refused, ErrorInfo.class).getReason());
    assertEquals("weir", detail(refused, ErrorInfo.class).getDomain());
    long millis = Durations.toMillis(detail(refused, RetryInfo.class).getRetryDelay());
    assertTrue(millis >= 600 && millis <= 1_500, () -> millis + " ms");
    assertEquals(String.valueOf(millis), trailer(refused, "grpc-retry-pushback-ms"));
    assertEquals("1.37", trailer(refused, "x-weir-load"));
    assertEquals("default", trailer(refused, "x-weir-admission"));
    assertFalse(application.hasArrivals());
  }

  @Test
  void whoHasAQuotaIsToldWhatIsLeftOfItAtTheEndOfEveryCall() throws Exception {
    application.standWith(
        new Standing(new Allowance(1_000, 10, 250, 8), new Allowance(90, 86_400, 0, 64_305)));
    application.answerWith(ANSWER);
    AtomicReference<Metadata> trailers = new AtomicReference<>();
    GetRouteResponse answered =
        client()
            .withInterceptors(
                MetadataUtils.newCaptureMetadataInterceptor(new AtomicReference<>(), trailers))
            .getRoute(ROUTE);
    assertEquals(1_234.5, answered.getRoute().getDistanceMeters());
    assertEquals(
        "\"second\";r=250;t=8, \"day\";r=0;t=64305",
        trailers.get().get(Metadata.Key.of("ratelimit", Metadata.ASCII_STRING_MARSHALLER)));

    application.refuseWith(new Refusal(Reason.QUOTA_EXHAUSTED, Duration.ofMillis(64_304_500)));
    StatusRuntimeException refused = refusal(() -> client().getRoute(ROUTE));
    assertEquals(Status.Code.RESOURCE_EXHAUSTED, refused.getStatus().getCode());
    assertEquals("QUOTA_EXHAUSTED", detail(refused, ErrorInfo.class).getReason());
    long millis = Durations.toMillis(detail(refused, RetryInfo.class).getRetryDelay());
    assertTrue(millis >= 64_305_000 && millis < 64_365_000, () -> millis + " ms");
    assertEquals(String.valueOf(millis), trailer(refused, "grpc-retry-pushback-ms"));
    assertEquals(
        "\"second\";q=1000;w=10;qu=\"cost-units\", \"day\";q=90;w=86400;qu=\"cost-units\"",
        trailer(refused, "ratelimit-policy"));
    Heard ride = new Heard();
    RoutingServiceGrpc.newStub(channel()).trackRide(ride).onNext(START);
    assertEquals("RESOURCE_EXHAUSTED", ride.end());
  }

  @Test
  void fieldsThatBreakARuleAreNamed() throws Exception {
    application.answerWith(ANSWER);
    GetRouteRequest wrong =
        ROUTE.toBuilder().setProfile("a b").addIntermediates(place(91, 0)).clearOrigin().build();

    StatusRuntimeException invalid = refusal(() -> client().getRoute(wrong));

    assertEquals(Status.Code.INVALID_ARGUMENT, invalid.getStatus().getCode());
    assertEquals("INVALID_FIELD", detail(invalid, ErrorInfo.class).getReason());
    assertEquals(
        Set.of("profile", "origin", "intermediates[0].latitude"),
        Set.copyOf(
            detail(invalid, BadRequest.class).getFieldViolationsList().stream()
                .map(BadRequest.FieldViolation::getField)
                .toList()));
  }

  @Test
  void theDeadlineOfACallIsThatOfItsSearchWithinTheMaximum() throws Exception {
    application.answerWith(ANSWER);

    var _ = RoutingServiceGrpc.newBlockingStub(channel()).getRoute(ROUTE);
    assertEquals(TimeUnit.SECONDS.toNanos(5), application.screenedNanos());

    var _ = client().withDeadlineAfter(1, TimeUnit.HOURS).getRoute(ROUTE);
    assertEquals(TimeUnit.SECONDS.toNanos(30), application.screenedNanos());

    var _ = client().withDeadlineAfter(10, TimeUnit.SECONDS).getRoute(ROUTE);
    assertTrue(application.screenedNanos() <= TimeUnit.SECONDS.toNanos(10));
  }

  @Test
  void whoGoesAwayIsNotComputedFor() throws Exception {
    ClientCall<GetRouteRequest, GetRouteResponse> call =
        channel().newCall(RoutingServiceGrpc.getGetRouteMethod(), CallOptions.DEFAULT);
    call.start(new ClientCall.Listener<>() {}, new Metadata());
    call.sendMessage(ROUTE);
    call.halfClose();
    call.request(1);
    Visit visit = application.next();
    assertFalse(visit.sink().abandoned());

    call.cancel("enough", null);

    while (!visit.sink().abandoned()) {
      Thread.onSpinWait();
    }
    visit.sink().reply(ANSWER);
  }

  @Test
  void whatACallClaimsReachesTheCore() throws Exception {
    application.answerWith(ANSWER);
    Metadata head = new Metadata();
    put(head, "x-weir-priority", "CRITICAL");
    put(head, "authorization", "Bearer secret-of-mine");
    put(head, "x-weir-user", "u1");
    put(head, "x-weir-accept", "estimate");

    var _ =
        client().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(head)).getRoute(ROUTE);

    var caller = application.next().call().caller();
    assertEquals(Priority.CRITICAL, caller.claimed());
    assertEquals("secret-of-mine", caller.credential());
    assertEquals("u1", caller.user());
    assertTrue(caller.estimateWelcome());
    assertEquals("127.0.0.1", caller.address());
  }

  @Test
  void aPriorityThatIsNoneIsAMistake() throws Exception {
    Metadata head = new Metadata();
    put(head, "x-weir-priority", "urgent");
    RoutingServiceBlockingStub client =
        client().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(head));

    StatusRuntimeException mistake = refusal(() -> client.getRoute(ROUTE));

    assertEquals(Status.Code.INVALID_ARGUMENT, mistake.getStatus().getCode());
    assertEquals("MALFORMED", detail(mistake, ErrorInfo.class).getReason());
  }

  @Test
  void whatAnAnswerDoesWithoutIsSaid() {
    application.answerWith(new Reply.Routed(new Paths(List.of(PATH), 3), Set.of(Step.OUTPUT)));
    assertEquals(
        List.of(Degradation.DEGRADATION_OUTPUT), client().getRoute(ROUTE).getDegradationsList());

    application.answerWith(new Reply.Estimated(2_000, 60_000));
    GetRouteResponse estimate = client().getRoute(ROUTE);
    assertEquals(List.of(Degradation.DEGRADATION_ESTIMATE), estimate.getDegradationsList());
    assertEquals(2_000, estimate.getRoute().getDistanceMeters());
    assertFalse(estimate.getRoute().hasPolyline());
  }

  @Test
  void thatThereIsNoWayIsNotFoundAndAFaultIsAnIncident() throws Exception {
    application.answerWith(
        new Reply.Unreachable(Problem.of(Problem.Kind.ENGINE, "no connection", null)));
    StatusRuntimeException none = refusal(() -> client().getRoute(ROUTE));
    assertEquals(Status.Code.NOT_FOUND, none.getStatus().getCode());
    assertEquals("NO_ROUTE", detail(none, ErrorInfo.class).getReason());

    application.answerWith(new Reply.Failed("abc"));
    StatusRuntimeException fault = refusal(() -> client().getRoute(ROUTE));
    assertEquals(Status.Code.INTERNAL, fault.getStatus().getCode());
    assertEquals("abc", detail(fault, ErrorInfo.class).getMetadataOrThrow("incident"));
  }

  @Test
  void severalRoutesComeOneAfterTheOtherAndOneThatThereIsNotIsLeftOut() throws Exception {
    StreamRoutesRequest request =
        StreamRoutesRequest.newBuilder()
            .setRoute(ROUTE)
            .setViaPoints(
                ViaPoints.newBuilder().addLocations(place(1, 1)).addLocations(place(2, 2)))
            .build();
    Iterator<StreamRoutesResponse> routes = client().streamRoutes(request);

    application.next().sink().reply(ANSWER);
    assertEquals(0, routes.next().getVariant());

    application
        .next()
        .sink()
        .reply(new Reply.Unreachable(Problem.of(Problem.Kind.ENGINE, "no way", null)));
    Visit last = application.next();
    assertEquals(
        List.of(
            new Coordinate(43.7384, 7.4246), new Coordinate(2, 2), new Coordinate(43.7311, 7.4197)),
        ((RouteQuery.Route) last.call().query().read()).points());
    last.sink().reply(ANSWER);
    assertEquals(2, routes.next().getVariant());
    assertFalse(routes.hasNext());
  }

  @Test
  void aMatrixOfNothingBreaksARule() throws Exception {
    application.answerWith(ANSWER);
    GetMatrixRequest nothing =
        GetMatrixRequest.newBuilder().setProfile("car").addDestinations(place(1, 1)).build();

    StatusRuntimeException invalid = refusal(() -> client().getMatrix(nothing).next());

    assertEquals("INVALID_FIELD", detail(invalid, ErrorInfo.class).getReason());
  }

  @Test
  void alternativesThatThereIsNoRoomForEndTheStreamWithThatReason() throws Exception {
    StreamRoutesRequest request =
        StreamRoutesRequest.newBuilder().setRoute(ROUTE).setMaxAlternatives(3).build();
    Iterator<StreamRoutesResponse> routes = client().streamRoutes(request);

    application.next().sink().reply(ANSWER);
    application
        .next()
        .sink()
        .reply(new Reply.Routed(new Paths(List.of(PATH), 3), Set.of(Step.ALTERNATIVES)));

    List<Integer> variants = new ArrayList<>();
    StatusRuntimeException end =
        refusal(() -> routes.forEachRemaining(route -> variants.add(route.getVariant())));
    assertEquals(List.of(0), variants);
    assertEquals("OVER_CAPACITY", detail(end, ErrorInfo.class).getReason());
  }

  @Test
  void aServerThatStopsSaysSoToWhoeverAsksForItsHealth() {
    var health = HealthGrpc.newBlockingStub(channel()).withDeadlineAfter(20, TimeUnit.SECONDS);
    HealthCheckRequest routing =
        HealthCheckRequest.newBuilder().setService(RoutingServiceGrpc.SERVICE_NAME).build();

    assertEquals(ServingStatus.SERVING, health.check(routing).getStatus());
    Iterator<io.grpc.health.v1.HealthCheckResponse> watch = health.watch(routing);
    assertEquals(ServingStatus.SERVING, watch.next().getStatus());
    server.stopAccepting();
    assertEquals(ServingStatus.NOT_SERVING, watch.next().getStatus());
  }

  @Test
  void aRideGetsItsRouteAndEndsWhenTheRiderFallsSilent() throws Exception {
    Heard heard = new Heard();
    var told = RoutingServiceGrpc.newStub(channel()).trackRide(heard);
    told.onNext(START);
    told.onNext(position(FROM));

    Visit visit = application.next();
    assertEquals(
        List.of(new Coordinate(43.7384, 7.4246), new Coordinate(43.7311, 7.4197)),
        ((RouteQuery.Route) visit.call().query().read()).points());
    visit.sink().reply(ANSWER);
    assertEquals(RouteCause.ROUTE_CAUSE_START, heard.next().getRoute().getCause());
    assertEquals(1, server.rides());

    now.addAndGet(TimeUnit.SECONDS.toNanos(31));
    server.sweep();
    assertEquals(RideEndReason.RIDE_END_REASON_SILENT, heard.next().getEnd().getReason());
    assertEquals("end", heard.end());
    assertEquals(0, server.rides());
    assertEquals(Resource.TRACK_RIDE, observer.nextAnswer().resource());
  }

  @Test
  void aServerThatStopsEndsItsRidesAndSaysWhy() throws Exception {
    Heard heard = new Heard();
    var told = RoutingServiceGrpc.newStub(channel()).trackRide(heard);
    told.onNext(START);
    told.onNext(position(FROM));
    application.next().sink().reply(ANSWER);
    assertTrue(heard.next().hasRoute());

    server.stopAccepting();

    assertEquals(RideEndReason.RIDE_END_REASON_DRAINING, heard.next().getEnd().getReason());
    assertEquals("end", heard.end());
    assertTrue(server.awaitDrained(20_000));
  }

  @Test
  void aRideThatCannotBeginEndsWithTheReason() throws Exception {
    Heard refused = new Heard();
    application.refuseWith(new Refusal(Reason.OVER_CAPACITY, Duration.ofSeconds(1)));
    RoutingServiceGrpc.newStub(channel()).trackRide(refused).onNext(START);
    assertEquals("UNAVAILABLE", refused.end());

    application.refuseWith(null);
    Heard unstarted = new Heard();
    RoutingServiceGrpc.newStub(channel()).trackRide(unstarted).onNext(position(FROM));
    assertEquals("INVALID_ARGUMENT", unstarted.end());

    Heard wrong = new Heard();
    RoutingServiceGrpc.newStub(channel())
        .trackRide(wrong)
        .onNext(TrackRideRequest.newBuilder().setStart(StartRide.newBuilder()).build());
    assertEquals("INVALID_ARGUMENT", wrong.end());

    Heard nowhere = new Heard();
    var told = RoutingServiceGrpc.newStub(channel()).trackRide(nowhere);
    told.onNext(START);
    told.onNext(position(FROM));
    application
        .next()
        .sink()
        .reply(new Reply.Unreachable(Problem.of(Problem.Kind.ENGINE, "no way", null)));
    assertEquals("NOT_FOUND", nowhere.end());
    assertEquals(0, server.rides());
  }

  @Test
  void aRiderThatHangsUpEndsItsRideInPeace() throws Exception {
    Heard heard = new Heard();
    var told = RoutingServiceGrpc.newStub(channel()).trackRide(heard);
    told.onNext(START);
    told.onNext(position(FROM));
    application.next().sink().reply(ANSWER);
    assertTrue(heard.next().hasRoute());

    told.onCompleted();

    assertEquals("end", heard.end());
    assertEquals(0, server.rides());
  }

  @Test
  void theLoadIsReportedAsClientsThatBalanceByItReadIt() throws Exception {
    application.answerWith(ANSWER);
    AtomicReference<Metadata> trailers = new AtomicReference<>();
    RoutingServiceBlockingStub client =
        client()
            .withInterceptors(
                MetadataUtils.newCaptureMetadataInterceptor(new AtomicReference<>(), trailers));
    ClientCall<byte[], byte[]> reports = channel().newCall(ORCA, CallOptions.DEFAULT);
    BlockingQueue<byte[]> heard = new LinkedBlockingQueue<>();
    reports.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(byte[] report) {
            heard.add(report);
          }
        },
        new Metadata());
    reports.sendMessage(new byte[0]);
    reports.halfClose();
    reports.request(10);
    assertEquals(0, utilization(RecordingObserver.next(heard)));
    for (int i = 0; i < 6; i++) {
      var _ = client.getRoute(ROUTE);
    }

    now.addAndGet(TimeUnit.SECONDS.toNanos(2));
    server.sweep();
    var _ = client.getRoute(ROUTE);

    byte[] perCall =
        Objects.requireNonNull(
            trailers
                .get()
                .get(
                    Metadata.Key.of("endpoint-load-metrics-bin", Metadata.BINARY_BYTE_MARSHALLER)));
    assertEquals(1.37, utilization(perCall));
    byte[] streamed = RecordingObserver.next(heard);
    assertArrayEquals(perCall, streamed);
    assertEquals(3, number(streamed, 6), "calls per second");
    reports.cancel("enough", null);
  }

  private static final MethodDescriptor<byte[], byte[]> ORCA =
      MethodDescriptor.<byte[], byte[]>newBuilder()
          .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
          .setFullMethodName("xds.service.orca.v3.OpenRcaService/StreamCoreMetrics")
          .setRequestMarshaller(new RawBytes())
          .setResponseMarshaller(new RawBytes())
          .build();

  private static double utilization(byte[] report) throws InvalidProtocolBufferException {
    return number(report, 9);
  }

  /** A field of xds.data.orca.v3.OrcaLoadReport. */
  private static double number(byte[] report, int field) throws InvalidProtocolBufferException {
    List<Long> values = UnknownFieldSet.parseFrom(report).getField(field).getFixed64List();
    return values.isEmpty() ? 0 : Double.longBitsToDouble(values.getFirst());
  }

  /** Messages as they are. */
  private static final class RawBytes implements MethodDescriptor.Marshaller<byte[]> {

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

  private static TrackRideRequest position(Location place) {
    return TrackRideRequest.newBuilder()
        .setPosition(Position.newBuilder().setLocation(place))
        .build();
  }

  /** What a rider hears, and how it ends. */
  private static final class Heard implements StreamObserver<TrackRideResponse> {

    private final BlockingQueue<TrackRideResponse> responses = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

    TrackRideResponse next() throws InterruptedException {
      return RecordingObserver.next(responses);
    }

    String end() throws InterruptedException {
      return RecordingObserver.next(ends);
    }

    @Override
    public void onNext(TrackRideResponse response) {
      responses.add(response);
    }

    @Override
    public void onError(Throwable fault) {
      ends.add(Status.fromThrowable(fault).getCode().name());
    }

    @Override
    public void onCompleted() {
      ends.add("end");
    }
  }

  private static void put(Metadata head, String name, String value) {
    head.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
  }

  private static StatusRuntimeException refusal(Runnable call) {
    return assertThrows(StatusRuntimeException.class, call::run);
  }

  private static String trailer(StatusRuntimeException end, String name) {
    Metadata trailers = end.getTrailers();
    String value =
        trailers == null
            ? null
            : trailers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    return value == null ? "" : value;
  }

  private static <T extends Message> T detail(StatusRuntimeException end, Class<T> type)
      throws InvalidProtocolBufferException {
    com.google.rpc.Status status = StatusProto.fromThrowable(end);
    if (status != null) {
      for (var detail : status.getDetailsList()) {
        if (detail.is(type)) {
          return detail.unpack(type);
        }
      }
    }
    throw new AssertionError("no " + type.getSimpleName() + " in " + status);
  }
}
