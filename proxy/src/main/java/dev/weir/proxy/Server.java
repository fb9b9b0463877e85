package dev.weir.proxy;

import dev.weir.proxy.admit.CostGate;
import dev.weir.proxy.auth.Doorkeeper;
import dev.weir.proxy.auth.UnusableKeys;
import dev.weir.proxy.compute.WarmUp;
import dev.weir.proxy.config.GateSettings;
import dev.weir.proxy.config.HttpSettings;
import dev.weir.proxy.config.Live;
import dev.weir.proxy.config.Reading;
import dev.weir.proxy.config.Settings;
import dev.weir.proxy.dispatch.Workers;
import dev.weir.proxy.observe.Gauges;
import dev.weir.proxy.observe.Observations;
import dev.weir.proxy.observe.trace.Tracing;
import dev.weir.proxy.path.CertificateObserver.Port;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Ticker;
import dev.weir.proxy.playground.Riders;
import dev.weir.proxy.rides.Quotes;
import dev.weir.proxy.transport.BindFailed;
import dev.weir.proxy.transport.EventLoops;
import dev.weir.proxy.transport.Traces;
import dev.weir.proxy.transport.admin.AdminServer;
import dev.weir.proxy.transport.admin.Reload;
import dev.weir.proxy.transport.contract.Rules;
import dev.weir.proxy.transport.grpc.GrpcServer;
import dev.weir.proxy.transport.http.HttpServer;
import dev.weir.routing.EngineStartException;
import dev.weir.routing.RoutingEngine;
import dev.weir.routing.graphhopper.GraphHopperEngine;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running Weir: engine, data plane and all ports, put together by hand. Used by {@link Main}, by
 * tests and by benchmarks. Thread-safe.
 */
public final class Server implements AutoCloseable {

  private static final Ticker TICKER = System::nanoTime;

  /** A search that is told to stop ends within milliseconds; this is for a stalled machine. */
  private static final long STOP_MILLIS = 1_000;

  /** What a crash may forget. */
  private static final long SAVE_MINUTES = 5;

  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  /** A new certificate is in use after twice as long. */
  private static final long CERTIFICATE_SECONDS = 5;

  /** Between two looks whether it is time to read the keys of an issuer of tokens. */
  private static final long ISSUER_SECONDS = 5;

  /** Threads for limits that do not look at the number of processors: they end at 200. */
  private static final int WIDE = 400;

  private final Live<Settings> live;
  private final Reloading reloading;
  private final int processors;
  private final int machine;
  private final int threads;
  private final Observations observations;
  private final Ground ground;
  private final RoutingEngine engine;
  private final Doorkeeper door;
  private final DataPlane plane;
  private final CostKeeper costs;
  private final QuotaKeeper quotas;
  private final Rules rules;
  private final @Nullable Riders riders;
  private final HttpServer http;
  private final @Nullable GrpcServer grpc;
  private final AdminServer admin;
  private final PortCertificates certificates;

  private final ScheduledExecutorService clock = oneThread("weir-clock");

  /** For the disk, which may be slow: the clock does not wait for it. */
  private final ScheduledExecutorService disk = oneThread("weir-disk");

  private volatile boolean ready;

  /** An operator has taken it out of service. */
  private volatile boolean out;

  private volatile boolean opened;
  private boolean closed;

