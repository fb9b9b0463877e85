package dev.weir.proxy.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.util.concurrent.ListenableFuture;
import dev.weir.proxy.TestSettings;
import dev.weir.proxy.client.CallSettings.Priority;
import dev.weir.proxy.config.DeadlineSettings;
import dev.weir.proxy.path.LoadReport;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.transport.BindFailed;
import dev.weir.proxy.transport.ContractRules;
import dev.weir.proxy.transport.FakeApplication;
import dev.weir.proxy.transport.RecordingObserver;
import dev.weir.proxy.transport.TestQuotes;
import dev.weir.proxy.transport.Traces;
import dev.weir.proxy.transport.grpc.GrpcServer;
import dev.weir.routing.Coordinate;
import dev.weir.routing.Nearby;
import dev.weir.v1.FindNearestRequest;
import dev.weir.v1.FindNearestResponse;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.Location;
import dev.weir.v1.RoutingServiceGrpc;
import dev.weir.v1.RoutingServiceGrpc.RoutingServiceFutureStub;
import dev.weir.v1.StreamRoutesRequest;
import dev.weir.v1.StreamRoutesResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A considerate stub and a real server, with a fake application behind that. */
final class WeirInterceptorTest {

  private static final FindNearestRequest QUESTION =
      FindNearestRequest.newBuilder()
          .setLocation(Location.newBuilder().setLatitude(3).setLongitude(4))
          .build();
  private static final Reply ANSWER = new Reply.Routed(new Nearby(new Coordinate(3, 4), 5.5, 1));
  private static final Refusal FULL = new Refusal(Reason.QUEUE_FULL, Duration.ofMillis(600));

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-29T08:00:00Z"));

  private final FakeApplication application = new FakeApplication();
  private final RecordingObserver observer = new RecordingObserver();
  private final GrpcServer server =
      new GrpcServer(
          TestSettings.grpc(true),
          () -> new DeadlineSettings(Duration.ofSeconds(5), Duration.ofMinutes(5)),
          application,
          ContractRules.ALL,
          TestQuotes.at(CLOCK),
          new LoadReport() {
            @Override
            public int loadPercent() {
              return 100;
            }

            @Override
            public dev.weir.proxy.path.@Nullable Priority lowestAdmitted() {
              return dev.weir.proxy.path.Priority.BATCH;
            }
          },
          observer,
          System::nanoTime,
          CLOCK,
          new Traces(new SplittableRandom(1)),
          null);
  private final ManualTimer timer = new ManualTimer();

  /** So high that the throttle lets nearly everything through. */
  private volatile double random = 0.9999;

  private final WeirInterceptor interceptor =
      new WeirInterceptor(
          CallSettings.STANDARD.withDeadline(Duration.ofMinutes(2)),
          System::nanoTime,
          CLOCK,
          () -> random,
          timer);
  private @Nullable ManagedChannel channel;

  @BeforeEach
  void open() throws BindFailed {
    server.start();
    channel = channel(server.port());
  }

