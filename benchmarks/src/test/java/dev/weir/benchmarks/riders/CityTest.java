package dev.weir.benchmarks.riders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.benchmarks.load.Requests.Area;
import dev.weir.benchmarks.riders.City.Point;
import dev.weir.benchmarks.riders.City.Trip;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class CityTest {
  private static final Area AREA = new Area(8.0, 49.0, 8.6, 49.4);
  private static final Point BUSY = new Point(49.2, 8.2);
  private static final Point QUIET = new Point(49.3, 8.5);
  private static final City CITY = new City(AREA, List.of(BUSY, QUIET), 4);

  private static List<Trip> trips(City city, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Trip> trips = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      trips.add(city.trip(random));
    }
    return trips;
  }

  private static double km(Point a, Point b) {
    double perDegree = 111.2;
    double lon = perDegree * Math.cos(Math.toRadians(49.2));
    return Math.hypot((a.lat() - b.lat()) * perDegree, (a.lon() - b.lon()) * lon);
  }

  private static long near(List<Trip> trips, Point spot) {
    return trips.stream().filter(trip -> km(trip.from(), spot) < 5).count();
  }

  @Test
  void theSameSeedGivesTheSameTrips() {
    assertEquals(trips(CITY, 5), trips(CITY, 5));
  }

  @Test
  void everyPlaceIsInTheArea() {
    for (Trip trip : trips(CITY, 1)) {
      for (Point point : List.of(trip.from(), trip.to())) {
        assertTrue(point.lat() >= AREA.minLat() && point.lat() <= AREA.maxLat());
        assertTrue(point.lon() >= AREA.minLon() && point.lon() <= AREA.maxLon());
      }
    }
  }

  @Test
  void mostTripsBeginAtSpotsAndMoreAtTheFirstThanAtTheSecond() {
    List<Trip> trips = trips(CITY, 2);
    long busy = near(trips, BUSY);
    long quiet = near(trips, QUIET);
    assertTrue(busy > 1.5 * quiet, () -> busy + " at the busy spot, " + quiet + " at the other");
    assertTrue(busy + quiet > 0.7 * trips.size(), () -> busy + quiet + " of " + trips.size());
    assertTrue(busy + quiet < 0.95 * trips.size(), () -> busy + quiet + " of " + trips.size());
  }

  @Test
  void halfOfTheTripsAreLongerThanTheMedian() {
    double[] lengths =
        trips(CITY, 3).stream().mapToDouble(trip -> km(trip.from(), trip.to())).sorted().toArray();
    assertEquals(4, lengths[lengths.length / 2], 0.4);
    // log-normal with sigma 0.7: the upper sixth begins at twice the median
    assertEquals(8, lengths[(int) (lengths.length * 0.841)], 1);
  }

  @Test
  void withoutSpotsTripsBeginAnywhere() {
    List<Trip> trips = trips(new City(AREA, List.of(), 4), 4);
    long west = trips.stream().filter(trip -> trip.from().lon() < 8.3).count();
    assertEquals(trips.size() / 2.0, (double) west, 200);
  }
}
