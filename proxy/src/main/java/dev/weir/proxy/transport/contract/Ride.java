package dev.weir.proxy.transport.contract;

import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Step;
import dev.weir.routing.Coordinate;
import dev.weir.routing.Paths;
import dev.weir.routing.RouteQuery;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.Location;
import dev.weir.v1.Position;
import dev.weir.v1.RideEnd;
import dev.weir.v1.RideEndReason;
import dev.weir.v1.RideNotice;
import dev.weir.v1.RideProgress;
import dev.weir.v1.RideRoute;
import dev.weir.v1.RouteCause;
import dev.weir.v1.StartRide;
import dev.weir.v1.TrackRideResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A ride that is followed: what its positions mean, when another route is needed, and what the
 * rider is to be told. Knows no clock, no wire and no gate. Used by one thread at a time.
 */
public final class Ride {

  private static final long USUAL_OFF_METERS = 50;
  private static final double ARRIVED_METERS = 30;

  /** Positions in a row that are off the way before another is asked for: one may be wrong. */
  private static final int OFF_POSITIONS = 2;

  /** Changes of the time of arrival that are worth a message. */
  private static final long NEWS_MILLIS = 5_000;

  private static final long NEWS_AT_LEAST_EVERY_MILLIS = 15_000;

  private final StartRide start;
  private final double offMeters;
  private List<Location> vias;
  private @Nullable Coordinate here;
  private @Nullable Track track;
  private Track.@Nullable Spot spot;
  private int offInRow;
  private boolean asking;
  private long notBeforeMillis = Long.MIN_VALUE;
  private long toldArrivalMillis;
  private long toldAtMillis = Long.MIN_VALUE;

  /**
   * @param start that was validated
   */
  public Ride(StartRide start) {
    this.start = start;
    this.vias = start.getIntermediatesList();
    this.offMeters = start.getOffRouteMeters() == 0 ? USUAL_OFF_METERS : start.getOffRouteMeters();
  }

  /**
   * What follows from a position.
   *
   * @param tell {@code null} for nothing
   * @param ask a route that is to be asked for now, {@code null} for none; {@link #found} or {@link
   *     #refused} is to follow
   * @param ended {@code tell} is the last message
   */
  public record Move(
      @Nullable TrackRideResponse tell, @Nullable GetRouteRequest ask, boolean ended) {

    private static final Move NOTHING = new Move(null, null, false);
  }

  /**
   * The rider is at a place.
   *
   * @param nowMillis of a clock that never goes back
   */
  public Move at(Position position, long nowMillis) {
    Coordinate place = Messages.coordinate(position.getLocation());
    here = place;
    Track way = track;
    if (way == null) {
      return ask(nowMillis);
    }
    double far = offMeters + position.getAccuracyMeters();
    Track.Spot now = way.spot(place, spot == null ? 0 : spot.segment(), far);
    spot = now;
    boolean off = now.offMeters() > far;
    offInRow = off ? offInRow + 1 : 0;
    if (!off && way.remainingMeters(now) <= ARRIVED_METERS) {
      return new Move(end(RideEndReason.RIDE_END_REASON_ARRIVED), null, true);
    }
    return offInRow >= OFF_POSITIONS
        ? ask(nowMillis)
        : new Move(news(way, now, nowMillis), null, false);
  }

  private Move ask(long nowMillis) {
    if (asking || nowMillis < notBeforeMillis || here == null) {
      return Move.NOTHING;
    }
    asking = true;
    if (track != null && spot != null) {
      vias = vias.subList(track.passed(spot), vias.size());
    }
    return new Move(
        null,
        GetRouteRequest.newBuilder()
            .setProfile(start.getProfile())
            .setOrigin(Messages.location(here))
            .addAllIntermediates(vias)
            .setDestination(start.getDestination())
            .setGeometry(start.getGeometry())
            .setInstructions(start.getInstructions())
            .setLocale(start.getLocale())
            .build(),
        false);
  }

  /** Whether the first route is still to come. */
  public boolean begins() {
    return track == null;
  }

  private @Nullable TrackRideResponse news(Track way, Track.Spot now, long nowMillis) {
    long remainingMillis = way.remainingMillis(now);
    long arrivalMillis = nowMillis + remainingMillis;
    if (Math.abs(arrivalMillis - toldArrivalMillis) < NEWS_MILLIS
        && nowMillis - toldAtMillis < NEWS_AT_LEAST_EVERY_MILLIS) {
      return null;
    }
    told(arrivalMillis, nowMillis);
    return TrackRideResponse.newBuilder()
        .setProgress(
            RideProgress.newBuilder()
                .setRemainingMeters(way.remainingMeters(now))
                .setRemainingDuration(Messages.duration(remainingMillis))
                .setOffRouteMeters(now.offMeters()))
        .build();
  }

  private void told(long arrivalMillis, long nowMillis) {
    toldArrivalMillis = arrivalMillis;
    toldAtMillis = nowMillis;
  }

  /** The query for a route that is asked for. */
  public static RouteQuery.Route query(GetRouteRequest request) {
    return GetRoute.query(request, "", Map.of());
  }

  /** The route that was asked for is there. */
  public TrackRideResponse found(Paths paths, Set<Step> left, long nowMillis) {
    Paths.Path path = paths.paths().getFirst();
    int decimals = Messages.decimals(start.getGeometry());
    RouteCause cause =
        track == null ? RouteCause.ROUTE_CAUSE_START : RouteCause.ROUTE_CAUSE_OFF_ROUTE;
    track =
        Track.of(path, Math.pow(10, decimals), vias.stream().map(Messages::coordinate).toList());
    spot = null;
    asking = false;
    offInRow = 0;
    told(nowMillis + path.millis(), nowMillis);
    return TrackRideResponse.newBuilder()
        .setRoute(
            RideRoute.newBuilder()
                .setRoute(GetRoute.route(path, decimals))
                .setCause(cause)
                .addAllDegradations(Messages.degradations(left)))
        .build();
  }

  /** There is no other route now: the old one goes on to hold. */
  public TrackRideResponse refused(Fault fault, Duration retryAfter, long nowMillis) {
    asking = false;
    notBeforeMillis = nowMillis + retryAfter.toMillis();
    return TrackRideResponse.newBuilder()
        .setNotice(
            RideNotice.newBuilder()
                .setReason(fault.reason())
                .setRetryAfter(Messages.duration(retryAfter.toMillis())))
        .build();
  }

  /** The last message of a stream. */
  public static TrackRideResponse end(RideEndReason reason) {
    return TrackRideResponse.newBuilder().setEnd(RideEnd.newBuilder().setReason(reason)).build();
  }

  /** How long to wait with the next try after a refusal. */
  public static Duration wait(Refusal refusal) {
    return refusal.retryAfter().isZero() ? Duration.ofSeconds(1) : refusal.retryAfter();
  }
}
