package dev.weir.routing;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may ask. Values are carried as they were sent; the engine checks them, so that
 * every transport gives the same answer to the same mistake. Immutable as long as the lists and
 * maps handed in are not changed afterwards.
 */
public sealed interface RouteQuery {

  /** The kind of work this asks for. */
  RequestKind kind();

  /** The name of the profile, empty if none was given. */
  String profile();

  /**
   * @param headings degrees from north, or NaN for no wish; none, one, or one per point
   * @param snapPreventions {@code null} means the engine's default, an empty list means none
   * @param algorithm GraphHopper's name of it, empty for the profile's default
   * @param hints everything else that was sent, by GraphHopper's names ({@code ch.disable}, {@code
   *     max_visited_nodes}, {@code timeout_ms} …); values are strings, numbers, booleans, or JSON
   *     trees of lists and maps
   */
  record Route(
      String profile,
      List<Coordinate> points,
      List<Double> headings,
      List<String> pointHints,
      List<String> curbsides,
      @Nullable List<String> snapPreventions,
      List<String> pathDetails,
      String algorithm,
      String locale,
      @Nullable CustomModel customModel,
      Map<String, Object> hints,
      Rendering rendering)
      implements RouteQuery {

    @Override
    public RequestKind kind() {
      return RequestKind.ROUTE;
    }
  }

  /**
   * What an answer to a {@link Route} tells, and how it is written.
   *
   * @param elevation three-dimensional points where the map has elevation
   * @param checkElevation refuse {@code elevation} on a map without it, as GraphHopper does for GET
   *     and not for POST
   * @param form {@link Json}, {@link Gpx} or {@link Structure}
   * @param degraded what the answer does without, to be told in its hints; empty if it is what was
   *     asked for
   */
  record Rendering(
      boolean instructions,
      boolean calcPoints,
      boolean elevation,
      boolean checkElevation,
      Form form,
      List<String> degraded) {

    /** Of an answer that does without nothing. */
    public Rendering(
        boolean instructions,
        boolean calcPoints,
        boolean elevation,
        boolean checkElevation,
        Form form) {
      this(instructions, calcPoints, elevation, checkElevation, form, List.of());
    }

    /** The same, telling that it does without these. */
    public Rendering degraded(List<String> without) {
      return new Rendering(instructions, calcPoints, elevation, checkElevation, form, without);
    }
  }

  /** How an answer is written. */
  sealed interface Form {}

  /**
   * GraphHopper's own JSON: {@link Rendered}.
   *
   * @param pointsEncoded ways are encoded polylines, otherwise lists of coordinates
   * @param multiplier precision of an encoded polyline, 1e5 by default
   */
  record Json(boolean pointsEncoded, double multiplier) implements Form {

    /** As GraphHopper writes it if nobody wishes for anything else. */
    public static final Json USUAL = new Json(true, 1e5);
  }

  /** A plain collection of features, of isochrones only: {@link Rendered}. */
  record GeoJson() implements Form {}

  /**
   * A track, of routes only: {@link Rendered}.
   *
   * @param millis start time written into the track, in milliseconds since 1970, or {@code null}
   *     for none; kept as sent
   */
  record Gpx(
      boolean route, boolean track, boolean waypoints, String trackName, @Nullable String millis)
      implements Form {}

  /**
   * Not written at all: {@link Paths}, {@link Areas} or {@link Nearby}, for transports that write
   * answers themselves.
   *
   * @param multiplier precision of lines, which are encoded polylines: 1e5 or 1e6
   */
  record Structure(double multiplier) implements Form {}

  /**
   * @param buckets number of polygons of equal steps
   * @param timeLimitSeconds used unless one of the other limits is positive
   * @param distanceLimitMeters not used unless positive
   * @param weightLimit not used unless positive; goes before distance
   * @param form {@link Json}, {@link GeoJson} or {@link Structure}
   * @param tolerance in meters, as GraphHopper's triangulator takes it, which hardly saves it work
   * @param grainMeters of the places within a square of this size only one is looked at, which
   *     saves most of the work; 0 for all
   */
  record Isochrone(
      String profile,
      Coordinate point,
      int buckets,
      boolean reverseFlow,
      long timeLimitSeconds,
      double distanceLimitMeters,
      double weightLimit,
      Form form,
      double tolerance,
      boolean fullGeometry,
      Map<String, Object> hints,
      double grainMeters)
      implements RouteQuery {

    /** With all places. */
    public Isochrone(
        String profile,
        Coordinate point,
        int buckets,
        boolean reverseFlow,
        long timeLimitSeconds,
        double distanceLimitMeters,
        double weightLimit,
        Form form,
        double tolerance,
        boolean fullGeometry,
        Map<String, Object> hints) {
      this(
          profile,
          point,
          buckets,
          reverseFlow,
          timeLimitSeconds,
          distanceLimitMeters,
          weightLimit,
          form,
          tolerance,
          fullGeometry,
          hints,
          0);
    }

    @Override
    public RequestKind kind() {
      return RequestKind.ISOCHRONE;
    }
  }

  /**
   * @param columns names of the columns of the table, in order; empty for the default ones
   */
  record ShortestPathTree(
      String profile,
      Coordinate point,
      boolean reverseFlow,
      long timeLimitSeconds,
      double distanceLimitMeters,
      List<String> columns,
      Map<String, Object> hints)
      implements RouteQuery {

    @Override
    public RequestKind kind() {
      return RequestKind.SPT;
    }
  }

  /**
   * How far it is from one place to each of several: {@link Legs}.
   *
   * @param to one at least
   */
  record MatrixRow(String profile, Coordinate from, List<Coordinate> to) implements RouteQuery {

    @Override
    public RequestKind kind() {
      return RequestKind.MATRIX;
    }
  }

  /**
   * Looks up the nearest place on the road network.
   *
   * @param form {@link Json} or {@link Structure}
   */
  record Nearest(Coordinate point, boolean elevation, Form form) implements RouteQuery {

    /** Answered in JSON. */
    public Nearest(Coordinate point, boolean elevation) {
      this(point, elevation, Json.USUAL);
    }

    @Override
    public RequestKind kind() {
      return RequestKind.NEAREST;
    }

    @Override
    public String profile() {
      return "";
    }
  }
}
