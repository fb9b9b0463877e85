package dev.weir.proxy.admit;

import dev.weir.proxy.config.GateSettings;
import dev.weir.proxy.config.GateSettings.Rule;
import dev.weir.proxy.config.GateSettings.Waiting;
import dev.weir.proxy.path.Gate;
import dev.weir.proxy.path.GateObserver;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.LoadReport;
import dev.weir.proxy.path.Outlook;
import dev.weir.proxy.path.Place;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Profile;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Ticker;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a call in if it can be done by its deadline after what goes before it, if that is not too
 * much to wait for, and, while more is asked for than there is, if it is among those that there is
 * room for. {@code docs/admission.md} explains it as a whole.
 *
 * <p>Thread-safe, lock-free and without garbage. Who writes what: event loops admit (places,
 * backlog, demand); workers start and settle (runs, backlog, speed); one thread ticks (generations
 * of the demand, cuts, expected waits). A decision reads sums while others change them, so calls of
 * the same moment may overlook each other: an error of one call per event loop.
 */
public final class CostGate implements Gate, Outlook, LoadReport {

  /** How often {@link #tick} is to be called. */
  public static final long TICK_NANOS = 10_000_000;

  private static final int CRITICAL = Priority.CRITICAL.rank();

  /** Part of the places that a tier may fill. */
  private static final double[] PLACES = {1, 0.9, 0.75, 0.5};

  /** One decision in 1024 is told in detail. */
  private static final int SAMPLED = 1023;

  /** A call is not stopped for its cost before it has taken this. */
  private static final long LEAST_BUDGET_NANOS = 50_000_000;

  /** So long after more is asked for than there is, what came before that is looked at again. */
  private static final int BURST_TICKS = 10;

  /** A call may wait for so many times its own cost, beyond what all may. */
  private static final int PATIENCE = 1;

  /** The same of large ones: few of them are ahead at a time, and each of those is long. */
  private static final int LARGE_PATIENCE = 3;

  private final Supplier<GateSettings> settings;
  private final int machine;
  private final int threads;
  private final GateObserver observer;
  private final Ticker ticker;
  private final Forecast forecast;
  private final Concurrency concurrency;
  private final Demand demand;
  private final AtomicInteger inHouse = new AtomicInteger();
  private final Cuts cuts;

  /** When nothing waited last. */
  private volatile long queuedSinceNanos;

  /** Counts without care: it only chooses samples. */
  private int decisions;

  /**
   * @param settings may change at any time
   * @param machine processors of this machine or container: what the engine has if the settings do
   *     not say
   * @param threads calls computed at the same time at most, at least twice the processors
   */
  public CostGate(
      Supplier<GateSettings> settings,
      int machine,
      int threads,
      GateObserver observer,
      Ticker ticker) {
    this.settings = settings;
    this.observer = observer;
    this.ticker = ticker;
    long nowNanos = ticker.nanos();
    this.machine = machine;
    this.threads = threads;
    int processors = processors(settings.get());
    this.forecast = new Forecast(processors, threads);
    this.concurrency = new Concurrency(settings.get().limit(), processors, threads / 2, nowNanos);
    this.demand = new Demand(nowNanos);
    this.cuts = new Cuts(demand, settings.get().largeReserve());
  }

  @Override
  public @Nullable Refusal screen(Identity identity, long remainingNanos) {
    int tier = identity.priority().rank();
    GateSettings now = settings.get();
    long nowNanos = ticker.nanos();
    long waitNanos = forecast.waitNanos(tier, 0, cuts.largeShare(), nowNanos);
    Reason reason = null;
    if (inHouse.get() >= places(tier, now) && keeps(Rule.PLACES, now)) {
      reason = Reason.QUEUE_FULL;
    } else if (waitNanos > remainingNanos && keeps(Rule.DEADLINE, now)) {
      reason = Reason.DEADLINE_UNREACHABLE;
    } else if (tooLong(tier, 0, waitNanos, 0, cuts.of(tier).cuts(), now, nowNanos)
        && keeps(Rule.DELAY, now)) {
      reason = Reason.QUEUE_FULL;
    }
    if (reason == null) {
      return null;
    }
    long likelyNanos = forecast.averageNanos();
    demand.offer(
        tier, Sizes.of(likelyNanos), identity.tenant().hashCode(), identity.weight(), likelyNanos);
    return refusal(reason);
  }

  private int processors(GateSettings now) {
    return now.permits() > 0 ? Math.clamp(threads / 2, 1, now.permits()) : machine;
  }

  /** What is only tried out is counted where the whole call is looked at. */
  private static boolean keeps(Rule rule, GateSettings now) {
    return now.dryRun().isEmpty() || !now.dryRun().contains(rule);
  }

  private static int places(int tier, GateSettings now) {
    return (int) (PLACES[tier] * now.maxQueue());
  }

