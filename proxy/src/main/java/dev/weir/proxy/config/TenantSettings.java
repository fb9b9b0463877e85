package dev.weir.proxy.config;

import dev.weir.routing.InvalidSetting;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Callers that share one share.
 *
 * @param name in metrics and logs; cannot be taken for an address
 * @param keys any of which proves that a call is theirs
 * @param weight of their share, relative to others; that of a caller without a key is 1
 * @param priority the highest that they may claim
 */
public record TenantSettings(String name, List<ApiKey> keys, double weight, Tier priority) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,64}");

  public TenantSettings {
    keys = List.copyOf(keys);
    if (!NAME.matcher(name).matches()) {
      throw new InvalidSetting(
          TenantKeys.NAME.name(),
          "must be of lower-case letters, digits, _ and -, and at most 64 of them");
    }
    if (keys.isEmpty()) {
      throw new InvalidSetting(TenantKeys.KEYS.name(), "must name at least one key");
    }
    if (new HashSet<>(keys).size() < keys.size()) {
      throw new InvalidSetting(TenantKeys.KEYS.name(), "must not name a key twice");
    }
    TenantKeys.WEIGHT.require(weight);
  }
}
