package dev.weir.proxy.config;

import java.time.Duration;

/**
 * How long callers wait.
 *
 * @param standard for calls that do not say
 * @param longest that a call may ask for
 */
public record DeadlineSettings(Duration standard, Duration longest) {}
