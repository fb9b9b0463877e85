package dev.weir.proxy.config;

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
    int probes) {}
