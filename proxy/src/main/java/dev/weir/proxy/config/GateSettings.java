package dev.weir.proxy.config;

import java.time.Duration;
import java.util.List;

/**
 * Who gets in, and in which order.
 *
 * @param permits calls computed at the same time; 0 for the processors of this machine or cgroup
 * @param maxQueue calls in the house, waiting or computed
 * @param targetQueueDelay estimated wait from which on the cut is kept to while more is asked for
 *     than there is
 * @param maxQueueDelay estimated wait beyond which calls are refused even if their deadline is
 *     later; a call may wait for as long as its own cost besides, a large one three times that
 * @param standingQueueDelay the same once the queue has not been empty for {@code maxQueueDelay}
 * @param largeReserve part of the processor time that is kept for large calls while they want it
 * @param margin by which a call's estimated cost is multiplied when its deadline is looked at
 * @param limit how the number of calls computed at the same time is found
 * @param workBudget a call is stopped when it has cost so many times what few such calls cost; 0
 *     for never
 * @param workBudgetFor who must be waiting for that
 * @param dryRun rules that are counted and not kept to
 */
public record GateSettings(
    int permits,
    int maxQueue,
    Duration targetQueueDelay,
    Duration maxQueueDelay,
    Duration standingQueueDelay,
    double largeReserve,
    double margin,
    Limit limit,
    double workBudget,
    Waiting workBudgetFor,
    List<Rule> dryRun) {

  /** Ways to find the number of calls that are computed at the same time. */
  public enum Limit {
    /** Between processors and twice as many, by whether more done at once means more done. */
    MARGINAL,
    /** As many as processors. */
    FIXED,
    AIMD,
    GRADIENT2,
    VEGAS,
    ENVOY,
    BBR
  }

  /** Whose waiting counts. */
  public enum Waiting {
    CRITICAL,
    ANYBODY
  }

  /** What a call may be refused by. */
  public enum Rule {
    /** The house is full. */
    PLACES,
    /** It cannot be done by its deadline. */
    DEADLINE,
    /** It would wait longer than is good for anybody. */
    DELAY,
    /** More is asked for than there is, and others go first. */
    CAPACITY,
    /** More is asked for than there is, and its tenant has had its share. */
    SHARE
  }

  public GateSettings {
    GateKeys.PERMITS.require(permits);
    GateKeys.MAX_QUEUE.require(maxQueue);
    GateKeys.TARGET_DELAY.require(targetQueueDelay);
    GateKeys.MAX_QUEUE_DELAY.require(maxQueueDelay);
    GateKeys.STANDING_DELAY.require(standingQueueDelay);
    GateKeys.LARGE_RESERVE.require(largeReserve);
    GateKeys.MARGIN.require(margin);
    GateKeys.WORK_BUDGET.require(workBudget);
    dryRun = List.copyOf(dryRun);
  }

  /** What holds where nothing is set. */
  public static GateSettings standard() {
    return GateKeys.STANDARD;
  }

  public GateSettings withPermits(int number) {
    return new GateSettings(
        number,
        maxQueue,
        targetQueueDelay,
        maxQueueDelay,
        standingQueueDelay,
        largeReserve,
        margin,
        limit,
        workBudget,
        workBudgetFor,
        dryRun);
  }

  public GateSettings withMaxQueue(int calls) {
    return new GateSettings(
        permits,
        calls,
        targetQueueDelay,
        maxQueueDelay,
        standingQueueDelay,
        largeReserve,
        margin,
        limit,
        workBudget,
        workBudgetFor,
        dryRun);
  }

  public GateSettings withDelays(Duration target, Duration longest, Duration standing) {
    return new GateSettings(
        permits,
        maxQueue,
        target,
        longest,
        standing,
        largeReserve,
        margin,
        limit,
        workBudget,
        workBudgetFor,
        dryRun);
  }

  public GateSettings withWorkBudget(double times, Waiting whose) {
    return new GateSettings(
        permits,
        maxQueue,
        targetQueueDelay,
        maxQueueDelay,
        standingQueueDelay,
        largeReserve,
        margin,
        limit,
        times,
        whose,
        dryRun);
  }

  public GateSettings withDryRun(List<Rule> rules) {
    return new GateSettings(
        permits,
        maxQueue,
        targetQueueDelay,
        maxQueueDelay,
        standingQueueDelay,
        largeReserve,
        margin,
        limit,
        workBudget,
        workBudgetFor,
        rules);
  }
}
