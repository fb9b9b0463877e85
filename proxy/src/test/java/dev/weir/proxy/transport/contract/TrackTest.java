package dev.weir.proxy.transport.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.routing.Coordinate;
import dev.weir.routing.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Where somebody is on a way. */
final class TrackTest {

  private static final double METERS_PER_DEGREE = 111_195;

  /** Along the equator, where a degree is as long to the east as to the north. */
  private static Track track(List<Coordinate> points, List<Coordinate> vias) {
    return Track.of(
        new Paths.Path(0, 100_000, Polylines.encode(points, 1e5), null, List.of(), List.of()),
        1e5,
        vias);
  }

  private static Coordinate at(double northMeters, double eastMeters) {
    return new Coordinate(northMeters / METERS_PER_DEGREE, eastMeters / METERS_PER_DEGREE);
  }

  @Test
  void theFormatsOwnExampleIsRead() {
    PolylineReader points = new PolylineReader("_p~iF~ps|U_ulLnnqC_mqNvxq`@", 1e5);

    assertArrayEquals(new double[] {38.5, 40.7, 43.252}, points.latitudes(), 1e-9);
    assertArrayEquals(new double[] {-120.2, -120.95, -126.453}, points.longitudes(), 1e-9);
  }

  @Test
  void linesAreReadAsTheyWereWritten() {
    long seed = 7;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 200; round++) {
      List<Coordinate> points = new ArrayList<>();
      for (int i = random.nextInt(50); i >= 0; i--) {
        points.add(
            new Coordinate(
                random.nextInt(-90_00000, 90_00000) / 1e5,
                random.nextInt(-180_00000, 180_00000) / 1e5));
      }
      PolylineReader read = new PolylineReader(Polylines.encode(points, 1e5), 1e5);
      for (int i = 0; i < points.size(); i++) {
        assertEquals(points.get(i).latitude(), read.latitudes()[i], 1e-9, () -> "seed " + seed);
        assertEquals(points.get(i).longitude(), read.longitudes()[i], 1e-9, () -> "seed " + seed);
      }
    }
  }

  @Test
  void aPlaceBesideTheWayIsBesideItsNearestPoint() {
    Track track = track(List.of(at(0, 0), at(0, 1_000), at(500, 1_000)), List.of());

    Track.Spot spot = track.spot(at(20, 300), 0, 50);
    assertEquals(300, spot.alongMeters(), 2);
    assertEquals(20, spot.offMeters(), 2);
    assertEquals(1_200, track.remainingMeters(spot), 3);
    assertEquals(80.0, track.remainingMillis(spot) / 1_000.0, 0.2);

    Track.Spot corner = track.spot(at(-30, 1_040), 0, 60);
    assertEquals(1_000, corner.alongMeters(), 2);
    assertEquals(50, corner.offMeters(), 2);
  }

  @Test
  void aWayThatCrossesItselfIsNotLeftAtTheCrossing() {
    Track track =
        track(
            List.of(at(0, 0), at(0, 1_000), at(300, 1_000), at(300, 500), at(-300, 500)),
            List.of());

    int last = track.spot(at(0, 450), 0, 50).segment();
    assertEquals(500, track.spot(at(0, 500), last, 50).alongMeters(), 2);

    int later = track.spot(at(200, 500), 3, 50).segment();
    assertEquals(2_100, track.spot(at(0, 500), later, 50).alongMeters(), 3);
  }

  @Test
  void whoIsFarFromWhereItWasIsLookedForOnAllOfTheWay() {
    Track track = track(List.of(at(0, 0), at(0, 5_000), at(5_000, 5_000)), List.of());

    assertEquals(9_000, track.spot(at(4_000, 5_000), 0, 50).alongMeters(), 10);
    assertTrue(track.spot(at(4_000, 0), 0, 50).offMeters() > 3_000);
  }

  @Test
  void placesOnTheWayArePassedInTheirOrder() {
    Track track =
        track(
            List.of(at(0, 0), at(0, 1_000), at(0, 0)), List.of(at(0, 400), at(0, 900), at(0, 300)));

    assertEquals(0, track.passed(track.spot(at(0, 300), 0, 50)));
    assertEquals(1, track.passed(track.spot(at(0, 500), 0, 50)));
    assertEquals(2, track.passed(track.spot(at(0, 950), 0, 50)));
    assertEquals(3, track.passed(track.spot(at(0, 100), 1, 50)));
  }

  @Test
  void aWayOfOnePointIsAPlace() {
    Track track = track(List.of(at(10, 10)), List.of(at(10, 10)));

    Track.Spot spot = track.spot(at(10, 50), 0, 50);
    assertEquals(40, spot.offMeters(), 2);
    assertEquals(0, track.remainingMeters(spot));
    assertEquals(0L, track.remainingMillis(spot));
  }
}
