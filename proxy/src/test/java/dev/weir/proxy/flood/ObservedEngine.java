package dev.weir.proxy.flood;

import dev.weir.routing.MalformedQuery;
import dev.weir.routing.Rendered;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.RoutingEngine;
import dev.weir.routing.StopSignal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** A real engine that counts who is inside, and can make them wait at its door. Thread-safe. */
public final class ObservedEngine implements RoutingEngine {

  private final RoutingEngine engine;
  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private volatile CountDownLatch door = new CountDownLatch(0);

  public ObservedEngine(RoutingEngine engine) {
    this.engine = engine;
  }

  /** From now on, whoever comes waits until {@link #open}. */
  public void shut() {
    door = new CountDownLatch(1);
  }

  public void open() {
    door.countDown();
  }

  /** Computations that have begun and not ended. */
  public int inside() {
    return inside.get();
  }

  /** The most that were ever inside. */
  public int most() {
    return most.get();
  }

  @Override
  public RouteOutcome compute(RouteQuery query, StopSignal stop) {
    int now = inside.incrementAndGet();
    most.accumulateAndGet(now, Math::max);
    try {
      door.await();
      return engine.compute(query, stop);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts workers", e);
    } finally {
      inside.decrementAndGet();
    }
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
  public void close() {
    engine.close();
  }
}
