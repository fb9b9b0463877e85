package dev.weir.proxy.admit;

import dev.weir.proxy.config.GateSettings;
import dev.weir.proxy.config.GateSettings.Rule;
import dev.weir.proxy.path.GateObserver;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Profile;
import dev.weir.proxy.path.Refusal.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What a call is refused for, one rule after the other; rules that are only tried out are counted
 * and passed over. Thread-safe, without garbage; changes nothing but the samples it takes.
 */
final class Rules {

  private static final int CRITICAL = Priority.CRITICAL.rank();

  /** Part of the places that a tier may fill. */
  private static final double[] PLACES = {1, 0.9, 0.75, 0.5};

  /** One decision in 1024 is told in detail. */
  private static final int SAMPLED = 1023;

  /** One refusal in so long is told in detail: most of a few, and of many as many as one reads. */
  private static final long TOLD_NANOS = 50_000_000;

  /** So long after more is asked for than there is, what came before that is looked at again. */
  private static final int BURST_TICKS = 10;

  /** A queue that has not been empty for so long stands. */
  private static final long STANDING_NANOS = 100_000_000;

  /** A call may wait for so many times its own cost, beyond what all may. */
  private static final int PATIENCE = 1;

  /** The same of large ones: few of them are ahead at a time, and each of those is long. */
  private static final int LARGE_PATIENCE = 3;

  private final Forecast forecast;
  private final Demand demand;
  private final Cuts cuts;
  private final GateObserver observer;

  /** When nothing waited last. */
  private volatile long queuedSinceNanos;

  /** Counts without care: it only chooses samples. */
  private int decisions;

  /** When a refusal was told last; as careless. */
  private long toldNanos;

  Rules(Forecast forecast, Demand demand, Cuts cuts, GateObserver observer, long nowNanos) {
    this.forecast = forecast;
    this.demand = demand;
    this.cuts = cuts;
    this.observer = observer;
    this.toldNanos = nowNanos - TOLD_NANOS;
  }

  /** Somebody waits from now on. */
  void queueBegins(long nowNanos) {
    queuedSinceNanos = nowNanos;
  }

  /** Calls that may be in the house when one of that tier comes. */
  static int places(int tier, GateSettings now) {
    return (int) (PLACES[tier] * now.maxQueue());
  }

  /** What any call of a tier would be refused for, however cheap. */
  @Nullable Reason againstAny(
      Identity identity, int present, long remainingNanos, GateSettings now, long nowNanos) {
    int tier = identity.priority().rank();
    long waitNanos = forecast.waitNanos(tier, 0, cuts.largeShare(), nowNanos);
    if (present >= places(tier, now) && keeps(Rule.PLACES, now)) {
      return Reason.QUEUE_FULL;
    }
    if (waitNanos > remainingNanos && keeps(Rule.DEADLINE, now)) {
      return Reason.DEADLINE_UNREACHABLE;
    }
    Cut cut = cuts.of(tier);
    boolean over = cut.cuts() && part(identity, cut, nowNanos) < 1;
    long longestNanos = longestNanos(cut, over, now, nowNanos);
    boolean tooLong = tier != CRITICAL && waitNanos > longestNanos;
    return tooLong && keeps(Rule.DELAY, now) ? Reason.QUEUE_FULL : null;
  }

  @Nullable Reason against(Profile profile, GateSettings now, long nowNanos) {
    Cut cut = cuts.of(profile.priority().rank());
    double part = cut.cuts() ? part(profile.identity(), cut, nowNanos) : 1;
    long waitNanos = waitNanos(profile, cut, part, nowNanos);
    Reason reason = reason(profile, cut, waitNanos, part, now, nowNanos);
    if ((++decisions & SAMPLED) == 0) {
      observer.sampled(profile, reason, waitNanos, part);
    }
    return reason;
  }

  /** Tells with which numbers a call was refused, unless another one was told just now. */
  void turnedAway(Profile profile, Reason reason, long nowNanos) {
    if (nowNanos - toldNanos < TOLD_NANOS) {
      return;
    }
    toldNanos = nowNanos;
    Cut cut = cuts.of(profile.priority().rank());
    double part = cut.cuts() ? part(profile.identity(), cut, nowNanos) : 1;
    observer.turnedAway(profile, reason, waitNanos(profile, cut, part, nowNanos), part);
  }

  private long waitNanos(Profile profile, Cut cut, double part, long nowNanos) {
    int tier = profile.priority().rank();
    long waitNanos = forecast.waitNanos(tier, size(profile), cuts.largeShare(), nowNanos);
    return cut.cuts() && part >= 1 ? Math.min(waitNanos, cut.turnNanos()) : waitNanos;
  }

