package dev.weir.proxy.config;

import java.util.ArrayList;
import java.util.List;

/** Tells which keys have other values, and which of those can be swapped while the server runs. */
public final class LiveKeys {

  /** Groups, and single keys, that are looked up at each use. */
  private static final List<String> LIVE =
      List.of(
          "callers.",
          "gate.",
          "brownout.",
          "deadline.",
          "breaker.",
          "rides.tariff.",
          "log.",
          "tracing.",
          SettingsKeys.DRAIN_TIMEOUT.name());

  /** Groups below those that are not. */
  private static final List<String> FIXED =
      List.of(
          "callers.tokens.",
          TracingKeys.ENDPOINT.name(),
          TracingKeys.SERVICE_NAME.name(),
          TracingKeys.HEADERS.name());

  private LiveKeys() {}

  /**
   * What a change of settings comes to.
   *
   * @param live names of changed keys that can be swapped
   * @param fixed names of changed keys that need a restart
   */
  public record Change(List<String> live, List<String> fixed) {}

  public static Change between(Settings now, Settings next) {
    List<String> live = new ArrayList<>();
    List<String> fixed = new ArrayList<>();
    for (Key<Settings, ?> key : SettingsKeys.SCHEMA.keys()) {
      if (!key.of().apply(now).equals(key.of().apply(next))) {
        (isLive(key.name()) ? live : fixed).add(key.name());
      }
    }
    return new Change(List.copyOf(live), List.copyOf(fixed));
  }

  static boolean isLive(String name) {
    return LIVE.stream().anyMatch(name::startsWith) && FIXED.stream().noneMatch(name::startsWith);
  }
}
