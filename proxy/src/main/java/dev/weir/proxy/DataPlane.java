package dev.weir.proxy;

import dev.weir.proxy.admit.CostGate;
import dev.weir.proxy.brownout.Ladder;
import dev.weir.proxy.classify.CallClassifier;
import dev.weir.proxy.classify.LearnedCosts;
import dev.weir.proxy.config.CallersSettings;
import dev.weir.proxy.config.GateSettings;
import dev.weir.proxy.config.Live;
import dev.weir.proxy.config.Settings;
import dev.weir.proxy.dispatch.WorkQueue;
import dev.weir.proxy.dispatch.Workers;
import dev.weir.proxy.path.Authenticator;
import dev.weir.proxy.path.Computation;
import dev.weir.proxy.path.PathObserver;
import dev.weir.proxy.path.RequestPath;
import dev.weir.proxy.path.Ticker;
import dev.weir.proxy.path.WorkClock;
import dev.weir.proxy.quota.LocalQuota;
import dev.weir.proxy.resilience.GuardedEngine;
import dev.weir.routing.RoutingEngine;
import java.time.InstantSource;

/** The steps of the path, put together: classify, admit, queue, guard, compute. */
record DataPlane(
    RequestPath path,
    LocalQuota quota,
    CostGate gate,
    WorkQueue queue,
    GuardedEngine guard,
    LearnedCosts costs) {

  static DataPlane over(
      RoutingEngine engine,
      Live<Settings> live,
      Authenticator authenticator,
      int machine,
      int threads,
      PathObserver observer,
      Ticker ticker,
      WorkClock work) {
    Settings settings = live.get();
    Live<GateSettings> bounds = live.map(Settings::gate);
    LearnedCosts costs =
        new LearnedCosts(
            settings.engine().profiles(),
            String.valueOf(settings.engine().map().getFileName()),
            engine.nodes(),
            engine::nodesNear);
    Live<CallersSettings> callers = live.map(Settings::callers);
    LocalQuota quota = new LocalQuota(callers, ticker, InstantSource.system());
    CostGate gate = new CostGate(bounds, machine, threads, observer, ticker);
    WorkQueue queue =
        new WorkQueue(
            gate::limit,
            gate::largeShare,
            () -> bounds.get().order(),
            gate,
            Workers.virtual(),
            ticker,
            threads / 2);
    Computation computation = engine::compute;
    GuardedEngine guard =
        new GuardedEngine(computation, live.map(Settings::breaker), threads, ticker);
    RequestPath path =
        new RequestPath(
            authenticator,
            new CallClassifier(costs, InstantSource.system()),
            guard,
            quota,
            gate,
            new Ladder(settings.engine(), live.map(Settings::brownout)),
            queue,
            guard,
            costs,
            observer,
            ticker,
            work);
    return new DataPlane(path, quota, gate, queue, guard, costs);
  }
}