  private Server(
      Live<Settings> live,
      Supplier<Reading> source,
      Ground ground,
      Observations observations,
      PortCertificates certificates,
      int processors) {
    Settings settings = live.get();
    this.live = live;
    this.reloading = new Reloading(live, source);
    this.ground = ground;
    this.engine = ground.engine();
    this.observations = observations;
    this.certificates = certificates;
    this.processors = processors;
    this.machine = Runtime.getRuntime().availableProcessors();
    this.threads =
        Workers.carriers(threads(settings.gate().limit(), Math.max(machine, processors)));
    this.door =
        new Doorkeeper(
            live.map(Settings::callers),
            observations,
            ground.ticker(),
            InstantSource.system(),
            Math.max(1, machine / 2));
    this.plane =
        DataPlane.over(
            engine, live, door, machine, threads, observations, ground.ticker(), ground.work());
    this.costs = new CostKeeper(plane.costs(), settings.engine().graphDir(), ground.disk());
    this.quotas = new QuotaKeeper(plane.quota(), settings.engine().graphDir(), ground.disk());
    this.rules = Rules.ofContract();
    Quotes quotes =
        new Quotes(live.map(Settings::rides), InstantSource.system(), new SecureRandom());
    Traces traces =
        new Traces(
            new SplittableRandom(new SecureRandom().nextLong()), live.map(Settings::tracing));
    this.riders = floods(settings.http()) ? riders(settings.http()) : null;
    this.http =
        new HttpServer(
            settings.http(),
            live.map(Settings::deadline),
            plane.path(),
            engine,
            rules,
            quotes,
            this::ready,
            plane.gate(),
            observations,
            ground.ticker(),
            InstantSource.system(),
            traces,
            certificates.http(),
            riders);
    this.grpc =
        settings.grpc().enabled()
            ? new GrpcServer(
                settings.grpc(),
                live.map(Settings::deadline),
                plane.path(),
                rules,
                quotes,
                plane.gate(),
                observations,
                ground.ticker(),
                InstantSource.system(),
                traces,
                certificates.grpc())
            : null;
    ground.loops(http::onEachLoop);
    OperatorView view =
        new OperatorView(
            live,
            reloading,
            plane,
            observations,
            ground.faults(),
            this::ready,
            () -> out,
            this::out);
    this.admin = new AdminServer(settings.admin(), view, ground.ticker(), InstantSource.system());
    observations.watch(gauges());
  }

  /** Nobody but who sits at this machine may flood it. */
  private static boolean floods(HttpSettings http) {
    return http.showsPlayground() && http.onLoopback() && !http.tls().on();
  }

  /** With requests that bring no key, so not while they need one. */
  private Riders riders(HttpSettings http) {
    Live<Boolean> offered = live.map(settings -> !settings.callers().requireKey());
    Riders made =
        new Riders(
            engine,
            http.host(),
            this::httpPort,
            processors,
            offered::get,
            TICKER,
            LockSupport::parkNanos,
            Thread.ofPlatform().name("weir-rider-", 0).daemon().factory());
    offered.onChange(_ -> made.stop());
    return made;
  }

  /** Twice as many as the limit may become: critical calls run beside what holds all permits. */
  private static int threads(GateSettings.Limit limit, int processors) {
    return switch (limit) {
      case MARGINAL, FIXED -> 4 * processors;
      case AIMD, GRADIENT2, VEGAS, ENVOY, BBR -> Math.max(4 * processors, WIDE);
    };
  }

  private Gauges gauges() {
    return new Gauges(
        plane.gate()::limit,
        plane.gate()::running,
        plane.queue()::length,
        plane.queue()::lost,
        plane.gate()::workAheadNanos,
        plane.gate()::effectiveProcessors,
        plane.gate()::loadPercent,
        plane.gate()::admittedPart,
        plane.guard()::position,
        http::eventLoops,
        () -> grpc == null ? 0 : grpc.rides());
  }

  /**
   * Loads the map, warms up and opens the ports; returns when ready.
   *
   * @param progress hears one line per step, for the person who waits
   * @throws EngineStartException with one line that says what is wrong with the map
   * @throws BindFailed with one line that says which port is taken, or what is wrong with a
   *     certificate or the keys of an issuer of tokens
   */
  public static Server start(Settings settings, Consumer<String> progress)
      throws EngineStartException, BindFailed, InterruptedException {
    return start(settings, () -> new Reading.Accepted(settings), progress);
  }

