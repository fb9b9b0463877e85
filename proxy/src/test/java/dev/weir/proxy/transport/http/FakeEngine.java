package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.routing.MalformedQuery;
import dev.weir.routing.MapTile;
import dev.weir.routing.Problem;
import dev.weir.routing.Rendered;
import dev.weir.routing.Rendered.Media;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.RoutingEngine;
import dev.weir.routing.StopSignal;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Knows no map; reads any document as a query whose profile is that document. */
final class FakeEngine implements RoutingEngine {

  /** How tiles are drawn. */
  volatile Function<MapTile, Rendered> drawing = RoutingEngine.super::roads;

  @Override
  public Rendered roads(MapTile tile) {
    return drawing.apply(tile);
  }

  @Override
  public RouteOutcome compute(RouteQuery query, StopSignal stop) {
    throw new UnsupportedOperationException("transports do not compute");
  }

  @Override
  public RouteQuery.Route readRoute(byte[] json) throws MalformedQuery {
    if (json.length == 0) {
      throw new MalformedQuery(
          Problem.of(Problem.Kind.NO_DOCUMENT, "The request body must not be null", null));
    }
    return new RouteQuery.Route(
        new String(json, UTF_8),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of(),
        "",
        "",
        null,
        Map.of(),
        new RouteQuery.Rendering(true, true, false, false, RouteQuery.Json.USUAL));
  }

  @Override
  public Rendered info() {
    return new Rendered(Media.JSON, ("{\"info\":\"" + "i".repeat(400) + "\"}").getBytes(UTF_8), 0);
  }

  @Override
  public Rendered translations(String locale) {
    return new Rendered(Media.JSON, ("{\"locale\":\"" + locale + "\"}").getBytes(UTF_8), 0);
  }

  @Override
  public int nodes() {
    return 0;
  }

  @Override
  public int nodesNear(double latitude, double longitude) {
    return 0;
  }

  @Override
  public RouteQuery sample(RandomGenerator random) {
    throw new UnsupportedOperationException("no map");
  }

  @Override
  public void close() {}
}
