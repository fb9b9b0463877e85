package dev.weir.benchmarks.peers;

import dev.weir.benchmarks.sim.Contestant.Entrant;
import dev.weir.benchmarks.sim.LoadShape;
import dev.weir.benchmarks.sim.Result;
import dev.weir.benchmarks.sim.Setting;
import dev.weir.benchmarks.sim.Simulation;
import dev.weir.benchmarks.sim.Timeline;
import dev.weir.benchmarks.sim.Workload;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Contestants in virtual time, on several workloads; a round is a seed. */
final class VirtualRun {

  static final String WORLD = "virtual";
  static final String STEPS = "steps";

  private static final Duration WARM_UP = Duration.ofSeconds(2);
  private static final Duration TARGET = Duration.ofMillis(20);

  /** A queue without bound holds a million jobs in a big flood. */
  private static final int MOST_THREADS = 8;

  private static final double CALM = 0.5;
  private static final double FLOOD = 10;

  static final List<Workload> WORKLOADS =
      List.of(
          Workload.uniform(),
          Workload.exponential(),
          Workload.lognormal(),
          Workload.mixed(),
          Workload.tiers(),
          Workload.flooded(),
          Workload.riders());

  private final Plan plan;
  private final Progress progress;

  /**
   * @param loads offered, over what the machine can just do
   * @param stopLate whether jobs are stopped at their deadlines
   * @param counted virtual time of a run
   * @param riders who call
   * @param workloads that are wanted, by name; all if it is empty
   * @param frontEndNanos processor time of looking at a call
   * @param refusalNanos processor time of refusing it
   */
  record Plan(
      int processors,
      boolean stopLate,
      List<Double> loads,
      Duration counted,
      int rounds,
      long seed,
      int riders,
      List<String> workloads,
      long frontEndNanos,
      long refusalNanos) {

    boolean wants(String workload) {
      return workloads.isEmpty() || workloads.contains(workload);
    }
  }

  /** Is told of each run when it is over. */
  interface Progress {

    /**
     * @param speed of virtual time on one processor, over that of real time
     */
    void ended(Row row, double speed);
  }

  private record Timed(Row row, double speed) {}

  VirtualRun(Plan plan, Progress progress) {
    this.plan = plan;
    this.progress = progress;
  }

  /** Names of all workloads. */
  static List<String> names() {
    return Stream.concat(WORKLOADS.stream().map(Workload::name), Stream.of(STEPS)).toList();
  }

  /**
   * Runs everybody on everything, as many runs at a time as there are processors and memory for.
   * What comes out, and in which order, does not depend on that.
   */
  List<Row> run(List<Entrant> entrants) throws InterruptedException {
    int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Row> rows = new ArrayList<>();
      for (Future<Timed> future :
          runs(entrants).map(run -> pool.submit(() -> timed(run))).toList()) {
        Timed ended = future.get();
        progress.ended(ended.row, ended.speed);
        rows.add(ended.row);
      }
      return rows;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a policy made a mistake", e);
    }
  }

  private Stream<Supplier<Row>> runs(List<Entrant> entrants) {
    List<Supplier<Row>> runs = new ArrayList<>();
    for (Workload known : WORKLOADS) {
      Workload workload = known.of(plan.riders());
      for (double load : plan.wants(known.name()) ? plan.loads() : List.<Double>of()) {
        forEach(
            entrants, (round, entrant) -> runs.add(() -> steady(workload, load, round, entrant)));
      }
    }
    if (plan.wants(STEPS)) {
      forEach(entrants, (round, entrant) -> runs.add(() -> steps(round, entrant)));
    }
    return runs.stream();
  }

  private void forEach(List<Entrant> entrants, BiConsumer<Integer, Entrant> what) {
    for (int round = 1; round <= plan.rounds(); round++) {
      for (Entrant entrant : entrants) {
        what.accept(round, entrant);
      }
    }
  }

  private Timed timed(Supplier<Row> run) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long fromNanos = threads.getCurrentThreadCpuTime();
    Row row = run.get();
    double tookNanos = Math.max(1, threads.getCurrentThreadCpuTime() - fromNanos);
    return new Timed(row, WARM_UP.plus(plan.counted()).toNanos() / tookNanos);
  }

  private Row steady(Workload workload, double load, int round, Entrant entrant) {
    Result result = simulate(workload, LoadShape.steady(load), round, entrant);
    var stage = new Row.Stage(WORLD, workload.name(), entrant.name(), load, round);
    return Row.of(stage, result, Row.Steps.NONE);
  }

  /** Half of what the machine can do, ten times of it, and half again, for a third each. */
  private Row steps(int round, Entrant entrant) {
    Duration third = plan.counted().dividedBy(3);
    Duration flood = WARM_UP.plus(third);
    Duration calm = flood.plus(third);
    LoadShape shape = LoadShape.flood(CALM, FLOOD, flood, calm);
    Result result = simulate(Workload.mixed().of(plan.riders()), shape, round, entrant);
    Timeline timeline = result.timeline();
    var steps =
        new Row.Steps(
            timeline.settled(flood, calm, TARGET).toMillis(),
            timeline.settled(calm, calm.plus(third), TARGET).toMillis());
    var stage = new Row.Stage(WORLD, STEPS, entrant.name(), FLOOD, round);
    return Row.of(stage, result, steps);
  }

  private Result simulate(Workload workload, LoadShape load, int round, Entrant entrant) {
    Setting setting =
        Setting.of(plan.processors(), load, WARM_UP, plan.counted(), plan.seed() + round)
            .charging(plan.frontEndNanos(), plan.refusalNanos());
    return Simulation.run(workload, plan.stopLate() ? setting.stoppingLate() : setting, entrant);
  }
}
