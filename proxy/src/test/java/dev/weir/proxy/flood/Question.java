package dev.weir.proxy.flood;

import com.google.protobuf.Message;
import dev.weir.v1.FindNearestRequest;
import dev.weir.v1.FindNearestResponse;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.GetRouteResponse;
import dev.weir.v1.Location;
import dev.weir.v1.RoutingServiceGrpc.RoutingServiceBlockingStub;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * One question in the words of each transport.
 *
 * @param own of GraphHopper, as a target
 * @param rest by REST, as a target
 * @param rpc name of the method
 * @param call of gRPC
 * @param response the empty one
 */
record Question(
    String own,
    String rest,
    String rpc,
    Message request,
    Function<RoutingServiceBlockingStub, Message> call,
    Message response) {

  /** So many, from a seed: two in three for routes. */
  static List<Question> some(int count, SplittableRandom random) {
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      questions.add(i % 3 == 2 ? nearest(place(random)) : route(place(random), place(random)));
    }
    return questions;
  }

  private static Location place(SplittableRandom random) {
    return Location.newBuilder()
        .setLatitude(Math.round(random.nextDouble(43.729, 43.745) * 1e5) / 1e5)
        .setLongitude(Math.round(random.nextDouble(7.414, 7.43) * 1e5) / 1e5)
        .build();
  }

  static Question route(Location from, Location to) {
    GetRouteRequest request =
        GetRouteRequest.newBuilder().setProfile("car").setOrigin(from).setDestination(to).build();
    return new Question(
        "/route?profile=car&instructions=false&" + point(from) + "&" + point(to),
        "/v1/profiles/car/route?" + fields("origin", from) + "&" + fields("destination", to),
        "GetRoute",
        request,
        stub -> stub.getRoute(request),
        GetRouteResponse.getDefaultInstance());
  }

  private static Question nearest(Location at) {
    FindNearestRequest request = FindNearestRequest.newBuilder().setLocation(at).build();
    return new Question(
        "/nearest?" + point(at),
        "/v1/roads:nearest?" + fields("location", at),
        "FindNearest",
        request,
        stub -> stub.findNearest(request),
        FindNearestResponse.getDefaultInstance());
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