  /**
   * The same for settings that may be read again.
   *
   * @param source reads them as they are by then
   */
  public static Server start(Settings settings, Supplier<Reading> source, Consumer<String> progress)
      throws EngineStartException, BindFailed, InterruptedException {
    EventLoops.checkFree(settings.http().host(), settings.http().port(), "http");
    if (settings.grpc().enabled()) {
      EventLoops.checkFree(settings.grpc().host(), settings.grpc().port(), "grpc");
    }
    PortCertificates certificates = certificates(settings);
    RoutingEngine engine = GraphHopperEngine.open(settings.engine(), progress, TICKER::nanos);
    return over(engine, settings, certificates, source, progress);
  }

  /**
   * The same around an engine that has loaded its map already; the server closes it in the end,
   * even if it cannot start.
   */
  public static Server over(RoutingEngine engine, Settings settings, Consumer<String> progress)
      throws BindFailed, InterruptedException {
    PortCertificates certificates;
    try {
      certificates = certificates(settings);
    } catch (BindFailed e) {
      engine.close();
      throw e;
    }
    return over(engine, settings, certificates, () -> new Reading.Accepted(settings), progress);
  }

  /**
   * Looks at the files that settings name, but for the map and its graph, and starts nothing.
   *
   * @throws BindFailed with one line that says what is wrong with one of them
   */
  static void check(Settings settings) throws BindFailed {
    var _ = certificates(settings);
  }

  /** Whatever can be wrong with files is said before the map is loaded. */
  private static PortCertificates certificates(Settings settings) throws BindFailed {
    try {
      Doorkeeper.requireKeys(settings.callers().tokens());
    } catch (UnusableKeys e) {
      throw new BindFailed(Complaint.of(e), e);
    }
    return PortCertificates.read(settings, InstantSource.system());
  }

  private static Server over(
      RoutingEngine engine,
      Settings settings,
      PortCertificates certificates,
      Supplier<Reading> source,
      Consumer<String> progress)
      throws BindFailed, InterruptedException {
    int wanted = settings.gate().permits();
    int processors = wanted > 0 ? wanted : Runtime.getRuntime().availableProcessors();
    Ground ground = Ground.of(engine, TICKER, settings.admin().chaos());
    Live<Settings> live = new Live<>(settings);
    Tracing tracing =
        Tracing.start(
            live.map(Settings::tracing),
            Version.current(),
            ground.ticker(),
            InstantSource.system());
    Observations observations = new Observations(Version.current(), tracing);
    Server server = new Server(live, source, ground, observations, certificates, processors);
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
    quotas.load();
    new WarmUp(
            engine,
            plane.costs(),
            live.get().warmUp(),
            processors,
            Workers.virtual(),
            SplittableRandom::new,
            ground.ticker(),
            ground.work())
        .run(progress);
    new Rehearsal(engine, rules, live.get(), machine, threads, ground.ticker(), ground.work())
        .run(progress);
    var _ =
        clock.scheduleWithFixedDelay(
            this::tick, CostGate.TICK_NANOS, CostGate.TICK_NANOS, TimeUnit.NANOSECONDS);
    var _ = disk.scheduleWithFixedDelay(this::save, SAVE_MINUTES, SAVE_MINUTES, TimeUnit.MINUTES);
    certificates.announce(observations);
    var _ =
        disk.scheduleWithFixedDelay(
            this::checkCertificates, CERTIFICATE_SECONDS, CERTIFICATE_SECONDS, TimeUnit.SECONDS);
    awaitIssuer();
    var _ =
        disk.scheduleWithFixedDelay(
            this::checkIssuer, ISSUER_SECONDS, ISSUER_SECONDS, TimeUnit.SECONDS);
    http.start();
    watchLoops(Port.HTTP, http::onEachLoop);
    if (grpc != null) {
      grpc.start();
      var _ = clock.scheduleWithFixedDelay(() -> sweep(grpc), 1, 1, TimeUnit.SECONDS);
      watchLoops(Port.GRPC, grpc::onEachLoop);
    }
    LOG.info("listening on {}:{} ({})", live.get().http().host(), http.port(), http.kind());
    opened = true;
    ready = true;
  }

