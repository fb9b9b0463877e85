package dev.weir.proxy.transport.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Durations;
import dev.weir.routing.Coordinate;
import dev.weir.routing.Paths;
import dev.weir.v1.ErrorReason;
import dev.weir.v1.Location;
import dev.weir.v1.Position;
import dev.weir.v1.RideEndReason;
import dev.weir.v1.RouteCause;
import dev.weir.v1.StartRide;
import dev.weir.v1.TrackRideResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A ride along the equator, 2 km to the east at 20 m/s. */
final class RideTest {

  private static final double METERS_PER_DEGREE = 111_195;
  private static final Location DESTINATION = location(0, 2_000);
  private static final Location VIA = location(0, 1_000);

  private final Ride ride =
      new Ride(
          StartRide.newBuilder()
              .setProfile("car")
              .setDestination(DESTINATION)
              .addIntermediates(VIA)
              .build());

  private static Location location(double northMeters, double eastMeters) {
    return Location.newBuilder()
        .setLatitude(northMeters / METERS_PER_DEGREE)
        .setLongitude(eastMeters / METERS_PER_DEGREE)
        .build();
  }

  private static Position at(double northMeters, double eastMeters) {
    return Position.newBuilder().setLocation(location(northMeters, eastMeters)).build();
  }

  private static Paths way(double fromNorth, double fromEast) {
    List<Coordinate> points =
        List.of(
            new Coordinate(fromNorth / METERS_PER_DEGREE, fromEast / METERS_PER_DEGREE),
            new Coordinate(0, 2_000 / METERS_PER_DEGREE));
    long millis = Math.round((2_000 - fromEast) / 20 * 1_000);
    return new Paths(
        List.of(
            new Paths.Path(
                2_000 - fromEast,
                millis,
                Polylines.encode(points, 1e5),
                null,
                List.of(),
                List.of())),
        1);
  }

  private void begin() {
    assertNotNull(ride.at(at(0, 0), 0).ask());
    ride.found(way(0, 0), Set.of(), 0);
  }

  @Test
  void theFirstPositionAsksForTheRouteAndItIsToldWithItsCause() {
    Ride.Move move = ride.at(at(0, 0), 0);

    assertNull(move.tell());
    assertNotNull(move.ask());
    assertEquals(List.of(VIA), move.ask().getIntermediatesList());
    assertNull(ride.at(at(0, 5), 100).ask(), "one at a time");
    TrackRideResponse told = ride.found(way(0, 0), Set.of(), 200);
    assertEquals(RouteCause.ROUTE_CAUSE_START, told.getRoute().getCause());
    assertFalse(ride.begins());
  }

  @Test
  void whoIsOnTimeIsToldEveryFifteenSecondsAndWhoIsNotAtOnce() {
    begin();

    assertNull(ride.at(at(0, 100), 5_000).tell());
    assertNull(ride.at(at(0, 200), 10_000).tell());
    TrackRideResponse told = ride.at(at(0, 300), 15_000).tell();
    assertNotNull(told);
    assertEquals(1_700, told.getProgress().getRemainingMeters(), 5);
    assertEquals(85.0, Durations.toSecondsAsDouble(told.getProgress().getRemainingDuration()), 1);

    assertNull(ride.at(at(0, 310), 19_000).tell(), "3.5 s late");
    TrackRideResponse late = ride.at(at(0, 320), 21_000).tell();
    assertNotNull(late, "5 s late");
    assertEquals(1_680, late.getProgress().getRemainingMeters(), 5);
  }

  @Test
  void whoLeavesTheWayTwiceInARowGetsAnotherFromThereWithoutWhatIsBehind() {
    begin();
    assertNull(ride.at(at(0, 1_100), 1_000).ask());

    assertNull(ride.at(at(80, 1_150), 2_000).ask(), "once may be a mistake");
    assertNull(ride.at(at(10, 1_160), 3_000).ask(), "it was one");
    assertNull(ride.at(at(80, 1_170), 4_000).ask());
    Ride.Move move = ride.at(at(90, 1_180), 5_000);

    assertNotNull(move.ask());
    assertEquals(location(90, 1_180), move.ask().getOrigin());
    assertEquals(List.of(), move.ask().getIntermediatesList());
    assertNull(ride.at(at(95, 1_190), 6_000).ask(), "one at a time");
    assertEquals(
        RouteCause.ROUTE_CAUSE_OFF_ROUTE,
        ride.found(way(90, 1_180), Set.of(), 6_500).getRoute().getCause());
    assertNull(ride.at(at(80, 1_250), 7_000).ask());
  }

  @Test
  void aPositionThatIsNotExactIsGivenTheBenefitOfIt() {
    begin();
    Position vague = at(80, 500).toBuilder().setAccuracyMeters(40).build();

    assertNull(ride.at(vague, 1_000).ask());
    assertNull(ride.at(vague, 2_000).ask());
  }

  @Test
  void aRefusalIsToldAndNotAskedAgainBeforeItsTime() {
    begin();
    ride.at(at(80, 500), 1_000);
    assertNotNull(ride.at(at(80, 510), 2_000).ask());

    TrackRideResponse told = ride.refused(Fault.OVER_CAPACITY, Duration.ofSeconds(3), 2_500);

    assertEquals(ErrorReason.ERROR_REASON_OVER_CAPACITY, told.getNotice().getReason());
    assertEquals(3, told.getNotice().getRetryAfter().getSeconds());
    assertNull(ride.at(at(80, 520), 5_000).ask());
    assertNotNull(ride.at(at(80, 530), 5_500).ask());
  }

  @Test
  void theRideEndsWithinThirtyMetersOfItsDestination() {
    begin();

    assertFalse(ride.at(at(0, 1_960), 98_000).ended());
    Ride.Move move = ride.at(at(0, 1_975), 98_700);

    assertTrue(move.ended());
    assertNotNull(move.tell());
    assertEquals(RideEndReason.RIDE_END_REASON_ARRIVED, move.tell().getEnd().getReason());
  }
}
