package dev.weir.proxy.path;

import java.util.List;

/**
 * What has been counted since the start, for who shows it. Thread-safe; an answer takes
 * microseconds and costs those who count nothing.
 */
public interface Totals {

  /** Calls refused before any work was done. */
  long refused(Refusal.Reason reason);

  /** Refusals there would have been by rules that are only tried out. */
  long wouldHaveRefused();

  /** Admitted calls that ended like that. */
  long ended(PathObserver.Outcome outcome);

  /** Calls that the gate let in. */
  long admitted(Priority priority);

  /** Calls that the gate refused. */
  long turnedAway(Priority priority);

  /** Answers that did without that. */
  long degraded(Step step);

  /** Calls that cost more than their high estimate. */
  long exceeded();

  /** Faults of ours. */
  long faults();

  /** Seconds from arrival to reply of admitted calls. */
  Distribution times();

  /** Estimated cost in percent of the actual one. */
  Distribution estimates();

  /** Who was answered since this was asked last, of a sample; for one asker. */
  List<Share> takeShares();

  /** Some of the refusals since this was asked last, the oldest first; for one asker. */
  List<Turned> takeRefusals();

  /**
   * Counts by size.
   *
   * @param bounds upper ones, ascending
   * @param counts one more: the last is of what is beyond all bounds
   */
  record Distribution(List<Double> bounds, List<Long> counts) {}

  /**
   * What went to one tenant, scaled up from the sample.
   *
   * @param engineNanos time on a worker
   */
  record Share(String tenant, long answered, long refused, long engineNanos) {}

  /**
   * One refusal. Numbers are there if it was one of those of the gate that are told in detail.
   *
   * @param what was asked for
   * @param estimateNanos estimated cost, negative if not told
   * @param waitNanos that the gate expected, negative if not told
   * @param part of what its tenant asks for that was to be let in, negative if not told
   */
  record Turned(
      Refusal.Reason reason,
      String what,
      Priority priority,
      String tenant,
      long estimateNanos,
      long waitNanos,
      double part) {}
}
