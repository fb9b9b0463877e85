package dev.weir.benchmarks.sim;

import dev.weir.proxy.admit.limit.LimitPolicy;
import dev.weir.proxy.admit.limit.WindowMeter;

/**
 * A concurrency limiter as they are commonly used: below the limit a call is computed at once,
 * beside all others; at the limit it is refused.
 */
final class AtLimit implements Contestant {

  /** A window with fewer calls stays open, as in Netflix' WindowedLimit. */
  private static final int LEAST_SAMPLES = 10;

  private final House house;
  private final LimitPolicy policy;
  private final long windowNanos;
  private final WindowMeter meter;
  private double limit;

  /**
   * @param windowNanos after which the policy is asked
   */
  AtLimit(House house, LimitPolicy policy, long windowNanos) {
    this.house = house;
    this.policy = policy;
    this.windowNanos = windowNanos;
    this.meter = new WindowMeter(house.nanos());
    this.limit = policy.initial();
  }

  @Override
  public void offered(Job job) {
    if (house.running() < (int) limit) {
      meter.started(house.nanos());
      house.start(job);
    } else {
      house.refuse(job);
    }
  }

  @Override
  public void ended(Job job) {
    long nowNanos = house.nanos();
    switch (job.state()) {
      case GOOD -> meter.served(nowNanos, nowNanos - job.startedNanos(), job.estimateNanos());
      case LATE, STOPPED -> meter.dropped(nowNanos);
      case WAITING, RUNNING, REFUSED -> throw new IllegalStateException("has not ended");
    }
  }

  @Override
  public void tick() {
    long nowNanos = house.nanos();
    if (meter.openNanos(nowNanos) >= windowNanos && meter.samples() >= LEAST_SAMPLES) {
      limit = policy.next(limit, meter.close(nowNanos));
    }
  }
}
