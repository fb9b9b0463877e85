package dev.weir.proxy.config;

import java.time.Duration;

/**
 * How much may be in the house.
 *
 * @param permits calls computed at the same time; 0 for the processors of this machine or cgroup
 * @param maxQueue calls waiting for a worker
 * @param maxQueueDelay estimated wait, and wait while newer calls are preferred, beyond which calls
 *     are refused even if their deadline is later
 * @param pressureDelay wait of the oldest call from which on the newest goes first
 * @param sharePerCaller part of permits and queue that one caller may hold, 1.0 for no such limit
 */
public record GateSettings(
    int permits,
    int maxQueue,
    Duration maxQueueDelay,
    Duration pressureDelay,
    double sharePerCaller) {

  public GateSettings {
    GateKeys.PERMITS.require(permits);
    GateKeys.MAX_QUEUE.require(maxQueue);
    GateKeys.MAX_QUEUE_DELAY.require(maxQueueDelay);
    GateKeys.PRESSURE_DELAY.require(pressureDelay);
    GateKeys.SHARE.require(sharePerCaller);
  }
}
