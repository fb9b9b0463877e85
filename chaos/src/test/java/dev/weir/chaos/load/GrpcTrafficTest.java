package dev.weir.chaos.load;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import dev.weir.chaos.load.Riders.Ending;
import dev.weir.chaos.report.Timeline;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.RideEnd;
import dev.weir.v1.RideEndReason;
import dev.weir.v1.RideRoute;
import dev.weir.v1.RoutingServiceGrpc;
import dev.weir.v1.TrackRideRequest;
import dev.weir.v1.TrackRideResponse;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of calls and rides is told as it was, by a server that does what the test says. */
final class GrpcTrafficTest {

  private static final byte[] ANSWER = {10, 0};
  private static final byte[] OTHER = {10, 1};
  private static final Question QUESTION =
      new Question(
          RawCall.text(GetRouteRequest.newBuilder().setProfile("car").build().toByteArray()),
          RawCall.text(ANSWER));

  private final Timeline timeline = new Timeline();

  private static NettyServerBuilder builder() {
    return NettyServerBuilder.forAddress(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** Answers calls so, as a stream, of which a unary call is one. */
  private static Server calls(Consumer<StreamObserver<byte[]>> answer) throws IOException {
    var method =
        RawCall.GET_ROUTE.toBuilder().setType(MethodDescriptor.MethodType.SERVER_STREAMING).build();
    return builder()
        .addService(
            ServerServiceDefinition.builder(RoutingServiceGrpc.SERVICE_NAME)
                .addMethod(
                    method, ServerCalls.asyncServerStreamingCall((_, sink) -> answer.accept(sink)))
                .build())
        .build()
        .start();
  }

  private static Server rides(Consumer<StreamObserver<TrackRideResponse>> answer)
      throws IOException {
    return builder()
        .addService(
            new RoutingServiceGrpc.RoutingServiceImplBase() {
              @Override
              public StreamObserver<TrackRideRequest> trackRide(
                  StreamObserver<TrackRideResponse> sink) {
                answer.accept(sink);
                return new Deaf();
              }
            })
        .build()
        .start();
  }

  private static final class Deaf implements StreamObserver<TrackRideRequest> {
    @Override
    public void onNext(TrackRideRequest request) {}

    @Override
    public void onError(Throwable fault) {}

    @Override
    public void onCompleted() {}
  }

  private Traffic traffic(Server server, Manner manner) {
    return Traffic.grpc(address(server), List.of(QUESTION), manner, timeline, 1);
  }

  private static InetSocketAddress address(Server server) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort());
  }

  /** Asks one after the other until there is such an end, or fails after long. */
  private void asks(Consumer<StreamObserver<byte[]>> answer, Fate expected) throws IOException {
    Server server = calls(answer);
    try (Traffic traffic = traffic(server, Manner.calm(Duration.ofSeconds(10)))) {
      traffic.keep(1);
      Await.until(() -> timeline.count(expected) > 0);
      for (Fate fate : Fate.values()) {
        assertTrue(fate == expected || timeline.count(fate) == 0, fate + " came as well");
      }
    } finally {
      server.shutdownNow();
    }
  }

  private static Consumer<StreamObserver<byte[]>> answer(byte[]... messages) {
    return sink -> {
      for (byte[] message : messages) {
        sink.onNext(message);
      }
      sink.onCompleted();
    };
  }