  private static ManagedChannel channel(int port) {
    return NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().disableRetry().build();
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

  private RoutingServiceFutureStub client() {
    return client(interceptor);
  }

  private RoutingServiceFutureStub client(WeirInterceptor by) {
    return RoutingServiceGrpc.newFutureStub(channel()).withInterceptors(by);
  }

  private static Status.Code end(ListenableFuture<?> call) throws Exception {
    ExecutionException failed =
        assertThrows(ExecutionException.class, () -> call.get(20, TimeUnit.SECONDS));
    return Status.fromThrowable(failed).getCode();
  }

  @Test
  void whatWasRefusedIsTriedAgainNoEarlierThanTold() throws Exception {
    application.refuseWith(FULL);
    ListenableFuture<FindNearestResponse> call = client().findNearest(QUESTION);
    ManualTimer.Armed again = timer.next();
    assertTrue(again.delayNanos() >= TimeUnit.MILLISECONDS.toNanos(600), again::toString);
    assertTrue(again.delayNanos() <= TimeUnit.MILLISECONDS.toNanos(1_700), again::toString);

    application.refuseWith(null);
    application.answerWith(ANSWER);
    again.task().run();

    assertEquals(5.5, call.get(20, TimeUnit.SECONDS).getDistanceMeters());
  }

  @ParameterizedTest
  @CsvSource({
    "429, 2, 2000",
    "503, 2, 2000",
    "503, 'Sun, 29 Nov 2026 08:00:05 GMT', 5000",
    "503, 'Sun, 29 Nov 2026 07:59:00 GMT', 0",
  })
  void whatAnHttpProxyRefusesIsTriedAgainNoEarlierThanItSays(
      String status, String retryAfter, long waitMillis) throws Exception {
    try (PlainHttp2 proxy = new PlainHttp2(status, retryAfter)) {
      ManagedChannel through = channel(proxy.port());
      try {
        ListenableFuture<FindNearestResponse> call =
            RoutingServiceGrpc.newFutureStub(through)
                .withInterceptors(interceptor.with(CallSettings.STANDARD.withMaxAttempts(2)))
                .findNearest(QUESTION);
        ManualTimer.Armed again = timer.next();
        again.task().run();

        assertEquals(Status.Code.UNAVAILABLE, end(call));
        long told = TimeUnit.MILLISECONDS.toNanos(waitMillis);
        assertTrue(again.delayNanos() >= told, again::toString);
        assertTrue(again.delayNanos() <= told + told / 10, again::toString);
        assertTrue(timer.idle());
      } finally {
        through.shutdownNow();
      }
    }
  }

  @Test
  void aBlockingStubWaitsForTheAttemptThatIsAnswered() throws Exception {
    application.refuseWith(FULL);
    application.answerWith(ANSWER);
    try (ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor()) {
      Timer atOnce =
          (task, _) -> {
            application.refuseWith(null);
            return Timer.of(executor).schedule(task, 0);
          };
      WeirInterceptor eager =
          new WeirInterceptor(CallSettings.STANDARD, System::nanoTime, CLOCK, () -> 0.9999, atOnce);

      var answer =
          RoutingServiceGrpc.newBlockingStub(channel())
              .withInterceptors(eager)
              .findNearest(QUESTION);

      assertEquals(5.5, answer.getDistanceMeters());
    }
  }

  @Test
  void aCallEndsAfterSoManyAttemptsWithWhatTheServerSaid() throws Exception {
    application.refuseWith(FULL);
    ListenableFuture<FindNearestResponse> call = client().findNearest(QUESTION);
    timer.next().task().run();
    timer.next().task().run();

    assertEquals(Status.Code.UNAVAILABLE, end(call));
    assertTrue(timer.idle());
    for (int i = 0; i < 3; i++) {
      assertEquals(503, observer.nextAnswer().status());
    }
  }

  @Test
  void aCallOfWhoHasNothingLeftForTodayEndsAtOnce() throws Exception {
    application.refuseWith(new Refusal(Reason.QUOTA_EXHAUSTED, Duration.ofHours(5)));

    assertEquals(Status.Code.RESOURCE_EXHAUSTED, end(client().findNearest(QUESTION)));
    assertTrue(timer.idle());
    assertEquals(429, observer.nextAnswer().status());
  }

  @Test
  void whatWouldFailAgainIsNotTriedAgain() throws Exception {
    application.answerWith(ANSWER);
    assertEquals(
        Status.Code.INVALID_ARGUMENT, end(client().getRoute(GetRouteRequest.getDefaultInstance())));

    application.answerWith(new Reply.Failed("abc"));
    assertEquals(Status.Code.INTERNAL, end(client().findNearest(QUESTION)));
    assertTrue(timer.idle());
  }

  @Test
  void nobodyWaitsForAnAnswerThatWouldComeTooLate() throws Exception {
    application.refuseWith(new Refusal(Reason.QUEUE_FULL, Duration.ofSeconds(30)));

    ListenableFuture<FindNearestResponse> call =
        client().withDeadlineAfter(25, TimeUnit.SECONDS).findNearest(QUESTION);

    assertEquals(Status.Code.UNAVAILABLE, end(call));
    assertTrue(timer.idle());
  }

  @Test
  void retriesKeepWithinTheirBudget() throws Exception {
    application.refuseWith(FULL);
    AtomicInteger retries = new AtomicInteger();
    try (ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor()) {
      WeirInterceptor eager =
          new WeirInterceptor(
              CallSettings.STANDARD,
              System::nanoTime,
              CLOCK,
              () -> 0.9999,
              (task, _) -> {
                retries.incrementAndGet();
                return Timer.of(executor).schedule(task, 0);
              });
      for (int i = 0; i < 50; i++) {
        assertEquals(Status.Code.UNAVAILABLE, end(client(eager).findNearest(QUESTION)));
      }
    }
    // The bucket is full at first, so the first calls add nothing to it.
    assertTrue(retries.get() >= 10 && retries.get() <= 15, retries::toString);
  }

  @Test
  void whileTheServerRefusesCallsOfOnePriorityTheyAreNotSentAndOthersAre() throws Exception {
    application.refuseWith(FULL);
    WeirInterceptor batch =
        interceptor.with(CallSettings.STANDARD.withPriority(Priority.BATCH).withMaxAttempts(1));
    assertEquals(Status.Code.UNAVAILABLE, end(client(batch).findNearest(QUESTION)));
    assertEquals(503, observer.nextAnswer().status());

    random = 0; // 1 / 9 is above that
    assertEquals(Status.Code.UNAVAILABLE, end(client(batch).findNearest(QUESTION)));
    StatusRuntimeException unsent =
        assertThrows(
            StatusRuntimeException.class,
            () ->
                RoutingServiceGrpc.newBlockingStub(channel())
                    .withInterceptors(batch)
                    .streamRoutes(StreamRoutesRequest.getDefaultInstance())
                    .next());
    assertEquals(Manners.THROTTLED.getDescription(), unsent.getStatus().getDescription());

    application.refuseWith(null);
    application.answerWith(ANSWER);
    WeirInterceptor critical =
        interceptor.with(CallSettings.STANDARD.withPriority(Priority.CRITICAL));
    client(critical).findNearest(QUESTION).get(20, TimeUnit.SECONDS);
    assertEquals(200, observer.nextAnswer().status());
  }

  @Test
  void aCallWhoseDeadlinePassedIsNotTriedAgainAndCountsIfItPassedInTheQueue() throws Exception {
    WeirInterceptor only = interceptor.with(CallSettings.STANDARD);
    application.answerWith(new Reply.Refused(new Refusal(Reason.TOO_LATE, Duration.ZERO)));
    assertEquals(Status.Code.DEADLINE_EXCEEDED, end(client(only).findNearest(QUESTION)));
    random = 0; // what counts as refused is above that
    application.answerWith(new Reply.Refused(new Refusal(Reason.EXPIRED_IN_QUEUE, Duration.ZERO)));
    assertEquals(Status.Code.DEADLINE_EXCEEDED, end(client(only).findNearest(QUESTION)));
    assertEquals(504, observer.nextAnswer().status());
    assertEquals(504, observer.nextAnswer().status());
    assertTrue(timer.idle());

    StatusRuntimeException unsent =
        assertThrows(
            StatusRuntimeException.class,
            () ->
                RoutingServiceGrpc.newBlockingStub(channel())
                    .withInterceptors(only)
                    .findNearest(QUESTION));
    assertEquals(Manners.THROTTLED.getDescription(), unsent.getStatus().getDescription());
  }

  @Test
  void aCallThatIsCancelledWhileItWaitsIsNotTriedAgain() throws Exception {
    application.refuseWith(FULL);
    ListenableFuture<FindNearestResponse> call = client().findNearest(QUESTION);
    ManualTimer.Armed again = timer.next();

    call.cancel(true);
    again.task().run();

    assertTrue(call.isCancelled());
    assertEquals(503, observer.nextAnswer().status());
    application.refuseWith(null);
    application.answerWith(ANSWER);
    client().findNearest(QUESTION).get(20, TimeUnit.SECONDS);
    assertEquals(200, observer.nextAnswer().status());
  }

  @Test
  void theServerIsToldWhoAsksHowUrgentItIsAndForHowLong() throws Exception {
    application.answerWith(ANSWER);
    WeirInterceptor named =
        interceptor.with(
            CallSettings.STANDARD
                .withApiKey("secret-of-mine")
                .withPriority(Priority.SHEDDABLE)
                .withUser("u1")
                .withEstimates()
                .withDeadline(Duration.ofMinutes(1)));

    client(named).findNearest(QUESTION).get(20, TimeUnit.SECONDS);

    var caller = application.next().call().caller();
    assertEquals("secret-of-mine", caller.credential());
    assertEquals(dev.weir.proxy.path.Priority.SHEDDABLE, caller.claimed());
    assertEquals("u1", caller.user());
    assertTrue(caller.estimateWelcome());
    assertTrue(application.screenedNanos() > TimeUnit.SECONDS.toNanos(5));
    assertTrue(application.screenedNanos() <= TimeUnit.SECONDS.toNanos(60));
  }

  @Test
  void aStreamInBothDirectionsHasNoDeadlineButItsOwn() {
    MethodDescriptor<StreamRoutesRequest, StreamRoutesResponse> oneWay =
        RoutingServiceGrpc.getStreamRoutesMethod();
    var bothWays = oneWay.toBuilder().setType(MethodType.BIDI_STREAMING).build();
    List<CallOptions> seen = new ArrayList<>();
    Channel next =
        new Channel() {
          @Override
          public <Q, A> ClientCall<Q, A> newCall(
              MethodDescriptor<Q, A> method, CallOptions options) {
            seen.add(options);
            return channel().newCall(method, options);
          }

          @Override
          public String authority() {
            return channel().authority();
          }
        };

    interceptor.interceptCall(oneWay, CallOptions.DEFAULT, next);
    interceptor.interceptCall(bothWays, CallOptions.DEFAULT, next);

    assertNotNull(seen.get(0).getDeadline());
    assertNull(seen.get(1).getDeadline());
  }

  @Test
  void settingsThatCannotBeAreRefusedAndKeysAreNotPrinted() {
    assertThrows(
        IllegalArgumentException.class, () -> CallSettings.STANDARD.withDeadline(Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> CallSettings.STANDARD.withMaxAttempts(0));
    String printed = CallSettings.STANDARD.withApiKey("secret-of-mine").toString();
    assertTrue(!printed.contains("secret"), printed);
  }
}
