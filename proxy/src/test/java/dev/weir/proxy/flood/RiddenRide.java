package dev.weir.proxy.flood;

import com.google.protobuf.Message;
import dev.weir.v1.Location;
import dev.weir.v1.Position;
import dev.weir.v1.TrackRideRequest;
import dev.weir.v1.TrackRideResponse;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A rider that gets a route, leaves it, gets another one, and arrives. */
final class RiddenRide {

  /** Where it is to end. */
  static final Location TO = place(43.7311, 7.4197);

  private static final Location FROM = place(43.7384, 7.4246);

  /** On no way between the two. */
  private static final Location ASIDE = place(43.7470, 7.4330);

  private final BlockingClientCall<TrackRideRequest, TrackRideResponse> call;
  private final Consumer<Message> told;

  private RiddenRide(
      BlockingClientCall<TrackRideRequest, TrackRideResponse> call, Consumer<Message> told) {
    this.call = call;
    this.told = told;
  }

  private static Location place(double latitude, double longitude) {
    return Location.newBuilder().setLatitude(latitude).setLongitude(longitude).build();
  }

  /**
   * Rides to the end: the second route may be a notice, then it is the last that is told.
   *
   * @param told takes what is told but for how far it still is, which goes by the clock
   * @throws StatusException if that is the end
   */
  static void ride(
      BlockingClientCall<TrackRideRequest, TrackRideResponse> call,
      TrackRideRequest start,
      Consumer<Message> told)
      throws StatusException, InterruptedException {
    call.write(start);
    new RiddenRide(call, told).ride();
  }

  private void ride() throws StatusException, InterruptedException {
    at(FROM);
    if (!hears(TrackRideResponse.EventCase.ROUTE)) {
      throw new AssertionError("a ride that began without a route");
    }
    at(ASIDE);
    at(ASIDE);
    if (hears(TrackRideResponse.EventCase.ROUTE)) {
      at(TO);
      if (!hears(TrackRideResponse.EventCase.END)) {
        throw new AssertionError("a rider arrived and was not told so");
      }
    }
    call.halfClose();
    TrackRideResponse more = next();
    if (more != null) {
      throw new AssertionError("more than the end: " + more);
    }
  }

  private void at(Location place) throws StatusException, InterruptedException {
    call.write(
        TrackRideRequest.newBuilder()
            .setPosition(Position.newBuilder().setLocation(place))
            .build());
  }

  private boolean hears(TrackRideResponse.EventCase event)
      throws StatusException, InterruptedException {
    TrackRideResponse heard = next();
    if (heard == null) {
      throw new AssertionError("a ride that ended without a word instead of a " + event);
    }
    told.accept(heard);
    return heard.getEventCase() == event;
  }

  private @Nullable TrackRideResponse next() throws StatusException, InterruptedException {
    TrackRideResponse heard = call.read();
    while (heard != null && heard.hasProgress()) {
      heard = call.read();
    }
    return heard;
  }
}