  @Override
  public @Nullable Refusal admit(Place place) {
    Profile profile = place.profile();
    int tier = profile.priority().rank();
    long costNanos = profile.estimate().meanNanos();
    int size = Sizes.of(costNanos);
    if (place.asked()) {
      Identity identity = profile.identity();
      int tenant = identity.tenant().hashCode();
      demand.offer(tier, size, tenant, identity.weight(), costNanos);
      forecast.asked(costNanos);
    }
    GateSettings now = settings.get();
    long nowNanos = ticker.nanos();
    Reason reason = reasonAgainst(profile, tier, size, now, nowNanos);
    if (reason == null && !takePlace(places(tier, now), profile, now)) {
      reason = Reason.QUEUE_FULL;
    }
    if (reason != null) {
      return refusal(reason);
    }
    if (forecast.backlogNanos() == 0) {
      queuedSinceNanos = nowNanos;
    }
    forecast.enters(profile);
    place.move(Place.Stage.OUTSIDE, Place.Stage.WAITING);
    return null;
  }

  private @Nullable Reason reasonAgainst(
      Profile profile, int tier, int size, GateSettings now, long nowNanos) {
    long waitNanos = forecast.waitNanos(tier, size, cuts.largeShare(), nowNanos);
    Cut cut = cuts.of(tier);
    double part = 1;
    if (cut.cuts()) {
      part = part(profile, cut);
      waitNanos = part >= 1 ? Math.min(waitNanos, cut.turnNanos()) : waitNanos;
    }
    Reason reason = reasonAgainst(profile, tier, size, waitNanos, cut, part, now, nowNanos);
    if ((++decisions & SAMPLED) == 0) {
      observer.sampled(profile, reason, waitNanos, part);
    }
    return reason;
  }

  private @Nullable Reason reasonAgainst(
      Profile profile,
      int tier,
      int size,
      long waitNanos,
      Cut cut,
      double part,
      GateSettings now,
      long nowNanos) {
    long costNanos = forecast.costNanos(profile);
    double margin = cut.cuts() ? now.margin() : 1;
    long needNanos = waitNanos + (long) (costNanos * margin);
    if (needNanos > profile.deadline().remainingNanos(nowNanos)
        && enforced(Rule.DEADLINE, Reason.DEADLINE_UNREACHABLE, profile, now)) {
      return Reason.DEADLINE_UNREACHABLE;
    }
    if (waitNanos > now.targetQueueDelay().toNanos() + costNanos / 4
        && !cut.admits(size, profile.cohort(), part)) {
      boolean over = cut.overShare(part);
      Reason reason = over ? Reason.OVER_SHARE : Reason.OVER_CAPACITY;
      if (enforced(over ? Rule.SHARE : Rule.CAPACITY, reason, profile, now)) {
        return reason;
      }
    }
    boolean tooLong = tooLong(tier, size, waitNanos, costNanos, part < 1, now, nowNanos);
    return tooLong && enforced(Rule.DELAY, Reason.QUEUE_FULL, profile, now)
        ? Reason.QUEUE_FULL
        : null;
  }

  private boolean enforced(Rule rule, Reason reason, Profile profile, GateSettings now) {
    if (keeps(rule, now)) {
      return true;
    }
    observer.wouldHaveRefused(profile.kind(), reason);
    return false;
  }

  /**
   * Whether a call would wait longer than it should although its deadline is later.
   *
   * @param over whether its tenant asks for more than it can have: a queue that stands is not the
   *     doing of others, and does not keep them out
   */
  private boolean tooLong(
      int tier,
      int size,
      long waitNanos,
      long costNanos,
      boolean over,
      GateSettings now,
      long nowNanos) {
    if (tier == CRITICAL) {
      return false;
    }
    long longest = now.maxQueueDelay().toNanos();
    boolean standing = over && forecast.backlogNanos() > 0 && nowNanos - queuedSinceNanos > longest;
    return waitNanos > longest(standing, now) + patience(size) * costNanos;
  }

  private static long longest(boolean standing, GateSettings now) {
    long longest = now.maxQueueDelay().toNanos();
    return standing ? Math.min(longest, now.standingQueueDelay().toNanos()) : longest;
  }

  /** How many times its own cost a call may wait, beyond what all may. */
  private int patience(int size) {
    return size >= forecast.firstLarge() ? LARGE_PATIENCE : PATIENCE;
  }

  private boolean takePlace(int places, Profile profile, GateSettings now) {
    int present = inHouse.get();
    boolean overfill = present >= places && !enforced(Rule.PLACES, Reason.QUEUE_FULL, profile, now);
    while (overfill || present < places) {
      if (inHouse.compareAndSet(present, present + 1)) {
        return true;
      }
      present = inHouse.get();
    }
    return false;
  }

