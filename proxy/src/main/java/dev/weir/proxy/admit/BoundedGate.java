package dev.weir.proxy.admit;

import dev.weir.proxy.config.GateSettings;
import dev.weir.proxy.path.Gate;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.Place;
import dev.weir.proxy.path.Profile;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Ticker;
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
  public BoundedGate(GateSettings settings, int permits, Ticker ticker) {
    this.permits = permits;
    this.places = permits + settings.maxQueue();
    this.maxQueueDelayNanos = settings.maxQueueDelay().toNanos();
    this.standingDelayNanos = Math.min(maxQueueDelayNanos, settings.standingQueueDelay().toNanos());
    this.ticker = ticker;
    this.shares = CallerShares.of(settings.sharePerCaller(), places);
  }

  @Override
  public @Nullable Refusal screen(Identity identity, long remainingNanos) {
    Reason reason = reasonAgainst(inHouse.get(), 0, remainingNanos);
    if (reason == null && shares.full(identity.tenant())) {
      reason = Reason.OVER_SHARE;
    }
    return reason == null ? null : refusal(reason);
  }

  @Override
  public @Nullable Refusal admit(Place place) {
    Profile profile = place.profile();
    String tenant = profile.identity().tenant();
    long costNanos = profile.estimate().meanNanos();
    long remainingNanos = profile.deadline().remainingNanos(ticker.nanos());
    Reason reason = reasonAgainst(inHouse.get(), costNanos, remainingNanos);
    if (reason == null && !shares.take(tenant)) {
      reason = Reason.OVER_SHARE;
    }
    if (reason == null && !takePlace()) {
      shares.giveBack(tenant);
      reason = Reason.QUEUE_FULL;
    }
    if (reason != null) {
      return refusal(reason);
    }
    if (waitingNanos.getAndAdd(costNanos) == 0) {
      queuedSinceNanos = ticker.nanos();
    }
    place.move(Place.Stage.OUTSIDE, Place.Stage.WAITING);
    return null;
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

  @Override
  public void started(Place place) {
    if (place.move(Place.Stage.WAITING, Place.Stage.RUNNING)) {
      long costNanos = place.profile().estimate().meanNanos();
      waitingNanos.addAndGet(-costNanos);
      runningNanos.addAndGet(costNanos);
      running.incrementAndGet();
    }
  }

  @Override
  public void settle(Place place, Ending ending) {
    long costNanos = place.profile().estimate().meanNanos();
    if (place.move(Place.Stage.RUNNING, Place.Stage.OUTSIDE)) {
      runningNanos.addAndGet(-costNanos);
      running.decrementAndGet();
    } else if (place.move(Place.Stage.WAITING, Place.Stage.OUTSIDE)) {
      waitingNanos.addAndGet(-costNanos);
    } else {
      return;
    }
    shares.giveBack(place.profile().identity().tenant());
    inHouse.decrementAndGet();
  }
}
