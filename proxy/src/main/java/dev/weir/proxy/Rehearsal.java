package dev.weir.proxy;

import dev.weir.proxy.admit.CostGate;
import dev.weir.proxy.auth.Doorkeeper;
import dev.weir.proxy.compute.Flood;
import dev.weir.proxy.config.Live;
import dev.weir.proxy.config.Settings;
import dev.weir.proxy.observe.Observations;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Ticker;
import dev.weir.proxy.path.WorkClock;
import dev.weir.proxy.rides.Quotes;
import dev.weir.proxy.transport.BindFailed;
import dev.weir.proxy.transport.Traces;
import dev.weir.proxy.transport.contract.Rules;
import dev.weir.proxy.transport.http.HttpServer;
import dev.weir.routing.RoutingEngine;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first flood, before there are callers. Code for refusing runs when there is least time to
 * compile it: without this, a server that was idle answers its first overload with a second of
 * delay. So a second front end and a second gate, of the same classes around the same engine, are
 * overloaded on a port of their own on loopback for a moment, and thrown away with all they learned
 * and counted.
 */
final class Rehearsal {

  private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

  /** For each thread that may compute, so that most of them cannot be served. */
  private static final int CALLERS = 8;

  private final RoutingEngine engine;
  private final Rules rules;
  private final Settings settings;
  private final int machine;
  private final int threads;
  private final Ticker ticker;
  private final WorkClock work;

  Rehearsal(
      RoutingEngine engine,
      Rules rules,
      Settings settings,
      int machine,
      int threads,
      Ticker ticker,
      WorkClock work) {
    this.engine = engine;
    this.rules = rules;
    this.settings = settings.aside();
    this.machine = machine;
    this.threads = threads;
    this.ticker = ticker;
    this.work = work;
  }

  /**
   * Blocks until it is over; a fault of it is logged and not thrown, since the server is none the
   * worse for it.
   *
   * @param progress hears one line
   */
  void run(Consumer<String> progress) throws InterruptedException {
    long mostNanos = settings.warmUp().flood().toNanos();
    if (mostNanos == 0) {
      return;
    }
    Live<Settings> live = new Live<>(settings);
    try (Observations unheard = Observations.unlogged(Version.current())) {
      DataPlane plane =
          DataPlane.over(
              engine, live, anybody(live, unheard), machine, threads, unheard, ticker, work);
      try (HttpServer http = front(live, plane, unheard)) {
        http.start();
        progress.accept(overload(http.port(), plane, mostNanos));
      } catch (BindFailed | RuntimeException e) {
        LOG.warn("The first flood is not rehearsed, so it may be answered slowly.", e);
      } finally {
        plane.path().drain();
        plane.queue().close(Refusal.Reason.DRAINING);
      }
    }
  }

  private Doorkeeper anybody(Live<Settings> live, Observations unheard) {
    return new Doorkeeper(live.map(Settings::callers), unheard, ticker, InstantSource.system(), 1);
  }

  private HttpServer front(Live<Settings> live, DataPlane plane, Observations unheard) {
    return new HttpServer(
        settings.http(),
        live.map(Settings::deadline),
        plane.path(),
        engine,
        rules,
        new Quotes(live.map(Settings::rides), InstantSource.system(), new SecureRandom()),
        () -> true,
        plane.gate(),
        unheard,
        ticker,
        InstantSource.system(),
        new Traces(new SplittableRandom()),
        null,
        null);
  }

  /** Its thread keeps the gate's time. */
  private String overload(int port, DataPlane plane, long mostNanos) throws InterruptedException {
    long startNanos = ticker.nanos();
    try (Flood flood = Flood.of(engine, settings.warmUp().seed(), port, CALLERS * threads)) {
      while (!flood.level(ticker.nanos()) && ticker.nanos() - startNanos < mostNanos) {
        TimeUnit.NANOSECONDS.sleep(CostGate.TICK_NANOS);
        plane.gate().tick();
        plane.queue().sweep();
      }
      return String.format(
          Locale.ROOT,
          "rehearsed a flood in %.1f s with %d requests, %d refused",
          (ticker.nanos() - startNanos) / 1e9,
          flood.ended(),
          flood.refused());
    }
  }
}
