package dev.weir.proxy.config;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Who gets in, and in which order.
 *
 * @param permits calls computed at the same time; 0 for the processors of this machine or cgroup
 * @param maxQueue calls in the house, waiting or computed
 * @param targetQueueDelay estimated wait from which on the cut is kept to while more is asked for
 *     than there is
 * @param maxQueueDelay estimated wait beyond which calls are refused even if their deadline is
 *     later; a call may wait for as long as its own cost besides, a large one three times that
 * @param standingQueueDelay the same once the queue has not been empty for 100 ms, or a flood has
 *     just begun
 * @param largeReserve part of the processor time that is kept for large calls while they want it
 * @param margin by which a call's estimated cost is multiplied when its deadline is looked at
 * @param limit how the number of calls computed at the same time is found
 * @param order who is next of those that wait
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
    Order order,
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

  /** Orders of the queue. */
  public enum Order {
    /** By priority, size, tenant and cost, of what the rules let in. */
    COST,
    /**
     * Facebook's: oldest first, newest first once the queue stands, and nobody waits for long. For
     * comparison; the rules look at nothing but places meanwhile.
     */
    CODEL_LIFO
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

  /** Whether calls are refused by the rule; otherwise it is only counted. */
  public boolean keeps(Rule rule) {
    return (order == Order.COST || rule == Rule.PLACES)
        && (dryRun.isEmpty() || !dryRun.contains(rule));
  }

  /** The same but for what {@code change} sets. */
  public GateSettings with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.settings();
  }

  /** Settings that are being changed; not thread-safe. */
  public static final class Draft {
    public int permits;
    public int maxQueue;
    public Duration targetQueueDelay;
    public Duration maxQueueDelay;
    public Duration standingQueueDelay;
    public double largeReserve;
    public double margin;
    public Limit limit;
    public Order order;
    public double workBudget;
    public Waiting workBudgetFor;
    public List<Rule> dryRun;

    private Draft(GateSettings from) {
      permits = from.permits;
      maxQueue = from.maxQueue;
      targetQueueDelay = from.targetQueueDelay;
      maxQueueDelay = from.maxQueueDelay;
      standingQueueDelay = from.standingQueueDelay;
      largeReserve = from.largeReserve;
      margin = from.margin;
      limit = from.limit;
      order = from.order;
      workBudget = from.workBudget;
      workBudgetFor = from.workBudgetFor;
      dryRun = from.dryRun;
    }

    private GateSettings settings() {
      return new GateSettings(
          permits,
          maxQueue,
          targetQueueDelay,
          maxQueueDelay,
          standingQueueDelay,
          largeReserve,
          margin,
          limit,
          order,
          workBudget,
          workBudgetFor,
          dryRun);
    }
  }
}
