package dev.weir.proxy;

import dev.weir.proxy.compute.WarmUp;
import dev.weir.proxy.config.Settings;
import dev.weir.proxy.config.SettingsPrinter;
import dev.weir.proxy.dispatch.Workers;
import dev.weir.proxy.observe.Gauges;
import dev.weir.proxy.observe.Observations;
import dev.weir.proxy.path.BreakerSwitch;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Ticker;
import dev.weir.proxy.transport.BindFailed;
import dev.weir.proxy.transport.EventLoops;
import dev.weir.proxy.transport.admin.AdminServer;
import dev.weir.proxy.transport.admin.AdminView;
import dev.weir.proxy.transport.http.HttpServer;
import dev.weir.routing.EngineStartException;
import dev.weir.routing.RoutingEngine;
import dev.weir.routing.graphhopper.GraphHopperEngine;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running Weir: engine, data plane and both ports, put together by hand. Used by {@link Main}, by
 * tests and by benchmarks. Thread-safe.
 */
public final class Server implements AutoCloseable {

  private static final Ticker TICKER = System::nanoTime;

  /** A waiting call is told of its deadline this late at most, even if no worker gets free. */
  private static final long SWEEP_MILLIS = 25;

  /** A search that is told to stop ends within milliseconds; this is for a stalled machine. */
  private static final long STOP_MILLIS = 1_000;

  /** What a crash may forget. */
  private static final long SAVE_MINUTES = 5;

  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private final Settings settings;
  private final Observations observations;
  private final RoutingEngine engine;
  private final DataPlane plane;
  private final CostKeeper costs;
  private final HttpServer http;
  private final AdminServer admin;
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().name("weir-sweeper").daemon().unstarted(task));
  private volatile boolean ready;
  private volatile boolean opened;
  private boolean closed;

  private Server(Settings settings, RoutingEngine engine, Observations observations, int permits) {
    this.settings = settings;
    this.engine = engine;
    this.observations = observations;
    this.plane = DataPlane.over(engine, settings, permits, observations, TICKER);
    this.costs = new CostKeeper(plane.costs(), settings.engine().graphDir());
    this.http =
        new HttpServer(
            settings.http(),
            settings.deadline(),
            plane.path(),
            engine,
            () -> ready,
            observations,
            TICKER,
            InstantSource.system());
    this.admin = new AdminServer(settings.admin(), new View());
    observations.watch(gauges());
  }

  private Gauges gauges() {
    return new Gauges(
        plane.gate()::permits,
        plane.gate()::running,
        plane.queue()::length,
        () -> plane.gate().workAheadNanos() / plane.gate().permits(),
        plane.guard()::position,
        http::eventLoops);
  }

  /**
   * Loads the map, warms up and opens the ports; returns when ready.
   *
   * @param progress hears one line per step, for the person who waits
   * @throws EngineStartException with one line that says what is wrong with the map
   * @throws BindFailed with one line that says which port is taken
   */
  public static Server start(Settings settings, Consumer<String> progress)
      throws EngineStartException, BindFailed, InterruptedException {
    EventLoops.checkFree(settings.http().host(), settings.http().port(), "http");
    return over(
        GraphHopperEngine.open(settings.engine(), progress, TICKER::nanos), settings, progress);
  }

  /**
   * The same around an engine that has loaded its map already; the server closes it in the end,
   * even if it cannot start.
   */
  public static Server over(RoutingEngine engine, Settings settings, Consumer<String> progress)
      throws BindFailed, InterruptedException {
    int wanted = settings.gate().permits();
    int permits =
        Workers.carriersFor(wanted > 0 ? wanted : Runtime.getRuntime().availableProcessors());
    Server server = new Server(settings, engine, new Observations(Version.current()), permits);
    try {
      server.open(progress);
      return server;
    } catch (BindFailed | InterruptedException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private void open(Consumer<String> progress) throws BindFailed, InterruptedException {
    admin.start();
    costs.load();
    new WarmUp(
            engine,
            plane.costs(),
            settings.warmUp(),
            plane.gate().permits(),
            Workers.virtual(),
            SplittableRandom::new,
            TICKER)
        .run(progress);
    var _ =
        sweeper.scheduleWithFixedDelay(
            this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    var _ =
        sweeper.scheduleWithFixedDelay(costs::save, SAVE_MINUTES, SAVE_MINUTES, TimeUnit.MINUTES);
    http.start();
    opened = true;
    ready = true;
  }

  private void sweep() {
    try {
      plane.queue().sweep();
    } catch (RuntimeException fault) {
      LOG.error("Sweeping the queue failed; waiting calls may hear of their deadline late.", fault);
    }
  }

  public int httpPort() {
    return http.port();
  }

  public int adminPort() {
    return admin.port();
  }

  /** The engine, for asking it about the map. */
  public RoutingEngine engine() {
    return engine;
  }

  /**
   * Stops as {@link Settings#drainTimeout()} says: takes no new calls, refuses what waits, finishes
   * what runs, and cuts off what is not finished by then. Blocks until done; further calls return
   * at once.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    ready = false;
    plane.path().drain();
    http.stopAccepting();
    plane.queue().close(Refusal.Reason.DRAINING);
    boolean idle = false;
    try {
      idle = finishRunning();
      http.drained().get(STOP_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException slowReaders) {
      // whoever has not taken the answer by now does not get the rest of it
    }
    http.close();
    sweeper.shutdownNow();
    if (opened) {
      costs.save();
    }
    admin.close();
    if (idle) {
      engine.close(); // not under a search that still reads the graph
    }
    observations.close();
  }

  /** Returns whether nothing runs any more. */
  private boolean finishRunning() throws InterruptedException {
    if (plane.queue().awaitIdle(settings.drainTimeout().toMillis())) {
      return true;
    }
    plane.path().stopRunning();
    return plane.queue().awaitIdle(STOP_MILLIS);
  }

  /** What the operator sees. */
  private final class View implements AdminView {

    @Override
    public String metrics() {
      return observations.scrape();
    }

    @Override
    public boolean live() {
      return true;
    }

    @Override
    public boolean ready() {
      return ready;
    }

    @Override
    public String config() {
      return SettingsPrinter.print(settings);
    }

    @Override
    public BreakerSwitch breaker() {
      return plane.guard();
    }
  }
}
