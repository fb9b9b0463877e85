package dev.weir.proxy.transport.contract;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import com.google.type.Money;
import dev.weir.proxy.path.Step;
import dev.weir.routing.Coordinate;
import dev.weir.routing.RouteQuery;
import dev.weir.v1.Degradation;
import dev.weir.v1.Geometry;
import dev.weir.v1.Location;
import dev.weir.v1.Polyline;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Set;

/** What messages have in common. */
final class Messages {

  private static final int USUAL_DECIMALS = 5;
  private static final int MORE_DECIMALS = 6;
  private static final long NANOS_OF_UNIT = 1_000_000_000;

  private Messages() {}

  static Coordinate coordinate(Location location) {
    return new Coordinate(location.getLatitude(), location.getLongitude());
  }

  static Location location(Coordinate coordinate) {
    return location(coordinate.latitude(), coordinate.longitude());
  }

  static Location location(double latitude, double longitude) {
    return Location.newBuilder().setLatitude(latitude).setLongitude(longitude).build();
  }

  static Duration duration(long millis) {
    return Durations.fromMillis(millis);
  }

  /**
   * Exact, whatever the currency's number of decimals.
   *
   * @param minorUnits not negative
   */
  static Money money(Currency currency, long minorUnits) {
    long nanosOfOne = NANOS_OF_UNIT;
    for (int i = 0; i < currency.getDefaultFractionDigits(); i++) {
      nanosOfOne /= 10;
    }
    long perUnit = NANOS_OF_UNIT / nanosOfOne;
    return Money.newBuilder()
        .setCurrencyCode(currency.getCurrencyCode())
        .setUnits(minorUnits / perUnit)
        .setNanos((int) (minorUnits % perUnit * nanosOfOne))
        .build();
  }

  /** Decimals of a degree. */
  static int decimals(Geometry geometry) {
    return geometry == Geometry.GEOMETRY_POLYLINE_6 ? MORE_DECIMALS : USUAL_DECIMALS;
  }

  static RouteQuery.Structure structure(Geometry geometry) {
    return new RouteQuery.Structure(Math.pow(10, decimals(geometry)));
  }

  static Polyline polyline(String encoded, int decimals) {
    return Polyline.newBuilder().setEncoded(encoded).setPrecision(decimals).build();
  }

  static List<Degradation> degradations(Set<Step> left) {
    List<Degradation> told = new ArrayList<>(left.size());
    for (Step step : Step.values()) {
      if (left.contains(step)) {
        told.add(degradation(step));
      }
    }
    return told;
  }

  private static Degradation degradation(Step step) {
    return switch (step) {
      case ALTERNATIVES -> Degradation.DEGRADATION_ALTERNATIVES;
      case OUTPUT -> Degradation.DEGRADATION_OUTPUT;
      case SEARCH -> Degradation.DEGRADATION_SEARCH;
      case COARSE -> Degradation.DEGRADATION_COARSE;
      case ESTIMATE -> Degradation.DEGRADATION_ESTIMATE;
    };
  }
}
