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
    GrpcSettings grpc,
    AdminSettings admin,
    CallersSettings callers,
    GateSettings gate,
    BrownoutSettings brownout,
    DeadlineSettings deadline,
    BreakerSettings breaker,
    WarmUpSettings warmUp,
    RidesSettings rides,
    LogSettings log,
    TracingSettings tracing,
    Duration drainTimeout) {

  public Settings {
    SettingsKeys.DRAIN_TIMEOUT.require(drainTimeout);
    differ(HttpKeys.PORT, http.port(), AdminKeys.PORT, admin.port());
    if (grpc.enabled()) {
      differ(HttpKeys.PORT, http.port(), GrpcKeys.PORT, grpc.port());
      differ(AdminKeys.PORT, admin.port(), GrpcKeys.PORT, grpc.port());
    }
    if (!callers.requireKey() && !callers.beyondLoopback()) {
      forOurselves(HttpKeys.HOST, http.host());
      if (grpc.enabled()) {
        forOurselves(GrpcKeys.HOST, grpc.host());
      }
    }
  }

  /** Nobody serves the whole net by forgetting to say whom. */
  private static void forOurselves(Key<?, ?> key, String host) {
    if (!Loopback.is(host)) {
      throw new InvalidSetting(
          key.name(),
          "lets everybody in who can reach it: set "
              + CallersKeys.REQUIRE_KEY.name()
              + ", or "
              + CallersKeys.BEYOND_LOOPBACK.name()
              + " if that is meant");
    }
  }

  private static void differ(Key<?, ?> key, int port, Key<?, ?> otherKey, int other) {
    if (port != 0 && port == other) {
      throw new InvalidSetting(otherKey.name(), "must not be the same as " + key.name());
    }
  }

  /** The same for a server beside this one, for whoever is on this machine. */
  public Settings aside() {
    return new Settings(
        engine,
        http.aside(),
        grpc,
        admin,
        CallersSettings.ANYBODY_ANYWHERE, // of whom its own address lets in those of this machine
        gate,
        brownout,
        deadline,
        breaker,
        warmUp,
        rides,
        log,
        TracingSettings.off(),
        drainTimeout);
  }
}
