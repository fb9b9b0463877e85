package dev.weir.proxy.config;

import dev.weir.routing.EngineSettings;
import java.time.Duration;

/**
 * Everything an operator can set, complete and valid.
 *
 * @param drainTimeout how long running calls may take to finish when the server is told to stop
 */
public record Settings(
    EngineSettings engine,
    HttpSettings http,
    AdminSettings admin,
    GateSettings gate,
    DeadlineSettings deadline,
    BreakerSettings breaker,
    WarmUpSettings warmUp,
    LogSettings log,
    Duration drainTimeout) {}
