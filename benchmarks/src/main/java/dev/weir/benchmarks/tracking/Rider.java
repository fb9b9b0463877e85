package dev.weir.benchmarks.tracking;

import dev.weir.v1.Location;
import dev.weir.v1.Position;
import dev.weir.v1.RoutingServiceGrpc.RoutingServiceStub;
import dev.weir.v1.StartRide;
import dev.weir.v1.TrackRideRequest;
import dev.weir.v1.TrackRideResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/**
 * One rider: drives along straight lines between the places of its trip, now and then a block
 * aside. Positions are sent by the one thread that drives; what is heard comes on others.
 */
final class Rider implements StreamObserver<TrackRideResponse> {

  /** Beyond what counts as being on the way. */
  private static final double ASIDE_DEGREES = 0.002;

  private final Trip trip;
  private final Tally tally;
  private final int steps;
  private final int asideEvery;
  private volatile long askedNanos;
  private volatile boolean routed;
  private volatile boolean ended;
  private @Nullable StreamObserver<TrackRideRequest> told;
  private int step;

  /**
   * @param steps positions from start to destination
   * @param asideEvery so many positions it is aside for two in a row; 0 for never
   */
  Rider(Trip trip, Tally tally, int steps, int asideEvery) {
    this.trip = trip;
    this.tally = tally;
    this.steps = steps;
    this.asideEvery = asideEvery;
  }

  void start(RoutingServiceStub client) {
    StreamObserver<TrackRideRequest> stream = client.trackRide(this);
    told = stream;
    stream.onNext(
        TrackRideRequest.newBuilder()
            .setStart(StartRide.newBuilder().setProfile("car").setDestination(trip.to()))
            .build());
    askedNanos = System.nanoTime();
    tell(stream, trip.from());
  }

  /** Drives on and says where it is. */
  void drive() {
    StreamObserver<TrackRideRequest> stream = told;
    if (stream == null || ended || !routed) {
      return;
    }
    step++;
    boolean aside = asideEvery > 0 && step % asideEvery < 2;
    double part = Math.min((double) step / steps, 0.9);
    double latitude = between(trip.from().getLatitude(), trip.to().getLatitude(), part);
    double longitude = between(trip.from().getLongitude(), trip.to().getLongitude(), part);
    askedNanos = System.nanoTime();
    tell(
        stream,
        Location.newBuilder()
            .setLatitude(latitude + (aside ? ASIDE_DEGREES : 0))
            .setLongitude(longitude)
            .build());
  }

  private static double between(double from, double to, double part) {
    return from + (to - from) * part;
  }

  private void tell(StreamObserver<TrackRideRequest> stream, Location place) {
    tally.position();
    stream.onNext(
        TrackRideRequest.newBuilder()
            .setPosition(Position.newBuilder().setLocation(place))
            .build());
  }

  /** Hangs up. */
  void leave() {
    StreamObserver<TrackRideRequest> stream = told;
    if (stream != null && !ended) {
      ended = true;
      stream.onCompleted();
    }
  }

  @Override
  public void onNext(TrackRideResponse response) {
    switch (response.getEventCase()) {
      case ROUTE -> {
        tally.route(!routed, System.nanoTime() - askedNanos);
        routed = true;
      }
      case PROGRESS -> tally.progress();
      case NOTICE -> tally.notice();
      case END -> tally.end();
      case EVENT_NOT_SET -> {}
    }
  }

  @Override
  public void onError(Throwable fault) {
    ended = true;
    tally.failure(Status.fromThrowable(fault).getCode());
  }

  @Override
  public void onCompleted() {
    ended = true;
  }
}