  private @Nullable Reason reason(
      Profile profile, Cut cut, long waitNanos, double part, GateSettings now, long nowNanos) {
    long costNanos = forecast.costNanos(profile);
    double margin = cut.cuts() ? now.margin() : 1;
    long needNanos = waitNanos + (long) (forecast.runNanos(profile) * margin);
    if (needNanos > profile.deadline().remainingNanos(nowNanos)
        && enforced(Rule.DEADLINE, Reason.DEADLINE_UNREACHABLE, profile, now)) {
      return Reason.DEADLINE_UNREACHABLE;
    }
    if (waitNanos > promptNanos(profile, costNanos, now)
        && !cut.admits(Sorts.of(profile.estimate()), profile.cohort(), part)) {
      boolean over = cut.overShare(part);
      Reason reason = over ? Reason.OVER_SHARE : Reason.OVER_CAPACITY;
      if (enforced(over ? Rule.SHARE : Rule.CAPACITY, reason, profile, now)) {
        return reason;
      }
    }
    boolean tooLong =
        profile.priority() != Priority.CRITICAL
            && waitNanos > longestNanos(cut, part < 1, now, nowNanos) + patienceNanos(profile);
    return tooLong && enforced(Rule.DELAY, Reason.QUEUE_FULL, profile, now)
        ? Reason.QUEUE_FULL
        : null;
  }

  /**
   * A wait below which nobody is turned away for want of room, so that processors do not fall idle
   * while it is asked for more than there is. Longer for large calls: in their lane, moments with
   * nothing ahead are rare.
   */
  private long promptNanos(Profile profile, long costNanos, GateSettings now) {
    long targetNanos = now.targetQueueDelay().toNanos();
    return forecast.large(profile)
        ? targetNanos + now.standingQueueDelay().toNanos() / 2 + costNanos / 8
        : targetNanos + costNanos / 4;
  }

  /** As {@link dev.weir.proxy.path.Outlook#surplus}. */
  boolean surplus(Profile profile, GateSettings now, long nowNanos) {
    Cut cut = cuts.of(profile.priority().rank());
    if (!cut.cuts() || cut.ticks() >= BURST_TICKS || !keeps(Rule.CAPACITY, now)) {
      return false;
    }
    long longestNanos = longestStandingNanos(now) + patienceNanos(profile);
    return forecast.waitNanos(profile, cuts.largeShare()) > longestNanos
        && !cut.admits(
            Sorts.of(profile.estimate()),
            profile.cohort(),
            part(profile.identity(), cut, nowNanos));
  }

  boolean enforced(Rule rule, Reason reason, Profile profile, GateSettings now) {
    if (keeps(rule, now)) {
      return true;
    }
    observer.wouldHaveRefused(profile.kind(), reason);
    return false;
  }

  /** What is only tried out is counted where the whole call is looked at. */
  private static boolean keeps(Rule rule, GateSettings now) {
    return now.keeps(rule);
  }

  private static int size(Profile profile) {
    return Sizes.of(profile.estimate().meanNanos());
  }

  /** The part of what its tenant asks for that it may have. */
  private double part(Identity identity, Cut cut, long nowNanos) {
    int tenant = identity.tenant().hashCode();
    int tier = identity.priority().rank();
    return cut.part(demand.ofTenant(tier, tenant, cut.ofAverage(), nowNanos));
  }

  /**
   * What anybody may wait although the deadline is later.
   *
   * @param over whether the tenant asks for more than it can have: a queue that stands is not the
   *     doing of others, and does not keep them out
   */
  private long longestNanos(Cut cut, boolean over, GateSettings now, long nowNanos) {
    long longestNanos = now.maxQueueDelay().toNanos();
    boolean standing =
        over
            && forecast.backlogNanos() > 0
            && (cut.ticks() < BURST_TICKS || nowNanos - queuedSinceNanos > STANDING_NANOS);
    return standing ? longestStandingNanos(now) : longestNanos;
  }

  private static long longestStandingNanos(GateSettings now) {
    return Math.min(now.maxQueueDelay().toNanos(), now.standingQueueDelay().toNanos());
  }

  /** What a call may wait besides. */
  private long patienceNanos(Profile profile) {
    int times = forecast.large(profile) ? LARGE_PATIENCE : PATIENCE;
    return times * forecast.costNanos(profile);
  }
}
