package dev.weir.benchmarks.riders;

import dev.weir.benchmarks.load.Requests.Area;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Where trips begin and how long they are: a mixture of Gaussians around hot spots, the first ones
 * busier than the later ones, over a thin uniform ground; lengths are log-normal, directions
 * uniform. Immutable; the same random numbers give the same trips.
 */
public final class City {
  /** Of trips, the others begin anywhere. */
  private static final double AT_SPOTS = 0.8;

  /** Standard deviation of a spot, of the diagonal of the area. */
  private static final double SPOT_WIDTH = 0.04;

  /** Log-normal: the middle two thirds of trips are between half and twice the median. */
  private static final double LENGTH_SIGMA = 0.7;

  private static final double KM_PER_DEGREE = 111.2;
  private static final int TRIES = 16;

  /** Every protocol says the same place. */
  private static final double DECIMALS = 1e6;

  private final Area area;
  private final List<Point> spots;
  private final double medianKm;
  private final double widthKm;
  private final double kmPerDegreeLon;
  private final double weights;

  /** A place, in degrees. */
  public record Point(double lat, double lon) {

    /** To six decimals of a degree, a tenth of a metre. */
    public Point {
      lat = Math.rint(lat * DECIMALS) / DECIMALS;
      lon = Math.rint(lon * DECIMALS) / DECIMALS;
    }

    /** As GraphHopper reads it. */
    String text() {
      return String.format(Locale.ROOT, "%.6f,%.6f", lat, lon);
    }
  }

  /** From where to where. */
  public record Trip(Point from, Point to) {

    /** Straight. */
    public double km() {
      double perDegreeLon = KM_PER_DEGREE * Math.cos(Math.toRadians(from.lat()));
      return Math.hypot(
          (to.lat() - from.lat()) * KM_PER_DEGREE, (to.lon() - from.lon()) * perDegreeLon);
    }
  }

  /**
   * @param spots where people are, the busiest first
   * @param medianKm of the lengths of trips, straight
   */
  City(Area area, List<Point> spots, double medianKm) {
    this.area = area;
    this.spots = List.copyOf(spots);
    this.medianKm = medianKm;
    this.widthKm = SPOT_WIDTH * diagonalKm(area);
    this.kmPerDegreeLon = kmPerDegreeLon(area);
    double sum = 0;
    for (int i = 0; i < spots.size(); i++) {
      sum += weight(i);
    }
    this.weights = sum;
  }

  static double diagonalKm(Area area) {
    return Math.hypot(
        (area.maxLat() - area.minLat()) * KM_PER_DEGREE,
        (area.maxLon() - area.minLon()) * kmPerDegreeLon(area));
  }

  private static double kmPerDegreeLon(Area area) {
    return KM_PER_DEGREE * Math.cos(Math.toRadians((area.minLat() + area.maxLat()) / 2));
  }

  /** Zipf's law. */
  private static double weight(int spot) {
    return 1.0 / (spot + 1);
  }

  Trip trip(SplittableRandom random) {
    Point from = origin(random);
    return new Trip(from, destination(from, random));
  }

  /** Anywhere in the area. */
  static Point anywhere(Area area, SplittableRandom random) {
    return new Point(
        area.minLat() + random.nextDouble() * (area.maxLat() - area.minLat()),
        area.minLon() + random.nextDouble() * (area.maxLon() - area.minLon()));
  }

  private Point origin(SplittableRandom random) {
    if (spots.isEmpty() || random.nextDouble() >= AT_SPOTS) {
      return anywhere(area, random);
    }
    Point spot = spot(random);
    Point point = spot;
    for (int i = 0; i < TRIES; i++) {
      point = moved(spot, random.nextGaussian() * widthKm, random.nextGaussian() * widthKm);
      if (inside(point)) {
        return point;
      }
    }
    return clamped(point);
  }

  private Point spot(SplittableRandom random) {
    double left = random.nextDouble() * weights;
    int spot = 0;
    while (spot < spots.size() - 1 && left >= weight(spot)) {
      left -= weight(spot);
      spot++;
    }
    return spots.get(spot);
  }

  private Point destination(Point from, SplittableRandom random) {
    Point to = from;
    for (int i = 0; i < TRIES; i++) {
      double km = medianKm * Math.exp(LENGTH_SIGMA * random.nextGaussian());
      double direction = 2 * Math.PI * random.nextDouble();
      to = moved(from, km * Math.sin(direction), km * Math.cos(direction));
      if (inside(to)) {
        return to;
      }
    }
    return clamped(to);
  }

  private Point moved(Point from, double northKm, double eastKm) {
    return new Point(from.lat() + northKm / KM_PER_DEGREE, from.lon() + eastKm / kmPerDegreeLon);
  }

  private boolean inside(Point point) {
    return point.equals(clamped(point));
  }

  private Point clamped(Point point) {
    return new Point(
        Math.clamp(point.lat(), area.minLat(), area.maxLat()),
        Math.clamp(point.lon(), area.minLon(), area.maxLon()));
  }
}
