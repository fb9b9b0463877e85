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

  /** A call is not stopped for its cost before it has taken this. */
  private static final long LEAST_BUDGET_NANOS = 50_000_000;

  private final Supplier<GateSettings> settings;
  private final int machine;
  private final int threads;
  private final Ticker ticker;
  private final Forecast forecast;
  private final Concurrency concurrency;
  private final Demand demand;
  private final AtomicInteger inHouse = new AtomicInteger();
  private final Cuts cuts;
  private final Rules rules;
  private final Probes probes;

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
    this.ticker = ticker;
    long nowNanos = ticker.nanos();
    this.machine = machine;
    this.threads = threads;
    int processors = processors(settings.get());
    this.forecast = new Forecast(processors, threads, nowNanos);
    this.concurrency = new Concurrency(settings.get().limit(), processors, threads / 2, nowNanos);
    this.demand = new Demand(nowNanos);
    this.cuts = new Cuts(demand, settings.get().largeReserve());
    this.rules = new Rules(forecast, demand, cuts, observer, nowNanos);
    this.probes = new Probes(nowNanos);
  }

  @Override
  public @Nullable Refusal screen(Identity identity, long remainingNanos) {
    int tier = identity.priority().rank();
    Reason reason =
        rules.againstAny(identity, inHouse.get(), remainingNanos, settings.get(), ticker.nanos());
    if (reason == null) {
      return null;
    }
    long likelyNanos = forecast.averageNanos();
    demand.offer(
        tier,
        Sorts.of(0, Sizes.of(likelyNanos)),
        identity.tenant().hashCode(),
        identity.weight(),
        likelyNanos);
    return refusal(reason);
  }

  private int processors(GateSettings now) {
    return now.permits() > 0 ? Math.clamp(threads / 2, 1, now.permits()) : machine;
  }

  @Override
  public @Nullable Refusal admit(Place place) {
    Profile profile = place.profile();
    int tier = profile.priority().rank();
    long costNanos = profile.estimate().meanNanos();
    if (place.asked()) {
      Identity identity = profile.identity();
      int tenant = identity.tenant().hashCode();
      demand.offer(tier, Sorts.of(profile.estimate()), tenant, identity.weight(), costNanos);
      forecast.asked(costNanos);
    }
    GateSettings now = settings.get();
    long nowNanos = ticker.nanos();
    Reason reason = rules.against(profile, now, nowNanos);
    boolean probe =
        reason == Reason.DEADLINE_UNREACHABLE && forecast.idle() && probes.begins(place, nowNanos);
    if (reason != null && !probe) {
      return refusal(reason);
    }
    if (!takePlace(Rules.places(tier, now), profile, now)) {
      probes.ended(place, nowNanos);
      return refusal(Reason.QUEUE_FULL);
    }
    if (forecast.backlogNanos() == 0) {
      rules.queueBegins(nowNanos);
    }
    forecast.enters(profile);
    place.move(Place.Stage.OUTSIDE, Place.Stage.WAITING);
    return null;
  }

  @Override
  public void turnedAway(Profile asked, Reason reason) {
    rules.turnedAway(asked, reason, ticker.nanos());
  }

  private boolean takePlace(int places, Profile profile, GateSettings now) {
    int present = inHouse.get();
    boolean overfill =
        present >= places && !rules.enforced(Rule.PLACES, Reason.QUEUE_FULL, profile, now);
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
      probes.ended(place, ticker.nanos());
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
    probes.ended(place, nowNanos);
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
    return forecast.waitNanos(profile, cuts.largeShare());
  }

  @Override
  public boolean surplus(Profile profile) {
    return rules.surplus(profile, settings.get(), ticker.nanos());
  }

  @Override
  public boolean large(Profile profile) {
    return forecast.large(profile);
  }

  @Override
  public long runNanos(Profile profile) {
    return forecast.runNanos(profile);
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
