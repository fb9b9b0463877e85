package dev.weir.proxy;

import dev.weir.proxy.config.Settings;
import dev.weir.routing.Coordinate;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.StopSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a newcomer reads when the server is ready. */
final class Welcome {

  /** Random pairs of places are connected more often than not. */
  private static final int TRIES = 200;

  private Welcome() {}

  /** A request that the server answers with a route, or with facts of a map without any. */
  static String exampleUrl(Server server, Settings settings) {
    RouteQuery.Route example = example(server);
    return httpBase(server, settings) + (example == null ? "/info" : target(example));
  }

  private static String httpBase(Server server, Settings settings) {
    String scheme = settings.http().tls().on() ? "https://" : "http://";
    return scheme + settings.http().host() + ":" + server.httpPort();
  }

  static List<String> lines(Server server, Settings settings, String exampleUrl) {
    String admin = "http://" + settings.admin().host() + ":" + server.adminPort();
    String grpc =
        server.grpcPort() == 0
            ? ""
            : ", by gRPC on " + settings.grpc().host() + ":" + server.grpcPort();
    String http = httpBase(server, settings);
    List<String> lines = new ArrayList<>();
    lines.addAll(List.of("", "Weir is ready on " + http + grpc, ""));
    lines.add("Ask for a route:   curl '" + exampleUrl + "'");
    if (settings.http().showsPlayground()) {
      lines.add("Try it on a map:   " + http + "/maps/");
    }
    lines.add("Is it well?        curl " + admin + "/health/ready");
    lines.add("What does it do?   " + admin + "/ in a browser, or curl " + admin + "/metrics");
    lines.addAll(List.of("Stop it:           Ctrl-C", ""));
    return lines;
  }

  /** A route that exists on the loaded map, found by trying. */
  private static RouteQuery.@Nullable Route example(Server server) {
    SplittableRandom random = new SplittableRandom(1);
    for (int attempt = 0; attempt < TRIES; attempt++) {
      if (server.engine().sample(random) instanceof RouteQuery.Route route
          && route.points().size() == 2
          && route.hints().isEmpty()
          && server.engine().compute(route, StopSignal.NEVER) instanceof RouteOutcome.Found) {
        return route;
      }
    }
    return null;
  }

  private static String target(RouteQuery.Route route) {
    return "/route?profile="
        + route.profile()
        + route.points().stream().map(Welcome::point).collect(Collectors.joining());
  }

  private static String point(Coordinate at) {
    return String.format(Locale.ROOT, "&point=%.5f,%.5f", at.latitude(), at.longitude());
  }
}