  /** What this server says against a call has details; what a client finds out itself has none. */
  private static StatusRuntimeException told(Status.Code code) {
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(code.value())
            .addDetails(Any.pack(ErrorInfo.newBuilder().setReason("X").build()))
            .build());
  }

  @Test
  void theAnswerOfCalmTimesIsGood() throws IOException {
    asks(answer(ANSWER), Fate.GOOD);
  }

  @Test
  void anotherAnswerIsWrong() throws IOException {
    asks(answer(OTHER), Fate.WRONG);
  }

  @Test
  void noAnswerWhereThereShouldBeOneIsTruncated() throws IOException {
    asks(answer(), Fate.TRUNCATED);
  }

  @Test
  void anAnswerThatComesTwiceIsCounted() throws IOException {
    asks(answer(ANSWER, ANSWER), Fate.GOOD);
    assertTrue(timeline.surpluses() > 0);
  }

  @ParameterizedTest
  @EnumSource(names = {"UNAVAILABLE", "RESOURCE_EXHAUSTED", "DEADLINE_EXCEEDED"})
  void whatTheServerSaysAgainstACallIsARefusal(Status.Code code) throws IOException {
    asks(sink -> sink.onError(told(code)), Fate.REFUSED);
  }

  @Test
  void whatTheClientFindsOutItselfIsACut() throws IOException {
    asks(sink -> sink.onError(Status.UNAVAILABLE.asRuntimeException()), Fate.CUT);
  }

  @Test
  void anAnswerThatIsCutInTheMiddleIsTruncated() throws IOException {
    asks(
        sink -> {
          sink.onNext(ANSWER);
          sink.onError(Status.UNAVAILABLE.asRuntimeException());
        },
        Fate.TRUNCATED);
  }

  @Test
  void anyOtherEndIsAFailure() throws IOException {
    asks(sink -> sink.onError(told(Status.Code.INTERNAL)), Fate.FAILED);
  }

  @Test
  void whoeverGivesUpHangsUp() throws IOException {
    Server server = calls(_ -> {});
    try (Traffic traffic =
        traffic(server, new Manner(4, Duration.ofMillis(50), Duration.ofMillis(100), 0))) {
      traffic.offer(100);
      Await.until(() -> timeline.count(Fate.UNSENT) > 0);
      Await.until(() -> timeline.count(Fate.REFUSED) + timeline.count(Fate.UNANSWERED) > 4);
    } finally {
      server.shutdownNow();
    }
  }

  private static TrackRideResponse end(RideEndReason reason) {
    return TrackRideResponse.newBuilder().setEnd(RideEnd.newBuilder().setReason(reason)).build();
  }

  private static void rides(
      Consumer<StreamObserver<TrackRideResponse>> answer, Consumer<Riders> then)
      throws IOException {
    Server server = rides(answer);
    try (Riders riders = new Riders(address(server), List.of(QUESTION))) {
      riders.start(3);
      then.accept(riders);
    } finally {
      server.shutdownNow();
    }
  }

  @Test
  void aRideThatEndsWithAReasonDoesSo() throws IOException {
    rides(
        sink -> {
          sink.onNext(end(RideEndReason.RIDE_END_REASON_DRAINING));
          sink.onCompleted();
        },
        riders -> {
          Await.until(() -> riders.ended(Ending.WITH_A_REASON) == 3);
          assertTrue(riders.endedFor(RideEndReason.RIDE_END_REASON_DRAINING) == 3);
          assertTrue(riders.open() == 0);
        });
  }

  @Test
  void aRideThatEndsOtherwiseIsToldApart() throws IOException {
    rides(
        StreamObserver::onCompleted,
        riders -> Await.until(() -> riders.ended(Ending.WITHOUT_A_WORD) == 3));
    rides(
        sink -> sink.onError(told(Status.Code.UNAVAILABLE)),
        riders -> Await.until(() -> riders.ended(Ending.REFUSED) == 3));
    rides(
        sink -> sink.onError(Status.UNAVAILABLE.asRuntimeException()),
        riders -> Await.until(() -> riders.ended(Ending.CUT) == 3));
    rides(
        sink -> {
          sink.onNext(end(RideEndReason.RIDE_END_REASON_ARRIVED));
          sink.onNext(end(RideEndReason.RIDE_END_REASON_ARRIVED));
          sink.onCompleted();
        },
        riders -> Await.until(() -> riders.ended(Ending.TWICE) == 3));
  }

  @Test
  void aRideWithARouteIsFollowed() throws IOException {
    TrackRideResponse route =
        TrackRideResponse.newBuilder().setRoute(RideRoute.getDefaultInstance()).build();
    rides(
        sink -> {
          sink.onNext(route);
          sink.onNext(route);
        },
        riders -> {
          Await.until(() -> riders.followed() == 3 && riders.furtherRoutes() == 3);
          assertTrue(riders.open() == 3);
        });
  }
}
