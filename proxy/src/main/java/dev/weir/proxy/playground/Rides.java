package dev.weir.proxy.playground;

import dev.weir.routing.Coordinate;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.RoutingEngine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** What riders ask for: made up between places of the loaded map, and made once. */
final class Rides {

  static final Duration PATIENCE = Duration.ofMillis(500);

  private static final int REQUESTS = 512;

  /** Of the queries that an engine makes up, one in sixteen is such as may cost much. */
  private static final int TRIES = 4_000;

  private static final int RIDERS = 1_000;
  private static final int ISOCHRONE_SECONDS = 300;

  private Rides() {}

  /** Half of them plain routes, the others alternatives and isochrones, which cost far more. */
  static List<byte[]> of(RoutingEngine engine, RandomGenerator random) {
    List<RouteQuery.Route> plain = new ArrayList<>();
    List<RouteQuery.Route> flexible = new ArrayList<>();
    for (int i = 0; i < TRIES; i++) {
      if (engine.sample(random) instanceof RouteQuery.Route route && route.points().size() == 2) {
        (route.hints().isEmpty() ? plain : flexible).add(route);
      }
    }
    if (flexible.isEmpty()) {
      flexible = plain;
    }
    if (plain.isEmpty()) {
      plain = flexible;
    }
    List<byte[]> requests = new ArrayList<>();
    for (int i = 0; i < REQUESTS && !plain.isEmpty(); i++) {
      requests.add(request(target(plain, flexible, random), random));
    }
    return requests;
  }

  private static String target(
      List<RouteQuery.Route> plain, List<RouteQuery.Route> flexible, RandomGenerator random) {
    int dice = random.nextInt(100);
    if (dice < 50) {
      return route(any(plain, random));
    }
    RouteQuery.Route costly = any(flexible, random);
    return dice < 80
        ? route(costly)
            + "&ch.disable=true&algorithm=alternative_route&alternative_route.max_paths=3"
        : "/isochrone?profile="
            + costly.profile()
            + point(costly.points().getFirst())
            + "&time_limit="
            + ISOCHRONE_SECONDS;
  }

  private static RouteQuery.Route any(List<RouteQuery.Route> of, RandomGenerator random) {
    return of.get(random.nextInt(of.size()));
  }

  private static String route(RouteQuery.Route route) {
    return "/route?profile="
        + route.profile()
        + point(route.points().getFirst())
        + point(route.points().getLast());
  }

  private static String point(Coordinate at) {
    return "&point=" + at.latitude() + "," + at.longitude();
  }

  private static byte[] request(String target, RandomGenerator random) {
    int dice = random.nextInt(100);
    String request =
        "GET "
            + target
            + " HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nX-Weir-Priority: "
            + (dice < 60 ? "default" : dice < 85 ? "sheddable" : "batch")
            + "\r\nX-Weir-User: rider-"
            + random.nextInt(RIDERS)
            + "\r\nX-Request-Timeout-Ms: "
            + PATIENCE.toMillis()
            + "\r\n\r\n";
    return request.getBytes(StandardCharsets.US_ASCII);
  }
}
