package dev.weir.proxy.chaos;

import dev.weir.routing.MalformedQuery;
import dev.weir.routing.MapTile;
import dev.weir.routing.Rendered;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.RoutingEngine;
import dev.weir.routing.StopSignal;
import java.util.List;
import java.util.random.RandomGenerator;

/** An engine with faults around its computations; all else is the engine's. Thread-safe. */
final class FaultyEngine implements RoutingEngine {

  private final RoutingEngine engine;
  private final EngineFault.Inner computation;

  /**
   * @param faults befall a call in this order
   */
  FaultyEngine(RoutingEngine engine, List<EngineFault> faults) {
    this.engine = engine;
    EngineFault.Inner inner = engine::compute;
    for (EngineFault fault : faults.reversed()) {
      EngineFault.Inner next = inner;
      inner = (query, stop) -> fault.around(query, stop, next);
    }
    this.computation = inner;
  }

  @Override
  public RouteOutcome compute(RouteQuery query, StopSignal stop) {
    return computation.compute(query, stop);
  }

  @Override
  public RouteQuery.Route readRoute(byte[] json) throws MalformedQuery {
    return engine.readRoute(json);
  }

  @Override
  public Rendered info() {
    return engine.info();
  }

  @Override
  public Rendered translations(String locale) {
    return engine.translations(locale);
  }

  @Override
  public int nodes() {
    return engine.nodes();
  }

  @Override
  public int nodesNear(double latitude, double longitude) {
    return engine.nodesNear(latitude, longitude);
  }

  @Override
  public RouteQuery sample(RandomGenerator random) {
    return engine.sample(random);
  }

  @Override
  public Rendered roads(MapTile tile) {
    return engine.roads(tile);
  }

  @Override
  public void close() {
    engine.close();
  }
}
