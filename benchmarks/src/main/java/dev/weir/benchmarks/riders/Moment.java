package dev.weir.benchmarks.riders;

import dev.weir.benchmarks.load.Tally.Latency;
import dev.weir.proxy.path.Priority;
import java.util.Map;

/**
 * One second of a stage.
 *
 * @param atSeconds since the counted part began, at the end of the second
 * @param seconds that it took
 * @param cpuPercent of one processor that the server used; 0 where unknown
 * @param memoryMib resident memory of the server; 0 where unknown
 */
record Moment(
    double atSeconds, double seconds, Counted counted, double cpuPercent, double memoryMib) {

  /**
   * What came due, and what ended, in it.
   *
   * @param other errors, requests that were not answered, and those that found no free rider
   * @param good latency of good answers; tells how many
   * @param shed latency of refusals; tells how many
   */
  record Counted(
      long offered,
      long late,
      long other,
      Latency good,
      Latency shed,
      Map<String, Long> shedByReason,
      Map<Priority, Long> shedByTier) {
    Counted {
      shedByReason = Map.copyOf(shedByReason);
      shedByTier = Map.copyOf(shedByTier);
    }
  }

  double perSecond(long count) {
    return count / seconds;
  }
}