  private static ScheduledExecutorService oneThread(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        task -> Thread.ofPlatform().name(name).daemon().unstarted(task));
  }

  private void save() {
    try {
      costs.save();
      quotas.save();
    } catch (RuntimeException fault) {
      LOG.error("What was learned and spent could not be saved; the next attempt will.", fault);
    }
  }

  private static void sweep(GrpcServer grpc) {
    try {
      grpc.sweep();
    } catch (RuntimeException fault) {
      LOG.error("Calls and rides that are over could not be looked for.", fault);
    }
  }

  private void watchLoops(Port port, ToIntFunction<Runnable> onEachLoop) {
    LoopProbe probe =
        new LoopProbe(
            onEachLoop, lagNanos -> observations.loopLagged(port, lagNanos), ground.ticker());
    var _ = clock.scheduleWithFixedDelay(() -> send(probe), 1, 1, TimeUnit.SECONDS);
  }

  private static void send(LoopProbe probe) {
    try {
      probe.send();
    } catch (RejectedExecutionException ended) {
      // the server is being closed
    }
  }

  private void tick() {
    try {
      plane.gate().tick();
      plane.queue().sweep();
    } catch (RuntimeException fault) {
      LOG.error("A tick of gate and queue failed; they decide by what they knew before.", fault);
    }
  }

  private void checkCertificates() {
    try {
      certificates.check(observations);
    } catch (RuntimeException fault) {
      LOG.error("Certificates could not be looked at; those in use stay.", fault);
    }
  }

  private void checkIssuer() {
    try {
      var _ = door.check();
    } catch (RuntimeException fault) {
      LOG.error("The keys of the issuer could not be read; those in use stay.", fault);
    }
  }

  /** The first tokens are not to be refused for keys that are on their way. */
  private void awaitIssuer() throws InterruptedException {
    try {
      door.check().get(2 * ISSUER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("tokens: the keys of the issuer are not there yet");
    }
  }

  private boolean ready() {
    return ready && !out;
  }

  private void out(boolean wished) {
    out = wished;
    if (grpc != null) {
      grpc.welcome(!wished);
    }
  }

  public int httpPort() {
    return http.port();
  }

  /** 0 if there is none. */
  public int grpcPort() {
    return grpc == null ? 0 : grpc.port();
  }

  public int adminPort() {
    return admin.port();
  }

  /** The settings in effect. */
  Live<Settings> settings() {
    return live;
  }

  /** Reads the settings again, and swaps them if nothing is wrong with them. */
  Reload reload() {
    return reloading.reload();
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
    if (riders != null) {
      riders.close();
    }
    plane.path().drain();
    http.stopAccepting();
    if (grpc != null) {
      grpc.stopAccepting();
    }
    plane.queue().close(Refusal.Reason.DRAINING);
    boolean idle = false;
    try {
      idle = finishRunning();
      http.drained().get(STOP_MILLIS, TimeUnit.MILLISECONDS);
      if (grpc != null) {
        grpc.awaitDrained(STOP_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException slowReaders) {
      // whoever has not taken the answer by now does not get the rest of it
    }
    http.close();
    if (grpc != null) {
      grpc.close();
    }
    clock.shutdownNow();
    disk.shutdownNow();
    door.close();
    if (opened) {
      save();
    }
    ground.close();
    admin.close();
    if (idle && !http.draws() && (riders == null || !riders.riding())) {
      engine.close(); // not under a search, a tile or a flood that still reads the graph
    }
    observations.close();
  }

  /** Returns whether nothing runs any more. */
  private boolean finishRunning() throws InterruptedException {
    if (plane.queue().awaitIdle(live.get().drainTimeout().toMillis())) {
      return plane.queue().lost() == 0;
    }
    plane.path().stopRunning();
    return plane.queue().awaitIdle(STOP_MILLIS) && plane.queue().lost() == 0;
  }
}
