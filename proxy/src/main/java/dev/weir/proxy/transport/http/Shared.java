package dev.weir.proxy.transport.http;

import dev.weir.proxy.config.HttpSettings;
import dev.weir.proxy.path.Application;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Ticker;
import dev.weir.proxy.path.TransportObserver;
import dev.weir.proxy.transport.Gathering;
import dev.weir.proxy.transport.HeldBytes;
import dev.weir.proxy.transport.TimeLimit;
import dev.weir.proxy.transport.Traces;
import dev.weir.proxy.transport.contract.RestRoutes;
import dev.weir.proxy.transport.contract.RpcMethods;
import dev.weir.proxy.transport.contract.Rules;
import dev.weir.routing.RequestKind;
import dev.weir.routing.RoutingEngine;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What all connections of a server have in common. Thread-safe.
 *
 * @param maps the playground, {@code null} if there is none
 * @param drain set once no connection is to outlive its current answer
 */
record Shared(
    HttpSettings settings,
    TimeLimit timeLimit,
    Application application,
    RoutingEngine engine,
    Rules rules,
    RestRoutes routes,
    RpcMethods methods,
    Documents documents,
    @Nullable Maps maps,
    BooleanSupplier healthy,
    TransportObserver observer,
    Ticker ticker,
    Traces traces,
    AnswerEncoder encoder,
    HeldBytes held,
    AtomicBoolean drain,
    Gathering gathering) {

  /** What a call would be refused with, whatever is in it. */
  @Nullable Refusal screen(RequestKind kind, Caller caller, long limitNanos) {
    Refusal refusal = application.screen(kind, caller, limitNanos);
    if (refusal != null) {
      gathering.refused();
    } else if (held.full()) {
      observer.refused(kind, Refusal.Reason.SLOW_READERS);
      return HeldBytes.SLOW_READERS;
    }
    return refusal;
  }

  boolean draining() {
    return drain.get();
  }
}
