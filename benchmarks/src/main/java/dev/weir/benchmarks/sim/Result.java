package dev.weir.benchmarks.sim;

import java.util.List;

/**
 * How one contestant did on one workload.
 *
 * @param load offered, over what the machine can just do; the highest where it changes
 * @param offered calls that arrived in the counted time; all counts are of these
 * @param good computed before their deadlines
 * @param late computed after their deadlines
 * @param stopped taken off the machine before they were done
 * @param refused not computed, and told so; the rest waited until their callers left
 * @param cpuGoodput processor time of good answers over all there was
 * @param wasted part of the processor time spent on jobs that have ended that went into no good
 *     answer
 * @param answered latency of good and late answers
 * @param critical the same of the highest tier
 */
public record Result(
    String contestant,
    String workload,
    double load,
    long offered,
    long good,
    long late,
    long stopped,
    long refused,
    double goodPerSecond,
    double cpuGoodput,
    double wasted,
    Latency answered,
    Latency critical,
    List<Group> classes,
    List<Group> tiers,
    List<Group> tenants,
    Timeline timeline) {

  /** Calls of a kind. */
  public record Group(String name, long offered, long good) {

    /** Part that was answered in time; 1 if nobody asked. */
    public double success() {
      return offered == 0 ? 1 : (double) good / offered;
    }
  }

  /** Zeros if nothing was answered. */
  public record Latency(long count, double p50Millis, double p99Millis) {}

  public double refusedPart() {
    return offered == 0 ? 0 : (double) refused / offered;
  }

  /** Success of all tenants but the first, together. */
  public double meekSuccess() {
    List<Group> meek = tenants.subList(1, tenants.size());
    long asked = meek.stream().mapToLong(Group::offered).sum();
    return asked == 0 ? 1 : (double) meek.stream().mapToLong(Group::good).sum() / asked;
  }
}
