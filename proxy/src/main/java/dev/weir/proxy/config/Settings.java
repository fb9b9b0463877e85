package dev.weir.proxy.config;

import dev.weir.routing.EngineSettings;
import dev.weir.routing.InvalidSetting;
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
    CallersSettings callers,
    GateSettings gate,
    BrownoutSettings brownout,
    DeadlineSettings deadline,
    BreakerSettings breaker,
    WarmUpSettings warmUp,
    LogSettings log,
    Duration drainTimeout) {

  public Settings {
    SettingsKeys.DRAIN_TIMEOUT.require(drainTimeout);
    if (http.port() != 0 && http.port() == admin.port()) {
      throw new InvalidSetting(
          AdminKeys.PORT.name(), "must not be the same as " + HttpKeys.PORT.name());
    }
  }

  /** The same for a server beside this one, for whoever is on this machine. */
  public Settings aside() {
    return new Settings(
        engine,
        http.aside(),
        admin,
        CallersSettings.ANYBODY,
        gate,
        brownout,
        deadline,
        breaker,
        warmUp,
        log,
        drainTimeout);
  }
}
