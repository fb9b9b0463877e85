package dev.weir.proxy.admit;

import dev.weir.proxy.config.GateSettings;
import dev.weir.proxy.path.Gate;
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
import java.util.concurrent.atomic.AtomicLong;
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

  /** A call may wait for so many times its own cost, beyond what all may. */
  private static final int PATIENCE = 1;

  private final Supplier<GateSettings> settings;
  private final Ticker ticker;
  private final Forecast forecast;
  private final Concurrency concurrency;
  private final Demand demand;
  private final AtomicInteger inHouse = new AtomicInteger();
  private final AtomicLong offeredNanos = new AtomicLong();
  private final AtomicLong offeredCalls = new AtomicLong();
  private final Cuts cuts;

  /** When nothing waited last. */
  private volatile long queuedSinceNanos;

  /**
   * @param settings may change at any time
   * @param processors that the engine has
   * @param threads calls computed at the same time at most, at least twice the processors
   */
  public CostGate(Supplier<GateSettings> settings, int processors, int threads, Ticker ticker) {
    this.settings = settings;
    this.ticker = ticker;
    long nowNanos = ticker.nanos();
    this.forecast = new Forecast(processors, threads);
    this.concurrency = new Concurrency(settings.get().limit(), processors, threads / 2, nowNanos);
    this.demand = new Demand(nowNanos);
    this.cuts = new Cuts(demand);
  }

  @Override
  public @Nullable Refusal screen(Identity identity, long remainingNanos) {
    int tier = identity.priority().rank();
    GateSettings now = settings.get();
    long nowNanos = ticker.nanos();
    long waitNanos = forecast.waitNanos(tier, 0, now.largeReserve(), nowNanos);
    Reason reason = null;
    if (inHouse.get() >= places(tier, now)) {
      reason = Reason.QUEUE_FULL;
    } else if (waitNanos > remainingNanos) {
      reason = Reason.DEADLINE_UNREACHABLE;
    } else if (tier > CRITICAL && waitNanos > allowedNanos(0, now, cuts.of(tier), nowNanos)) {
      reason = Reason.QUEUE_FULL;
    }
    return reason == null ? null : refusal(reason);
  }

  private static int places(int tier, GateSettings now) {
    return (int) (PLACES[tier] * now.maxQueue());
  }

  @Override
  public @Nullable Refusal admit(Place place) {
    Profile profile = place.profile();
    Identity identity = profile.identity();
    int tier = identity.priority().rank();
    long costNanos = profile.estimate().meanNanos();
    int size = Sizes.of(costNanos);
    int tenant = identity.tenant().hashCode();
    demand.offer(tier, size, tenant, identity.weight(), costNanos);
    offeredNanos.getAndAdd(costNanos);
    offeredCalls.getAndIncrement();
    GateSettings now = settings.get();
    Reason reason = reasonAgainst(profile, tier, size, tenant, now);
    if (reason == null && !takePlace(places(tier, now))) {
      reason = Reason.QUEUE_FULL;
    }
    if (reason != null) {
      return refusal(reason);
    }
    if (forecast.backlogNanos() == 0) {
      queuedSinceNanos = ticker.nanos();
    }
    forecast.enters(profile);
    place.move(Place.Stage.OUTSIDE, Place.Stage.WAITING);
    return null;
  }

  private @Nullable Reason reasonAgainst(
      Profile profile, int tier, int size, int tenant, GateSettings now) {
    long nowNanos = ticker.nanos();
    long waitNanos = forecast.waitNanos(tier, size, now.largeReserve(), nowNanos);
    long costNanos = forecast.costNanos(profile);
    Cut cut = cuts.of(tier);
    double part = cut.cuts() ? cut.part(demand.ofTenant(tier, tenant)) : 1;
    if (cut.cuts() && part >= 1) {
      waitNanos = Math.min(waitNanos, cut.turnNanos());
    }
    double margin = cut.cuts() ? now.margin() : 1;
    long needNanos = waitNanos + (long) (costNanos * margin);
    if (needNanos > profile.deadline().remainingNanos(nowNanos)) {
      return Reason.DEADLINE_UNREACHABLE;
    }
    if (waitNanos > now.targetQueueDelay().toNanos() + costNanos / 4
        && !cut.admits(size, profile.cohort(), part)) {
      return cut.overShare(part) ? Reason.OVER_SHARE : Reason.OVER_CAPACITY;
    }
    return tier > CRITICAL && waitNanos > allowedNanos(costNanos, now, cut, nowNanos)
        ? Reason.QUEUE_FULL
        : null;
  }

  /** What a call may wait although its deadline is later. */
  private long allowedNanos(long costNanos, GateSettings now, Cut cut, long nowNanos) {
    long longest = now.maxQueueDelay().toNanos();
    boolean standing =
        cut.cuts() && forecast.backlogNanos() > 0 && nowNanos - queuedSinceNanos > longest;
    long all = standing ? Math.min(longest, now.standingQueueDelay().toNanos()) : longest;
    return all + PATIENCE * costNanos;
  }

  private boolean takePlace(int places) {
    int present = inHouse.get();
    while (present < places) {
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
    forecast.tick(
        now.largeReserve(), nowNanos, offeredNanos.getAndSet(0), offeredCalls.getAndSet(0));
    concurrency.tick(now.limit(), nowNanos);
    demand.tick(nowNanos);
    cuts.tick(forecast, now.largeReserve());
  }

  @Override
  public long waitNanos(Profile profile) {
    return forecast.waitNanos(profile);
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

  /** Time until what waits now is done. */
  public long workAheadNanos() {
    return (long) (forecast.backlogNanos() / forecast.effectiveProcessors());
  }
}
