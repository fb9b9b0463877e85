package dev.weir.proxy.chaos;

import dev.weir.routing.MalformedQuery;
import dev.weir.routing.Rendered;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.RoutingEngine;
import dev.weir.routing.StopSignal;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Answers every query alike, and knows nothing else. */
final class FakeEngine implements RoutingEngine {

  private final Supplier<RouteOutcome> answer;

  FakeEngine(Supplier<RouteOutcome> answer) {
    this.answer = answer;
  }

  @Override
  public RouteOutcome compute(RouteQuery query, StopSignal stop) {
    return answer.get();
  }

  @Override
  public RouteQuery.Route readRoute(byte[] json) throws MalformedQuery {
    throw new UnsupportedOperationException();
  }

  @Override
  public Rendered info() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Rendered translations(String locale) {
    throw new UnsupportedOperationException();
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
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
