package dev.weir.proxy.playground;

import dev.weir.routing.Coordinate;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.RoutingEngine;
import java.net.URI;
import java.net.http.HttpRequest;
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

  /** After that a connection is given up: an answer of the server comes long before. */
  private static final Duration GIVE_UP = Duration.ofSeconds(10);

  private static final int RIDERS = 1_000;
  private static final int ISOCHRONE_SECONDS = 300;

  private Rides() {}

  /** Half of them plain routes, the others alternatives and isochrones, which cost far more. */
  static List<HttpRequest> of(RoutingEngine engine, String server, RandomGenerator random) {
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
    List<HttpRequest> requests = new ArrayList<>();
    for (int i = 0; i < REQUESTS && !plain.isEmpty(); i++) {
      requests.add(request(server + target(plain, flexible, random), random));
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

  private static HttpRequest request(String url, RandomGenerator random) {
    int dice = random.nextInt(100);
    return HttpRequest.newBuilder(URI.create(url))
        .timeout(GIVE_UP)
        .header("X-Weir-Priority", dice < 60 ? "default" : dice < 85 ? "sheddable" : "batch")
        .header("X-Weir-User", "rider-" + random.nextInt(RIDERS))
        .header("X-Request-Timeout-Ms", String.valueOf(PATIENCE.toMillis()))
        .build();
  }
}
