package dev.weir.proxy.quota;

import dev.weir.proxy.config.CallersSettings;
import dev.weir.proxy.config.QuotaSettings;
import dev.weir.proxy.config.TenantSettings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who has which quota, by one configuration. Immutable.
 *
 * @param limits of the tenants that have a quota, by name
 * @param tenants all that are named
 * @param strangers the quota of each of all others, {@code null} if they have none
 */
record Terms(Map<String, Limits> limits, Set<String> tenants, @Nullable Limits strangers) {

  static Terms of(CallersSettings callers) {
    Map<String, Limits> limits = new HashMap<>();
    Set<String> tenants = new HashSet<>();
    for (TenantSettings tenant : callers.tenants()) {
      QuotaSettings own = tenant.quota();
      Limits of = Limits.of(own.limits() ? own : callers.quota());
      if (of != null) {
        limits.put(tenant.name(), of);
      }
      tenants.add(tenant.name());
    }
    return new Terms(limits, tenants, Limits.of(callers.anonymousQuota()));
  }

  boolean imposed() {
    return strangers != null || !limits.isEmpty();
  }

  boolean names(String tenant) {
    return tenants.contains(tenant);
  }

  /** {@code null} if the tenant has no quota. */
  @Nullable Limits of(String tenant) {
    Limits own = limits.get(tenant);
    return own != null || names(tenant) ? own : strangers;
  }
}
