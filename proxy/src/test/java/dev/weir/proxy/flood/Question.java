package dev.weir.proxy.flood;

import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import dev.weir.v1.FindNearestRequest;
import dev.weir.v1.GetIsochroneRequest;
import dev.weir.v1.GetMatrixRequest;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.ListQuotesRequest;
import dev.weir.v1.Location;
import dev.weir.v1.QuoteRideRequest;
import dev.weir.v1.RideServiceGrpc;
import dev.weir.v1.RoutingServiceGrpc;
import dev.weir.v1.StartRide;
import dev.weir.v1.StreamRoutesRequest;
import dev.weir.v1.TrackRideRequest;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One question in the words of each transport.
 *
 * @param own of GraphHopper, as a target; {@code null} if it has none such
 * @param rest by REST, as a target; {@code null} if there is none
 * @param posted whether the request is the body then
 */
record Question<Q extends Message, A extends Message>(
    @Nullable String own,
    @Nullable String rest,
    boolean posted,
    MethodDescriptor<Q, A> method,
    Q request) {

  private static final String CAR = "/v1/profiles/car/";

  /** So many of each method, from a seed, but for those that list quotes. */
  static List<Question<?, ?>> some(int count, SplittableRandom random) {
    List<Question<?, ?>> questions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean posted = i % 2 == 1;
      questions.add(route(place(random), place(random), posted));
      questions.add(routes(place(random), place(random), posted));
      questions.add(isochrone(place(random), posted));
      questions.add(matrix(random));
      questions.add(nearest(place(random)));
      questions.add(quote(place(random), place(random)));
      questions.add(ride());
    }
    return questions;
  }

  boolean streamed() {
    return method.getType() != MethodType.UNARY;
  }

  /** Whether it can be asked so. */
  boolean hasForm(Way.Form form) {
    return switch (form) {
      case GRAPHHOPPER -> own != null;
      case EVENTS, ARRAY -> rest != null && streamed();
      case REST, CONNECT_JSON, CONNECT_PROTO -> rest != null;
      case GRPC -> true;
    };
  }

  /** An empty response. */
  Message.Builder response() {
    if (method.getResponseMarshaller() instanceof PrototypeMarshaller<A> marshaller) {
      return Objects.requireNonNull(marshaller.getMessagePrototype()).newBuilderForType();
    }
    throw new IllegalStateException("no messages: " + method);
  }

  static Question<?, ?> route(Location from, Location to, boolean posted) {
    String query = "?" + fields("origin", from) + "&" + fields("destination", to);
    return new Question<>(
        "/route?profile=car&instructions=false&" + point(from) + "&" + point(to),
        CAR + "route" + (posted ? "" : query),
        posted,
        RoutingServiceGrpc.getGetRouteMethod(),
        GetRouteRequest.newBuilder().setProfile("car").setOrigin(from).setDestination(to).build());
  }

  private static Question<?, ?> routes(Location from, Location to, boolean posted) {
    String query = "?" + fields("route.origin", from) + "&" + fields("route.destination", to);
    GetRouteRequest.Builder route =
        GetRouteRequest.newBuilder().setProfile("car").setOrigin(from).setDestination(to);
    return new Question<>(
        null,
        CAR + "route:stream" + (posted ? "" : query + "&maxAlternatives=3"),
        posted,
        RoutingServiceGrpc.getStreamRoutesMethod(),
        StreamRoutesRequest.newBuilder().setRoute(route).setMaxAlternatives(3).build());
  }

  private static Question<?, ?> isochrone(Location center, boolean posted) {
    return new Question<>(
        "/isochrone?profile=car&time_limit=90&buckets=2&" + point(center),
        CAR + "isochrone" + (posted ? "" : "?duration=90s&buckets=2&" + fields("center", center)),
        posted,
        RoutingServiceGrpc.getGetIsochroneMethod(),
        GetIsochroneRequest.newBuilder()
            .setProfile("car")
            .setCenter(center)
            .setDuration(Durations.fromSeconds(90))
            .setBuckets(2)
            .build());
  }

  private static Question<?, ?> matrix(SplittableRandom random) {
    GetMatrixRequest.Builder request = GetMatrixRequest.newBuilder().setProfile("car");
    for (int i = 0; i < 3; i++) {
      request.addOrigins(place(random)).addDestinations(place(random));
    }
    return new Question<>(
        null,
        CAR + "matrix:stream",
        true,
        RoutingServiceGrpc.getGetMatrixMethod(),
        request.build());
  }

  private static Question<?, ?> nearest(Location at) {
    return new Question<>(
        "/nearest?" + point(at),
        "/v1/roads:nearest?" + fields("location", at),
        false,
        RoutingServiceGrpc.getFindNearestMethod(),
        FindNearestRequest.newBuilder().setLocation(at).build());
  }

  private static Question<?, ?> quote(Location from, Location to) {
    return new Question<>(
        null,
        "/v1/quotes",
        true,
        RideServiceGrpc.getQuoteRideMethod(),
        QuoteRideRequest.newBuilder().setProfile("car").setOrigin(from).setDestination(to).build());
  }

  /**
   * @param token of a page before
   */
  static Question<?, ?> quotes(int size, String token) {
    return new Question<>(
        null,
        "/v1/quotes?pageSize=" + size + "&pageToken=" + token,
        false,
        RideServiceGrpc.getListQuotesMethod(),
        ListQuotesRequest.newBuilder().setPageSize(size).setPageToken(token).build());
  }

  private static Question<?, ?> ride() {
    return new Question<>(
        null,
        null,
        false,
        RoutingServiceGrpc.getTrackRideMethod(),
        TrackRideRequest.newBuilder()
            .setStart(StartRide.newBuilder().setProfile("car").setDestination(RiddenRide.TO))
            .build());
  }

  private static Location place(SplittableRandom random) {
    return Location.newBuilder()
        .setLatitude(Math.round(random.nextDouble(43.729, 43.745) * 1e5) / 1e5)
        .setLongitude(Math.round(random.nextDouble(7.414, 7.43) * 1e5) / 1e5)
        .build();
  }

  private static String point(Location place) {
    return "point=" + place.getLatitude() + "," + place.getLongitude();
  }

  private static String fields(String name, Location place) {
    return name
        + ".latitude="
        + place.getLatitude()
        + "&"
        + name
        + ".longitude="
        + place.getLongitude();
  }
}
