package dev.weir.benchmarks.peers;

import dev.weir.routing.Coordinate;
import dev.weir.routing.Rendered;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.RouteQuery.Rendering;
import dev.weir.routing.RoutingEngine;
import dev.weir.routing.StopSignal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;

/** An engine that answers everything after so much computing, once its gate is open. */
final class SpinningEngine implements RoutingEngine {

  private static final Rendering NOTHING =
      new Rendering(false, false, false, false, RouteQuery.Json.USUAL);

  private final long costNanos;
  private final CountDownLatch gate;

  SpinningEngine(long costNanos, CountDownLatch gate) {
    this.costNanos = costNanos;
    this.gate = gate;
  }

  static SpinningEngine of(long costNanos) {
    return new SpinningEngine(costNanos, new CountDownLatch(0));
  }

  static RouteQuery.Route query() {
    Coordinate place = new Coordinate(0, 0);
    return new RouteQuery.Route(
        "car",
        List.of(place, place),
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of(),
        "",
        "en",
        null,
        Map.of(),
        NOTHING);
  }

  @Override
  public RouteOutcome compute(RouteQuery query, StopSignal stop) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (long end = System.nanoTime() + costNanos; System.nanoTime() - end < 0; ) {
      if (stop.cause() != null) {
        return new RouteOutcome.TooLate(1);
      }
    }
    return new RouteOutcome.Found(info(), 1);
  }

  @Override
  public RouteQuery.Route readRoute(byte[] json) {
    return query();
  }

  @Override
  public int nodes() {
    return 1_000;
  }

  @Override
  public int nodesNear(double latitude, double longitude) {
    return 100;
  }

  @Override
  public Rendered info() {
    return new Rendered(Rendered.Media.JSON, new byte[0], 0);
  }

  @Override
  public Rendered translations(String locale) {
    return info();
  }

  @Override
  public RouteQuery sample(RandomGenerator random) {
    return query();
  }

  @Override
  public void close() {}
}
