package dev.weir.benchmarks.peers;

import dev.weir.benchmarks.sim.Contestant.Entrant;
import dev.weir.benchmarks.sim.LoadShape;
import dev.weir.benchmarks.sim.Result;
import dev.weir.benchmarks.sim.Setting;
import dev.weir.benchmarks.sim.Simulation;
import dev.weir.benchmarks.sim.Timeline;
import dev.weir.benchmarks.sim.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Contestants in virtual time, on several workloads; a round is a seed. */
final class VirtualRun {

  static final String WORLD = "virtual";
  static final String STEPS = "steps";

  private static final Duration WARM_UP = Duration.ofSeconds(2);
  private static final Duration TARGET = Duration.ofMillis(20);
  private static final double CALM = 0.5;
  private static final double FLOOD = 10;

  static final List<Workload> WORKLOADS =
      List.of(
          Workload.uniform(),
          Workload.exponential(),
          Workload.lognormal(),
          Workload.mixed(),
          Workload.tiers(),
          Workload.flooded());

  private final Plan plan;
  private final Consumer<Row> progress;

  /**
   * @param loads offered, over what the machine can just do
   * @param stopLate whether jobs are stopped at their deadlines
   * @param counted virtual time of a run
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
      long frontEndNanos,
      long refusalNanos) {}

  VirtualRun(Plan plan, Consumer<Row> progress) {
    this.plan = plan;
    this.progress = progress;
  }

  List<Row> run(List<Entrant> entrants) {
    List<Row> rows = new ArrayList<>();
    for (Workload workload : WORKLOADS) {
      for (double load : plan.loads()) {
        for (int round = 1; round <= plan.rounds(); round++) {
          for (Entrant entrant : entrants) {
            add(rows, steady(workload, load, round, entrant));
          }
        }
      }
    }
    for (int round = 1; round <= plan.rounds(); round++) {
      for (Entrant entrant : entrants) {
        add(rows, steps(round, entrant));
      }
    }
    return rows;
  }

  private void add(List<Row> rows, Row row) {
    progress.accept(row);
    rows.add(row);
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
    Result result = simulate(Workload.mixed(), shape, round, entrant);
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
