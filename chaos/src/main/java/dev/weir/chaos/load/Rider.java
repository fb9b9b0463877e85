package dev.weir.chaos.load;

import dev.weir.chaos.load.Riders.Ending;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.Location;
import dev.weir.v1.Position;
import dev.weir.v1.RideEndReason;
import dev.weir.v1.RoutingServiceGrpc.RoutingServiceStub;
import dev.weir.v1.StartRide;
import dev.weir.v1.TrackRideRequest;
import dev.weir.v1.TrackRideResponse;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import org.jspecify.annotations.Nullable;

/** One ride. Everything happens on the thread of {@link Riders}; what is asked of it, on any. */
final class Rider implements ClientResponseObserver<TrackRideRequest, TrackRideResponse> {

  /** Beyond what counts as being on the way. */
  private static final double ASIDE_DEGREES = 0.002;

  private static final int ASIDE_EVERY = 8;
  private static final int ASIDE_STEPS = 3;

  private final GetRouteRequest trip;
  private final Riders riders;
  private @Nullable ClientCallStreamObserver<TrackRideRequest> server;
  private int step;
  private @Nullable RideEndReason reason;
  private boolean twice;
  private volatile boolean routed;

  Rider(GetRouteRequest trip, Riders riders) {
    this.trip = trip;
    this.riders = riders;
  }

  void start(RoutingServiceStub client) {
    var stream = client.trackRide(this);
    stream.onNext(
        TrackRideRequest.newBuilder()
            .setStart(
                StartRide.newBuilder()
                    .setProfile(trip.getProfile())
                    .setDestination(trip.getDestination()))
            .build());
    stream.onNext(position(trip.getOrigin()));
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<TrackRideRequest> stream) {
    server = stream;
  }

  /** Says where it is, unless the server does not listen. */
  void drive() {
    ClientCallStreamObserver<TrackRideRequest> stream = server;
    if (stream == null || reason != null || !stream.isReady()) {
      return;
    }
    step++;
    boolean aside = step % ASIDE_EVERY >= ASIDE_EVERY - ASIDE_STEPS;
    Location origin = trip.getOrigin();
    stream.onNext(
        position(
            aside
                ? origin.toBuilder().setLatitude(origin.getLatitude() + ASIDE_DEGREES).build()
                : origin));
  }

  private static TrackRideRequest position(Location place) {
    return TrackRideRequest.newBuilder()
        .setPosition(Position.newBuilder().setLocation(place))
        .build();
  }

  boolean routed() {
    return routed;
  }

  @Override
  public void onNext(TrackRideResponse response) {
    twice |= reason != null;
    switch (response.getEventCase()) {
      case ROUTE -> {
        if (routed) {
          riders.another();
        }
        routed = true;
      }
      case END -> reason = response.getEnd().getReason();
      case PROGRESS, NOTICE, EVENT_NOT_SET -> {}
    }
  }

  @Override
  public void onError(Throwable fault) {
    com.google.rpc.Status told = StatusProto.fromThrowable(fault);
    boolean byServer =
        (told != null && told.getDetailsCount() > 0)
            || Status.fromThrowable(fault).getCode() == Status.Code.DEADLINE_EXCEEDED;
    end(byServer ? Ending.REFUSED : Ending.CUT);
  }

  @Override
  public void onCompleted() {
    end(reason == null ? Ending.WITHOUT_A_WORD : Ending.WITH_A_REASON);
  }

  private void end(Ending ending) {
    riders.ended(this, twice ? Ending.TWICE : ending, reason);
  }
}
