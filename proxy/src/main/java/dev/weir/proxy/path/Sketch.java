package dev.weir.proxy.path;

import dev.weir.proxy.path.Traits.Search;
import dev.weir.routing.Coordinate;
import dev.weir.routing.RequestKind;
import dev.weir.routing.RouteQuery;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@link Traits} in the making: told what a request says, word by word, it fills in GraphHopper's
 * defaults and precedence. Used by one thread.
 */
public final class Sketch {

  private static final double MEAN_EARTH_RADIUS_METERS = 6_371_000;

  /** What GraphHopper takes if a request does not say. */
  private static final long TIME_LIMIT_SECONDS = 600;

  private static final double ROUND_TRIP_METERS = 10_000;
  private static final int ALTERNATIVES = 2;

  private final RequestKind kind;
  private String profile = "";
  private String algorithm = "";
  private boolean speedModeDisabled;
  private boolean hybridModeDisabled;
  private boolean headings;
  private boolean passThrough;
  private int points;
  private double beelineMeters;
  private double firstLatitude = Double.NaN;
  private double firstLongitude = Double.NaN;
  private double lastLatitude;
  private double lastLongitude;
  private double roundTripMeters = ROUND_TRIP_METERS;
  private int maxPaths = ALTERNATIVES;
  private long timeLimitSeconds = TIME_LIMIT_SECONDS;
  private double distanceLimitMeters;
  private double weightLimit;
  private boolean coarse;
  private boolean model;
  private long modelHash;
  private int modelBytes;
  private boolean instructions = true;
  private boolean details;
  private boolean geometry = true;

  public Sketch(RequestKind kind) {
    this.kind = kind;
  }

  /** Traits of a query that was read or made up; a custom model's content is not known by it. */
  public static Traits of(RouteQuery query) {
    Sketch sketch = new Sketch(query.kind());
    sketch.profile(query.profile());
    switch (query) {
      case RouteQuery.Route route -> sketch.route(route);
      case RouteQuery.Isochrone isochrone -> {
        sketch.point(isochrone.point().latitude(), isochrone.point().longitude());
        sketch.timeLimit(isochrone.timeLimitSeconds());
        sketch.distanceLimit(isochrone.distanceLimitMeters());
        sketch.weightLimit(isochrone.weightLimit());
        sketch.grain(isochrone.grainMeters());
      }
      case RouteQuery.ShortestPathTree tree -> {
        sketch.point(tree.point().latitude(), tree.point().longitude());
        sketch.timeLimit(tree.timeLimitSeconds());
        sketch.distanceLimit(tree.distanceLimitMeters());
      }
      case RouteQuery.MatrixRow row -> sketch.row(row);
      case RouteQuery.Nearest nearest ->
          sketch.point(nearest.point().latitude(), nearest.point().longitude());
    }
    return sketch.traits();
  }

  /** As a route over all places with the mean of the distances to them as its legs. */
  private void row(RouteQuery.MatrixRow row) {
    instructions(false);
    geometry(false);
    point(row.from().latitude(), row.from().longitude());
    double sum = 0;
    for (Coordinate place : row.to()) {
      sum +=
          meters(
              row.from().latitude(), row.from().longitude(), place.latitude(), place.longitude());
      points++;
    }
    beelineMeters = sum;
  }

  private void route(RouteQuery.Route route) {
    for (Coordinate point : route.points()) {
      point(point.latitude(), point.longitude());
    }
    algorithm(route.algorithm());
    headings(!route.headings().isEmpty());
    details(!route.pathDetails().isEmpty());
    instructions(route.rendering().instructions());
    geometry(route.rendering().calcPoints());
    if (route.customModel() != null) {
      model(route.customModel().hashCode(), 0);
    }
    Map<String, Object> hints = route.hints();
    speedModeDisabled(Boolean.TRUE.equals(hints.get("ch.disable")));
    hybridModeDisabled(Boolean.TRUE.equals(hints.get("lm.disable")));
    passThrough(Boolean.TRUE.equals(hints.get("pass_through")));
    roundTrip(hints.get("round_trip.distance") instanceof Number n ? n.doubleValue() : Double.NaN);
    maxPaths(hints.get("alternative_route.max_paths") instanceof Number n ? n.intValue() : 0);
  }

  public void profile(@Nullable String name) {
    profile = name == null ? "" : name;
  }