  private Refusal refusal(Reason reason) {
    return RetryAdvice.refusal(reason, workAheadNanos());
  }

  @Override
  public void started(Place place) {
    if (place.move(Place.Stage.WAITING, Place.Stage.STARTING)) {
      long nowNanos = ticker.nanos();
      forecast.starts(place, nowNanos);
      concurrency.started(nowNanos);
      if (!place.move(Place.Stage.STARTING, Place.Stage.RUNNING)) {
        left(place, Ending.IGNORED); // settled in between
      }
    }
  }

  /** Looks at the stages in their order, so that one that changes meanwhile is not missed. */
  @Override
  public void settle(Place place, Ending ending) {
    if (place.move(Place.Stage.WAITING, Place.Stage.OUTSIDE)) {
      forecast.leaves(place.profile());
      inHouse.decrementAndGet();
    } else if (!place.move(Place.Stage.STARTING, Place.Stage.OUTSIDE)
        && place.move(Place.Stage.RUNNING, Place.Stage.OUTSIDE)) {
      left(place, ending);
    }
  }

  private void left(Place place, Ending ending) {
    long nowNanos = ticker.nanos();
    long ranNanos = forecast.ends(place, nowNanos, ending == Ending.SERVED);
    long costNanos = place.profile().estimate().meanNanos();
    concurrency.ended(nowNanos, ranNanos, costNanos, ending);
    inHouse.decrementAndGet();
  }

  /** To be called every {@link #TICK_NANOS}, by one thread. */
  public void tick() {
    long nowNanos = ticker.nanos();
    GateSettings now = settings.get();
    forecast.tick(cuts.largeShare(), nowNanos);
    int processors = processors(now);
    forecast.processors(processors);
    concurrency.tick(now.limit(), processors, nowNanos);
    demand.tick(nowNanos);
    cuts.tick(forecast, now.largeReserve());
  }

  @Override
  public long budgetNanos(Profile profile) {
    double times = settings.get().workBudget();
    if (times == 0) {
      return Long.MAX_VALUE;
    }
    double slowness = (double) forecast.costNanos(profile) / profile.estimate().meanNanos();
    double budgetNanos = times * slowness * profile.estimate().highNanos();
    return Math.max(LEAST_BUDGET_NANOS, (long) budgetNanos);
  }

  @Override
  public boolean othersWait(Profile profile) {
    boolean anybody = settings.get().workBudgetFor() == Waiting.ANYBODY;
    return forecast.waiting(anybody ? profile.priority().rank() : CRITICAL);
  }

  @Override
  public long waitNanos(Profile profile) {
    return forecast.waitNanos(profile);
  }

  @Override
  public boolean surplus(Profile profile) {
    Cut cut = cuts.of(profile.priority().rank());
    GateSettings now = settings.get();
    if (!cut.cuts() || cut.ticks() > BURST_TICKS || !keeps(Rule.CAPACITY, now)) {
      return false;
    }
    int size = Sizes.of(profile.estimate().meanNanos());
    long longest = longest(true, now) + patience(size) * forecast.costNanos(profile);
    return forecast.waitNanos(profile) > longest
        && !cut.admits(size, profile.cohort(), part(profile, cut));
  }

  private double part(Profile profile, Cut cut) {
    int tenant = profile.identity().tenant().hashCode();
    return cut.part(demand.ofTenant(profile.priority().rank(), tenant, cut.ofAverage()));
  }

  @Override
  public boolean large(Profile profile) {
    return forecast.large(profile);
  }

  @Override
  public long costNanos(Profile profile) {
    return forecast.costNanos(profile);
  }

  /** Calls that may be computed at the same time, critical ones beside them not counted. */
  public int limit() {
    return concurrency.limit();
  }

  /** What was asked for in the last second over what could be done. */
  @Override
  public int loadPercent() {
    return cuts.loadPercent();
  }

  @Override
  public @Nullable Priority lowestAdmitted() {
    return cuts.lowestAdmitted();
  }

  /** Part of the processor time that large calls get while small ones wait. */
  public double largeShare() {
    return cuts.largeShare();
  }

  /** Calls admitted and not ended, waiting ones included. */
  public int inHouse() {
    return inHouse.get();
  }

  /** Calls on a worker. */
  public int running() {
    return forecast.running();
  }

  /** Processors, in units of what estimates were learned from. */
  public double effectiveProcessors() {
    return forecast.effectiveProcessors();
  }

  /** Part of what is asked for at a priority that there is room for, from 0 to 1. */
  public double admittedPart(Priority priority) {
    return cuts.of(priority.rank()).admittedPart();
  }

  /** Time until what waits now is done. */
  public long workAheadNanos() {
    return (long) (forecast.backlogNanos() / forecast.effectiveProcessors());
  }
}
