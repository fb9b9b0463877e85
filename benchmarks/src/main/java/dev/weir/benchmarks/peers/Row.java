package dev.weir.benchmarks.peers;

import dev.weir.benchmarks.sim.Result;
import dev.weir.benchmarks.sim.Result.Group;
import dev.weir.benchmarks.sim.Result.Latency;
import java.util.List;

/**
 * One line of the result: one contestant at one load in one round.
 *
 * @param cpuGoodput worth of the good answers over what all processors could have done
 * @param wasted part of the processor time spent on computing that went into no good answer
 * @param meekSuccess of tenants that ask for less than their share; 1 where there are none
 */
record Row(
    Stage stage,
    double goodPerSecond,
    double cpuGoodput,
    double wasted,
    double refusedPart,
    Latency answered,
    Latency critical,
    List<Group> classes,
    List<Group> tiers,
    double meekSuccess,
    Steps steps) {

  /**
   * Time until, and from which on, calls are started after no more than 20 ms on average.
   *
   * @param floodMillis after a flood begins; negative where the load does not change
   * @param calmMillis after it ends
   */
  record Steps(double floodMillis, double calmMillis) {

    static final Steps NONE = new Steps(-1, -1);
  }

  /**
   * @param world virtual time, or the real engine
   * @param load offered, over what the machine can just do
   */
  record Stage(String world, String workload, String contestant, double load, int round) {}

  static Row of(Stage stage, Result result, Steps steps) {
    return new Row(
        stage,
        result.goodPerSecond(),
        result.cpuGoodput(),
        result.wasted(),
        result.refusedPart(),
        result.answered(),
        result.critical(),
        result.classes(),
        result.tiers(),
        result.meekSuccess(),
        steps);
  }
}
