package dev.weir.benchmarks.overhead;

import dev.weir.benchmarks.load.Requests;
import dev.weir.benchmarks.load.http2.Rpc;
import dev.weir.routing.Coordinate;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.Location;
import dev.weir.v1.RoutingServiceGrpc;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;

/** How the engine is asked for a route, with instructions, on contraction hierarchies. */
enum Way {
  /** By a thread of its own process: what the others are compared with. */
  ENGINE("engine alone"),
  /** The same engine over HTTP/1.1, by {@link BareServer}. */
  BARE("bare server"),
  /** {@code GET /route} over HTTP/1.1. */
  GRAPHHOPPER("GraphHopper's API"),
  /** The same over HTTP/2. */
  HTTP2("the same, HTTP/2"),
  /** {@code GET /v1/profiles/car/route} over HTTP/1.1. */
  REST("weir.v1, REST"),
  /** The same by callers who want their requests traced, of a server that exports traces. */
  TRACED("the same, traced"),
  /** {@code RoutingService/GetRoute}. */
  GRPC("weir.v1, gRPC");

  private static final String PROFILE = "car";
  private static final String TRACE =
      "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final String title;

  Way(String title) {
    this.title = title;
  }

  /** What it is compared with. */
  Way base() {
    return this == TRACED ? REST : ENGINE;
  }

  /** Whether it is the process of the engine alone that answers. */
  boolean isAlone() {
    return this == ENGINE || this == BARE;
  }

  /** For people. */
  String title() {
    return title;
  }

  /** The question between two places. */
  static GetRouteRequest request(List<Coordinate> points) {
    return request(points.getFirst(), points.getLast());
  }

  /** The question that {@link #line} wrote. */
  static GetRouteRequest request(String line) {
    StringTokenizer numbers = new StringTokenizer(line, ",");
    return request(coordinate(numbers), coordinate(numbers));
  }

  private static Coordinate coordinate(StringTokenizer numbers) {
    double latitude = Double.parseDouble(numbers.nextToken());
    return new Coordinate(latitude, Double.parseDouble(numbers.nextToken()));
  }

  private static GetRouteRequest request(Coordinate from, Coordinate to) {
    return GetRouteRequest.newBuilder()
        .setProfile(PROFILE)
        .setOrigin(location(from))
        .setDestination(location(to))
        .setInstructions(true)
        .setLocale("en")
        .build();
  }

  private static Location location(Coordinate at) {
    return Location.newBuilder().setLatitude(at.latitude()).setLongitude(at.longitude()).build();
  }

  /** Latitude and longitude of both places, so exact that nothing is lost. */
  static String line(GetRouteRequest question) {
    return text(question.getOrigin()) + "," + text(question.getDestination());
  }

  private static String text(Location at) {
    return at.getLatitude() + "," + at.getLongitude();
  }

  /** As GraphHopper's API has it. */
  static Requests.Plain graphHopper(GetRouteRequest question) {
    String target =
        String.format(
            Locale.ROOT,
            "/route?profile=%s&locale=en&instructions=true&point=%s&point=%s",
            PROFILE,
            text(question.getOrigin()),
            text(question.getDestination()));
    return new Requests.Plain(target, List.of(), "\"paths\"");
  }

  /** As the contract has it, by its annotations. */
  static Requests.Plain rest(GetRouteRequest question) {
    return rest(question, List.of());
  }

  /** The same as part of a trace that the caller exports. */
  static Requests.Plain traced(GetRouteRequest question) {
    return rest(question, List.of(TRACE));
  }

  private static Requests.Plain rest(GetRouteRequest question, List<String> headers) {
    String target =
        "/v1/profiles/%s/route?locale=en&instructions=true".formatted(PROFILE)
            + place("origin", question.getOrigin())
            + place("destination", question.getDestination());
    return new Requests.Plain(target, headers, "\"route\"");
  }

  private static String place(String name, Location at) {
    return "&%s.latitude=%s&%s.longitude=%s"
        .formatted(name, at.getLatitude(), name, at.getLongitude());
  }

  static Rpc grpc(GetRouteRequest question) {
    return new Rpc(RoutingServiceGrpc.getGetRouteMethod().getFullMethodName(), question, List.of());
  }
}
