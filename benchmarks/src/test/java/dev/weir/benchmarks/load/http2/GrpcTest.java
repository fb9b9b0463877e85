package dev.weir.benchmarks.load.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Any;
import com.google.protobuf.util.Durations;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.weir.benchmarks.load.ClosedLoop;
import dev.weir.benchmarks.load.Remarks;
import dev.weir.benchmarks.load.Rig;
import dev.weir.benchmarks.load.Verdict;
import dev.weir.benchmarks.load.Wire;
import dev.weir.v1.Degradation;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.GetRouteResponse;
import dev.weir.v1.RoutingServiceGrpc;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a server of gRPC's own. */
final class GrpcTest {
  private static final String METHOD = RoutingServiceGrpc.getGetRouteMethod().getFullMethodName();

  private final Rig rig = new Rig(4);

  @AfterEach
  void stop() {
    rig.close();
  }

  /** How a call ended. */
  private record Ended(int status, boolean right, Remarks remarks) {}

  /** What a server does with a call. */
  private interface Behaviour {
    void answer(GetRouteRequest request, StreamObserver<GetRouteResponse> to);
  }

  private static TinyGrpc server(Behaviour behaviour) throws Exception {
    return new TinyGrpc(
        new TinyGrpc.Routes() {
          @Override
          public void getRoute(GetRouteRequest request, StreamObserver<GetRouteResponse> to) {
            behaviour.answer(request, to);
          }
        });
  }

  private Wire open(TinyGrpc server, int riders, int perConnection, String... metadata)
      throws Exception {
    GetRouteRequest request = GetRouteRequest.newBuilder().setProfile("car").build();
    return new Http2(
        rig,
        server.address(),
        riders,
        perConnection,
        new Grpc(List.of(new Rpc(METHOD, request, List.of(metadata)))));
  }

  private Ended asked(Behaviour behaviour, String... metadata) throws Exception {
    try (TinyGrpc server = server(behaviour);
        Wire wire = open(server, 1, 1, metadata)) {
      CompletableFuture<Ended> ended = new CompletableFuture<>();
      rig.generator()
          .execute(
              () ->
                  wire.ask(
                      0,
                      (status, right, bytes, remarks) ->
                          ended.complete(new Ended(status, right, remarks))));
      return ended.get(30, TimeUnit.SECONDS);
    }
  }

  private static void respond(StreamObserver<GetRouteResponse> to, GetRouteResponse response) {
    to.onNext(response);
    to.onCompleted();
  }

  @Test
  void aRouteIsARightAnswerAndAnEmptyResponseIsNot() throws Exception {
    GetRouteResponse route = GetRouteResponse.newBuilder().setRoute(TinyGrpc.ROUTE).build();
    assertEquals(new Ended(200, true, Remarks.NONE), asked((request, to) -> respond(to, route)));
    assertEquals(
        new Ended(200, false, Remarks.NONE),
        asked((request, to) -> respond(to, GetRouteResponse.getDefaultInstance())));
    assertFalse(asked((request, to) -> to.onCompleted()).right());
  }

  @Test
  void anAnswerSaysWhatItDoesWithout() throws Exception {
    GetRouteResponse less =
        GetRouteResponse.newBuilder()
            .setRoute(TinyGrpc.ROUTE)
            .addDegradations(Degradation.DEGRADATION_OUTPUT)
            .addDegradations(Degradation.DEGRADATION_SEARCH)
            .build();
    assertEquals(
        new Ended(200, true, new Remarks(-1, "", "output, search")),
        asked((request, to) -> respond(to, less)));
  }

  @Test
  void aRefusalSaysWhyAndWhenToComeBack() throws Exception {
    com.google.rpc.Status status =
        com.google.rpc.Status.newBuilder()
            .setCode(Code.UNAVAILABLE_VALUE)
            .addDetails(
                Any.pack(ErrorInfo.newBuilder().setReason("QUEUE_FULL").setDomain("weir").build()))
            .addDetails(
                Any.pack(RetryInfo.newBuilder().setRetryDelay(Durations.fromMillis(1_500)).build()))
            .build();
    Ended refused =
        asked((request, to) -> to.onError(StatusProto.toStatusRuntimeException(status)));
    assertEquals(new Ended(503, false, new Remarks(1_500, "queue_full", "")), refused);
  }

  @Test
  void aCallThatExpiredInTheQueueIsARefusalWithThatReason() throws Exception {
    com.google.rpc.Status status =
        com.google.rpc.Status.newBuilder()
            .setCode(Code.DEADLINE_EXCEEDED_VALUE)
            .addDetails(
                Any.pack(
                    ErrorInfo.newBuilder().setReason("EXPIRED_IN_QUEUE").setDomain("weir").build()))
            .build();
    Ended late = asked((request, to) -> to.onError(StatusProto.toStatusRuntimeException(status)));
    assertEquals(new Ended(504, false, new Remarks(-1, "expired_in_queue", "")), late);
    assertEquals(Verdict.REFUSED, Verdict.of(late.status(), late.right(), 1, 1));
  }

  @Test
  void pushbackGoesBeforeRetryInfo() throws Exception {
    Metadata trailers = new Metadata();
    trailers.put(
        Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER), "250");
    Ended refused =
        asked((request, to) -> to.onError(Status.RESOURCE_EXHAUSTED.asException(trailers)));
    assertEquals(new Ended(429, false, new Remarks(250, "", "")), refused);
  }

  @ParameterizedTest
  @CsvSource({
    "RESOURCE_EXHAUSTED,429",
    "UNAVAILABLE,503",
    "DEADLINE_EXCEEDED,504",
    "INVALID_ARGUMENT,400",
    "NOT_FOUND,404",
    "UNAUTHENTICATED,401",
    "INTERNAL,500",
  })
  void statusesAreThoseOfHttp(Status.Code code, int status) throws Exception {
    assertEquals(
        status, asked((request, to) -> to.onError(code.toStatus().asException())).status());
  }

  @Test
  void whoseDeadlinePassesIsToldSo() throws Exception {
    Ended late = asked((request, to) -> {}, "grpc-timeout", "50m");
    assertEquals(504, late.status());
  }

  @Test
  void theServerSeesWhoHangsUp() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    try (TinyGrpc server =
            server(
                (request, to) -> {
                  Context.current().addListener(c -> cancelled.countDown(), Runnable::run);
                  asked.countDown();
                });
        Wire wire = open(server, 1, 1)) {
      CompletableFuture<Wire.Line> line = new CompletableFuture<>();
      rig.generator()
          .execute(() -> line.complete(wire.ask(0, (status, right, bytes, remarks) -> {})));
      assertTrue(asked.await(30, TimeUnit.SECONDS));
      rig.generator().execute(line.join()::hangUp);
      assertTrue(cancelled.await(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void calmLoadGoesOverIt() throws Exception {
    GetRouteResponse route = GetRouteResponse.newBuilder().setRoute(TinyGrpc.ROUTE).build();
    try (TinyGrpc server = server((request, to) -> respond(to, route));
        Wire wire = open(server, 8, 4)) {
      ClosedLoop.Outcome calm = rig.calm(wire, 500, Duration.ofSeconds(30));
      assertEquals(500, calm.good());
    }
  }
}
