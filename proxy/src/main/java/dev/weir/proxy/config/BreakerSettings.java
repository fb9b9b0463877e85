package dev.weir.proxy.config;

import dev.weir.routing.InvalidSetting;
import java.time.Duration;

/**
 * When the engine counts as unwell.
 *
 * @param failureRatePercent of the calls in the window
 * @param slowCallDuration a call on a worker for longer is slow
 * @param slowCallRatePercent of the calls in the window
 * @param window number of calls looked at
 * @param minimumCalls below which nothing is concluded
 * @param openFor before probes are let through
 * @param probes calls let through half-open
 */
public record BreakerSettings(
    int failureRatePercent,
    Duration slowCallDuration,
    int slowCallRatePercent,
    int window,
    int minimumCalls,
    Duration openFor,
    int probes) {

  public BreakerSettings {
    BreakerKeys.FAILURE_RATE.require(failureRatePercent);
    BreakerKeys.SLOW_CALL.require(slowCallDuration);
    BreakerKeys.SLOW_CALL_RATE.require(slowCallRatePercent);
    BreakerKeys.WINDOW.require(window);
    BreakerKeys.MINIMUM_CALLS.require(minimumCalls);
    BreakerKeys.OPEN_FOR.require(openFor);
    BreakerKeys.PROBES.require(probes);
    if (minimumCalls > window) {
      throw new InvalidSetting(
          BreakerKeys.MINIMUM_CALLS.name(),
          "must not be more than " + BreakerKeys.WINDOW.name() + ", " + window);
    }
  }
}