  public void algorithm(@Nullable String name) {
    algorithm = name == null ? "" : name;
  }

  public void speedModeDisabled(boolean disabled) {
    speedModeDisabled = disabled;
  }

  public void hybridModeDisabled(boolean disabled) {
    hybridModeDisabled = disabled;
  }

  public void headings(boolean any) {
    headings = any;
  }

  public void passThrough(boolean wished) {
    passThrough = wished;
  }

  /** The next place, in degrees. */
  public void point(double latitude, double longitude) {
    if (points == 0) {
      firstLatitude = latitude;
      firstLongitude = longitude;
    } else {
      beelineMeters += meters(lastLatitude, lastLongitude, latitude, longitude);
    }
    lastLatitude = latitude;
    lastLongitude = longitude;
    points++;
  }

  /** The places told so far do not count after all. */
  public void noPoints() {
    points = 0;
    beelineMeters = 0;
    firstLatitude = Double.NaN;
    firstLongitude = Double.NaN;
  }

  /** There are more places than were seen: so many times as many, presumably like the others. */
  public void morePoints(double times) {
    points = (int) Math.min(points * times, Integer.MAX_VALUE);
    beelineMeters *= times;
  }

  /**
   * @param meters wished length, NaN for none
   */
  public void roundTrip(double meters) {
    roundTripMeters = Double.isNaN(meters) ? ROUND_TRIP_METERS : Math.abs(meters);
  }

  /**
   * @param paths alternatives wished for, 0 for none
   */
  public void maxPaths(int paths) {
    maxPaths = paths == 0 ? ALTERNATIVES : paths;
  }

  public void timeLimit(long seconds) {
    timeLimitSeconds = seconds;
  }

  public void distanceLimit(double meters) {
    distanceLimitMeters = meters;
  }

  public void weightLimit(double weight) {
    weightLimit = weight;
  }

  /** A tolerance is none: GraphHopper's triangulator takes no less time for it. */
  private void grain(double meters) {
    coarse = meters > 0;
  }

  /** There is a custom model. */
  public void model(long hash, int bytes) {
    model = true;
    modelHash = hash == 0 ? 1 : hash;
    modelBytes = bytes;
  }

  public void instructions(boolean wished) {
    instructions = wished;
  }

  public void details(boolean any) {
    details = any;
  }

  public void geometry(boolean wished) {
    geometry = wished;
  }

  /** What was told so far. */
  public Traits traits() {
    boolean isRoute = kind == RequestKind.ROUTE;
    Search search = isRoute ? search() : Search.PLAIN;
    boolean reaches = kind == RequestKind.ISOCHRONE || kind == RequestKind.SPT;
    boolean byWeight = weightLimit > 0;
    boolean byDistance = !byWeight && distanceLimitMeters > 0;
    long seconds = byWeight ? (long) weightLimit : Math.max(0, timeLimitSeconds);
    return new Traits(
        kind,
        kind == RequestKind.NEAREST ? "" : profile,
        search,
        isRoute
            && (speedModeDisabled
                || headings
                || passThrough
                || model
                || search == Search.ROUND_TRIP),
        isRoute && hybridModeDisabled,
        points,
        search == Search.ROUND_TRIP ? roundTripMeters : beelineMeters,
        firstLatitude,
        firstLongitude,
        reaches && !byDistance ? seconds : 0,
        reaches && byDistance ? (long) distanceLimitMeters : 0,
        search == Search.ALTERNATIVES ? Math.max(1, maxPaths) : 1,
        modelHash,
        modelBytes,
        kind == RequestKind.ISOCHRONE ? !coarse : instructions || details,
        geometry);
  }

  private Search search() {
    if (algorithm.isEmpty()) {
      return Search.PLAIN;
    }
    if (algorithm.equalsIgnoreCase("alternative_route")) {
      return Search.ALTERNATIVES;
    }
    return algorithm.equalsIgnoreCase("round_trip") ? Search.ROUND_TRIP : Search.PLAIN;
  }

  /** Straight distance as on a plane, a few percent off over a thousand kilometers. */
  private static double meters(double lat1, double lon1, double lat2, double lon2) {
    double north = Math.toRadians(lat2 - lat1);
    double east = Math.toRadians(lon2 - lon1) * Math.cos(Math.toRadians((lat1 + lat2) / 2));
    return MEAN_EARTH_RADIUS_METERS * Math.sqrt(north * north + east * east);
  }
}
