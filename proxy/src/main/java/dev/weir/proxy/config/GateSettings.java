package dev.weir.proxy.config;

import java.time.Duration;

/**
 * How much may be in the house.
 *
 * @param permits calls computed at the same time; 0 for the processors of this machine or cgroup
 * @param maxQueue calls waiting for a worker
 * @param maxQueueDelay estimated wait beyond which calls are refused even if their deadline is
 *     later, and wait of the oldest call beyond which the newest goes first
 * @param standingQueueDelay the same once the queue has not been empty for {@code maxQueueDelay}
 * @param sharePerCaller part of permits and queue that one caller may hold, 1.0 for no such limit
 */
public record GateSettings(
    int permits,
    int maxQueue,
    Duration maxQueueDelay,
    Duration standingQueueDelay,
    double sharePerCaller) {

  public GateSettings {
    GateKeys.PERMITS.require(permits);
    GateKeys.MAX_QUEUE.require(maxQueue);
    GateKeys.MAX_QUEUE_DELAY.require(maxQueueDelay);
    GateKeys.STANDING_DELAY.require(standingQueueDelay);
    GateKeys.SHARE.require(sharePerCaller);
  }
}
