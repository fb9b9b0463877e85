package dev.weir.proxy;

import dev.weir.proxy.admit.BoundedGate;
import dev.weir.proxy.auth.KeyRing;
import dev.weir.proxy.brownout.Ladder;
import dev.weir.proxy.classify.CallClassifier;
import dev.weir.proxy.classify.CostByKind;
import dev.weir.proxy.config.Live;
import dev.weir.proxy.config.Settings;
import dev.weir.proxy.dispatch.WorkQueue;
import dev.weir.proxy.dispatch.Workers;
import dev.weir.proxy.path.Computation;
import dev.weir.proxy.path.PathObserver;
import dev.weir.proxy.path.RequestPath;
import dev.weir.proxy.path.Ticker;
import dev.weir.proxy.resilience.GuardedEngine;
import dev.weir.routing.RoutingEngine;

/** The steps of the path, put together: classify, admit, queue, guard, compute. */
record DataPlane(RequestPath path, BoundedGate gate, WorkQueue queue, GuardedEngine guard) {

  static DataPlane over(
      RoutingEngine engine,
      Live<Settings> live,
      int permits,
      PathObserver observer,
      Ticker ticker) {
    Settings settings = live.get();
    CostByKind costs = new CostByKind();
    BoundedGate gate = new BoundedGate(settings.gate(), permits, ticker);
    WorkQueue queue = new WorkQueue(permits, settings.gate(), Workers.virtual(), ticker);
    Computation computation = engine::compute;
    GuardedEngine guard =
        new GuardedEngine(computation, live.map(Settings::breaker), permits, ticker);
    RequestPath path =
        new RequestPath(
            new KeyRing(live.map(Settings::callers)),
            new CallClassifier(costs),
            guard,
            gate,
            new Ladder(settings.engine(), live.map(Settings::brownout)),
            queue,
            guard,
            costs,
            observer,
            ticker);
    return new DataPlane(path, gate, queue, guard);
  }
}
