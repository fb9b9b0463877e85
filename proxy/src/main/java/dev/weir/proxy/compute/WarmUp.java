package dev.weir.proxy.compute;

import dev.weir.proxy.config.WarmUpSettings;
import dev.weir.proxy.path.CostModel;
import dev.weir.proxy.path.Estimate;
import dev.weir.proxy.path.Sketch;
import dev.weir.proxy.path.Ticker;
import dev.weir.proxy.path.WorkClock;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.RoutingEngine;
import dev.weir.routing.StopSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Computes seeded requests over the loaded map until throughput no longer grows, so that the first
 * caller meets compiled code, and a gate that knows what requests cost. Blocks the calling thread,
 * which starts the server.
 */
public final class WarmUp {

  /** Throughput is compared between windows of this length. */
  private static final long WINDOW_MILLIS = 1_000;

  private final RoutingEngine engine;
  private final CostModel costs;
  private final WarmUpSettings settings;
  private final int permits;
  private final ThreadFactory workers;
  private final LongFunction<RandomGenerator> randoms;
  private final Ticker ticker;
  private final WorkClock work;

  /** Costs of code that is not compiled yet are not worth remembering. */
  private volatile boolean learning;

  private final LongAdder done = new LongAdder();
  private final LongAdder faults = new LongAdder();

  /**
   * @param costs learns from all but the first second
   * @param permits requests computed at the same time
   * @param workers makes the threads that compute them
   * @param randoms makes a generator from a seed
   */
  public WarmUp(
      RoutingEngine engine,
      CostModel costs,
      WarmUpSettings settings,
      int permits,
      ThreadFactory workers,
      LongFunction<RandomGenerator> randoms,
      Ticker ticker,
      WorkClock work) {
    this.engine = engine;
    this.costs = costs;
    this.settings = settings;
    this.permits = permits;
    this.workers = workers;
    this.randoms = randoms;
    this.ticker = ticker;
    this.work = work;
  }

  /**
   * Runs to the end of the warm-up.
   *
   * @param progress hears one line at the end
   */
  public void run(Consumer<String> progress) throws InterruptedException {
    if (settings.atMost().isZero()) {
      return;
    }
    AtomicBoolean enough = new AtomicBoolean();
    List<Thread> threads = new ArrayList<>();
    for (int worker = 0; worker < permits; worker++) {
      RandomGenerator random = randoms.apply(settings.seed() + worker);
      Thread thread = workers.newThread(() -> computeUntil(enough, random));
      threads.add(thread);
      thread.start();
    }
    long startedNanos = ticker.nanos();
    double perSecond = watch(startedNanos, threads.getFirst());
    enough.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
    progress.accept(
        String.format(
            Locale.ROOT,
            "warmed up in %.1f s with %d requests (%d faults), %.0f per second at the end",
            (ticker.nanos() - startedNanos) / 1e9,
            done.sum(),
            faults.sum(),
            perSecond));
  }

  private void computeUntil(AtomicBoolean enough, RandomGenerator random) {
    StopSignal stop = new Enough(enough);
    while (!enough.get()) {
      try {
        compute(engine.sample(random), stop);
      } catch (RuntimeException fault) {
        faults.increment();
      }
      done.increment();
    }
  }

  private void compute(RouteQuery query, StopSignal stop) {
    Estimate estimate = costs.estimate(Sketch.of(query));
    WorkClock.Stint stint = work.begin();
    if (engine.compute(query, stop) instanceof RouteOutcome.Found found && learning) {
      long workedNanos = stint.workedNanos();
      if (workedNanos >= 0) {
        costs.learn(estimate, workedNanos, found.visitedNodes());
      }
    }
  }

  /** Waits until throughput is level or time is up; returns the last window's throughput. */
  private double watch(long startedNanos, Thread worker) throws InterruptedException {
    Plateau plateau = new Plateau();
    double last = 0;
    while (!plateau.reached()
        && ticker.nanos() - startedNanos + WINDOW_MILLIS * 1_000_000
            <= settings.engine().toNanos()) {
      long before = done.sum();
      long fromNanos = ticker.nanos();
      worker.join(WINDOW_MILLIS);
      last = (done.sum() - before) * 1e9 / (ticker.nanos() - fromNanos);
      plateau.add(last);
      learning = true;
    }
    return last;
  }

  /** Ends the warm-up; searches are watched here as they will be for callers. */
  private record Enough(AtomicBoolean enough) implements StopSignal {

    @Override
    public @Nullable Cause cause() {
      return enough.get() ? Cause.SHUTTING_DOWN : null;
    }

    @Override
    public long remainingNanos() {
      return Long.MAX_VALUE;
    }
  }
}
