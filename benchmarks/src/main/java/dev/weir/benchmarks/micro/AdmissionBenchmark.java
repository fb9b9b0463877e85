package dev.weir.benchmarks.micro;

import dev.weir.proxy.admit.CostGate;
import dev.weir.proxy.config.GateSettings;
import dev.weir.proxy.config.GateSettings.Order;
import dev.weir.proxy.dispatch.RankedQueue;
import dev.weir.proxy.path.Deadline;
import dev.weir.proxy.path.Dispatcher;
import dev.weir.proxy.path.Estimate;
import dev.weir.proxy.path.Gate.Ending;
import dev.weir.proxy.path.GateObserver;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.Place;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Profile;
import dev.weir.proxy.path.Refusal;
import dev.weir.routing.RequestKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a decision costs: admit and settle, and the way through the queue, with nobody and with ten
 * thousand calls of a thousand tenants waiting. Run with {@code -prof gc} for the bytes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class AdmissionBenchmark {

  private static final long SEED = 20261122;
  private static final int TENANTS = 1000;
  private static final int PROCESSORS = 4;

  /** Long enough that neither wait nor deadline ever refuses. */
  private static final Duration HOUR = Duration.ofHours(1);

  @Param({"0", "10000"})
  private int waiting;

  private CostGate gate = gate(GateSettings.standard());
  private RankedQueue queue = queue(gate);
  private final List<RankedQueue.Shed> shed = new ArrayList<>();
  private Place[] places = {};
  private RankedQueue.@Nullable Started running;
  private int next;

  private static CostGate gate(GateSettings settings) {
    return new CostGate(
        () -> settings, PROCESSORS, 4 * PROCESSORS, GateObserver.DEAF, System::nanoTime);
  }

  private static RankedQueue queue(CostGate gate) {
    return new RankedQueue(() -> PROCESSORS, () -> 0.4, () -> Order.COST, gate, System::nanoTime);
  }

  /** Fills gate and queue. */
  @Setup(Level.Trial)
  public void fill() {
    SplittableRandom random = new SplittableRandom(SEED);
    gate = gate(GateSettings.standard().with(AdmissionBenchmark::letWait));
    queue = queue(gate);
    places = new Place[1 << 14];
    for (int i = 0; i < places.length; i++) {
      places[i] = new Place(profile(random));
    }
    for (int i = 0; i < PROCESSORS && waiting > 0; i++) {
      offer(random); // whoever runs holds the permits
    }
    for (int i = 0; i < waiting; i++) {
      offer(random);
    }
    gate.tick();
  }

  private static void letWait(GateSettings.Draft settings) {
    settings.maxQueue = 1_000_000;
    settings.targetQueueDelay = HOUR;
    settings.maxQueueDelay = HOUR;
    settings.standingQueueDelay = HOUR;
  }

  private void offer(SplittableRandom random) {
    Profile profile = profile(random);
    Place place = new Place(profile);
    if (gate.admit(place) != null) {
      throw new IllegalStateException("the benchmark's own calls have to be admitted");
    }
    Waits task = new Waits(profile);
    RankedQueue.Started started = queue.offer(task);
    if (started != null) {
      gate.started(place);
      running = started;
    }
  }

  private static Profile profile(SplittableRandom random) {
    String tenant = "tenant-" + random.nextInt(TENANTS);
    long costNanos = (long) (1e6 * Math.exp(random.nextGaussian()));
    return new Profile(
        RequestKind.ROUTE,
        new Identity(tenant, 1, Priority.DEFAULT),
        random.nextInt(Profile.COHORTS),
        Deadline.after(System.nanoTime(), HOUR.toNanos()),
        new Estimate(0, 0, costNanos, 4 * costNanos));
  }

  /** What is decided before anything of a call but its head was read. */
  @Benchmark
  public @Nullable Refusal screen() {
    return gate.screen(places[next++ & (places.length - 1)].profile().identity(), HOUR.toNanos());
  }

  /** A call is let in, starts and ends. */
  @Benchmark
  public @Nullable Refusal admitAndSettle() {
    Place place = places[next++ & (places.length - 1)];
    Refusal refusal = gate.admit(place);
    if (waiting == 0) {
      gate.started(place);
    }
    gate.settle(place, Ending.SERVED);
    return refusal;
  }

  /** A call is brought and the one that is next is taken: the number of waiting ones stays. */
  @Benchmark
  public Object offerAndTake() {
    Waits task = new Waits(places[next++ & (places.length - 1)].profile());
    RankedQueue.Started started = queue.offer(task);
    if (started == null) {
      queue.finished(Objects.requireNonNull(running));
      started = queue.next(shed);
      running = started;
    } else {
      queue.finished(started);
    }
    return Objects.requireNonNull(started);
  }

  /** What a gate does a hundred times a second, while nothing more is asked of it. */
  @Benchmark
  public void tick() {
    gate.tick();
  }

  private record Waits(Profile profile) implements Dispatcher.Task {

    @Override
    public Deadline deadline() {
      return profile.deadline();
    }

    @Override
    public boolean abandoned() {
      return false;
    }

    @Override
    public void run() {}

    @Override
    public void shed(Refusal.Reason reason) {}
  }
}
