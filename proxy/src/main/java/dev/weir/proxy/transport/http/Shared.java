package dev.weir.proxy.transport.http;

import dev.weir.proxy.config.HttpSettings;
import dev.weir.proxy.path.Application;
import dev.weir.proxy.path.Ticker;
import dev.weir.proxy.path.TransportObserver;
import dev.weir.routing.RoutingEngine;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * What all connections of a server have in common. Thread-safe.
 *
 * @param drain set once no connection is to outlive its current answer
 */
record Shared(
    HttpSettings settings,
    TimeLimit timeLimit,
    Application application,
    RoutingEngine engine,
    Documents documents,
    BooleanSupplier healthy,
    TransportObserver observer,
    Ticker ticker,
    AnswerEncoder encoder,
    HeldBytes held,
    AtomicBoolean drain) {

  boolean draining() {
    return drain.get();
  }
}
