package dev.weir.benchmarks.riders;

import com.google.protobuf.Duration;
import com.google.protobuf.MessageLite;
import dev.weir.v1.GetIsochroneRequest;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.Location;
import dev.weir.v1.RoutingServiceGrpc;
import dev.weir.v1.Search;
import dev.weir.v1.StreamRoutesRequest;

/**
 * What riders ask for in the words of {@code weir.v1}: the same as with GraphHopper's API, but that
 * alternatives come as a stream, the best route first, which is a search of its own.
 */
final class Contract {
  private static final String PROFILE = "car";
  private static final int ALTERNATIVES = 3;
  private static final int ISOCHRONE_SECONDS = 600;

  private Contract() {}

  /** As in the path of a call. */
  static String method(Kind kind) {
    return switch (kind) {
      case SPEED, FLEXIBLE -> RoutingServiceGrpc.getGetRouteMethod().getFullMethodName();
      case ALTERNATIVES -> RoutingServiceGrpc.getStreamRoutesMethod().getFullMethodName();
      case ISOCHRONE -> RoutingServiceGrpc.getGetIsochroneMethod().getFullMethodName();
    };
  }

  static MessageLite request(Kind kind, City.Trip trip) {
    return switch (kind) {
      case SPEED -> route(trip, Search.SEARCH_PREPARED);
      case FLEXIBLE -> route(trip, Search.SEARCH_FLEXIBLE);
      case ALTERNATIVES ->
          StreamRoutesRequest.newBuilder()
              .setRoute(route(trip, Search.SEARCH_FLEXIBLE))
              .setMaxAlternatives(ALTERNATIVES)
              .build();
      case ISOCHRONE ->
          GetIsochroneRequest.newBuilder()
              .setProfile(PROFILE)
              .setCenter(location(trip.from()))
              .setDuration(Duration.newBuilder().setSeconds(ISOCHRONE_SECONDS))
              .setBuckets(1)
              .build();
    };
  }

  private static GetRouteRequest route(City.Trip trip, Search search) {
    return GetRouteRequest.newBuilder()
        .setProfile(PROFILE)
        .setOrigin(location(trip.from()))
        .setDestination(location(trip.to()))
        .setSearch(search)
        .setInstructions(true)
        .setLocale("en")
        .build();
  }

  private static Location location(City.Point point) {
    return Location.newBuilder().setLatitude(point.lat()).setLongitude(point.lon()).build();
  }
}
