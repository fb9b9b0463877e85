package dev.weir.proxy.admit;

import dev.weir.proxy.config.GateSettings;
import dev.weir.proxy.path.CostModel;
import dev.weir.proxy.path.Gate;
import dev.weir.proxy.path.Profile;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Ticker;
import dev.weir.routing.RequestKind;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Lets a call in if there is a place in the queue, if the work that waits is little, and if the
 * call can be done by its deadline after the work ahead of it. A burst may make the queue as long
 * as the longest delay; a queue that has not been empty for that time stands, does nobody any good
 * by its length and is kept much shorter [1]. Thread-safe; a decision takes a few atomic operations
 * and makes at most one small object.
 *
 * <p>The number of calls in the house never exceeds permits + queue, whatever the number of threads
 * that admit. The sums of estimated work are read without a lock, so calls that arrive at the same
 * moment on different event loops may each overlook the others: an error of one call per event
 * loop.
 *
 * <p>[1] K. Nichols and V. Jacobson, "Controlling Queue Delay", ACM Queue 10(5), 2012; the rule by
 * which a queue stands: B. Maurer, "Fail at Scale", ACM Queue 13(8), 2015.
 */
public final class BoundedGate implements Gate {

  private final int permits;
  private final int places;
  private final long maxQueueDelayNanos;
  private final long standingDelayNanos;
  private final CostModel costs;
  private final Ticker ticker;
  private final CallerShares shares;
  private final AtomicInteger inHouse = new AtomicInteger();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicLong waitingNanos = new AtomicLong();
  private final AtomicLong runningNanos = new AtomicLong();

  /** When the queue was last empty before what waits now. */
  private volatile long queuedSinceNanos;

  /**
   * @param permits calls computed at the same time, at least 1; stands for {@code
   *     settings.permits()} where that says "as many as processors"
   */
  public BoundedGate(GateSettings settings, int permits, CostModel costs, Ticker ticker) {
    this.permits = permits;
    this.places = permits + settings.maxQueue();
    this.maxQueueDelayNanos = settings.maxQueueDelay().toNanos();
    this.standingDelayNanos = Math.min(maxQueueDelayNanos, settings.standingQueueDelay().toNanos());
    this.costs = costs;
    this.ticker = ticker;
    this.shares = CallerShares.of(settings.sharePerCaller(), places);
  }

  @Override
  public @Nullable Refusal screen(RequestKind kind, String tenant, long remainingNanos) {
    Reason reason = reasonAgainst(inHouse.get(), costs.estimateNanos(kind), remainingNanos);
    if (reason == null && shares.full(tenant)) {
      reason = Reason.OVER_SHARE;
    }
    return reason == null ? null : refusal(reason);
  }

  @Override
  public Admission admit(Profile profile) {
    long remainingNanos = profile.deadline().remainingNanos(ticker.nanos());
    Reason reason = reasonAgainst(inHouse.get(), profile.costNanos(), remainingNanos);
    if (reason == null && !shares.take(profile.tenant())) {
      reason = Reason.OVER_SHARE;
    }
    if (reason == null && !takePlace()) {
      shares.giveBack(profile.tenant());
      reason = Reason.QUEUE_FULL;
    }
    if (reason != null) {
      return new Admission.Refused(refusal(reason));
    }
    if (waitingNanos.getAndAdd(profile.costNanos()) == 0) {
      queuedSinceNanos = ticker.nanos();
    }
    return new Admission.Admitted(new Place(profile));
  }

  private @Nullable Reason reasonAgainst(int present, long costNanos, long remainingNanos) {
    if (present >= places) {
      return Reason.QUEUE_FULL;
    }
    long queueNanos = present < permits ? 0 : waitingNanos.get() / permits;
    if (queueNanos > standingDelayNanos && queueNanos > allowedDelayNanos()) {
      return Reason.QUEUE_FULL;
    }
    long aheadNanos = present < permits ? 0 : queueNanos + runningNanos.get() / permits;
    return aheadNanos + costNanos > remainingNanos ? Reason.DEADLINE_UNREACHABLE : null;
  }

  private long allowedDelayNanos() {
    boolean standing = ticker.nanos() - queuedSinceNanos > maxQueueDelayNanos;
    return standing ? standingDelayNanos : maxQueueDelayNanos;
  }

  private boolean takePlace() {
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
    return RetryAdvice.refusal(reason, workAheadNanos() / permits);
  }

  /** Calls computed at the same time at most. */
  public int permits() {
    return permits;
  }

  /** Calls admitted and not ended, waiting ones included. */
  public int inHouse() {
    return inHouse.get();
  }

  /** Calls on a worker. */
  public int running() {
    return running.get();
  }

  /** Estimated processor time of everything in the house. */
  public long workAheadNanos() {
    return waitingNanos.get() + runningNanos.get();
  }

  /** One call's place in the house. */
  private final class Place implements Permit {

    private final Profile profile;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean settled = new AtomicBoolean();

    Place(Profile profile) {
      this.profile = profile;
    }

    @Override
    public void started() {
      if (started.compareAndSet(false, true)) {
        waitingNanos.addAndGet(-profile.costNanos());
        runningNanos.addAndGet(profile.costNanos());
        running.incrementAndGet();
      }
    }

    @Override
    public void settle(Ending ending) {
      if (!settled.compareAndSet(false, true)) {
        return;
      }
      if (started.get()) {
        runningNanos.addAndGet(-profile.costNanos());
        running.decrementAndGet();
      } else {
        waitingNanos.addAndGet(-profile.costNanos());
      }
      shares.giveBack(profile.tenant());
      inHouse.decrementAndGet();
    }
  }
}
