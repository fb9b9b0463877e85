package dev.weir.proxy.config;

import dev.weir.routing.InvalidSetting;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who may call, and what each may claim.
 *
 * @param requireKey a call without a known key or certificate is refused
 * @param anonymousPriority the highest that a call without either may claim
 * @param anonymousQuota of each address of such calls
 * @param quota of each tenant that has none of its own
 */
public record CallersSettings(
    boolean requireKey,
    Tier anonymousPriority,
    QuotaSettings anonymousQuota,
    QuotaSettings quota,
    List<TenantSettings> tenants) {

  /** Everybody, and nobody is known. */
  public static final CallersSettings ANYBODY = new CallersSettings(false, Tier.DEFAULT, List.of());

  /** Without quotas but those of tenants' own. */
  public CallersSettings(boolean requireKey, Tier anonymousPriority, List<TenantSettings> tenants) {
    this(requireKey, anonymousPriority, QuotaSettings.NONE, QuotaSettings.NONE, tenants);
  }

  public CallersSettings {
    tenants = List.copyOf(tenants);
    Set<String> names = new HashSet<>();
    Set<ApiKey> keys = new HashSet<>();
    Set<String> subjects = new HashSet<>();
    for (TenantSettings tenant : tenants) {
      if (!names.add(tenant.name())) {
        throw new InvalidSetting(CallersKeys.TENANTS.name(), "names " + tenant.name() + " twice");
      }
      for (ApiKey key : tenant.keys()) {
        if (!keys.add(key)) {
          throw new InvalidSetting(
              CallersKeys.TENANTS.name(), "gives " + tenant.name() + " the key of another");
        }
      }
      for (String subject : tenant.subjects()) {
        if (!subjects.add(subject)) {
          throw new InvalidSetting(
              CallersKeys.TENANTS.name(), "gives " + tenant.name() + " the subject of another");
        }
      }
    }
    if (requireKey && tenants.isEmpty()) {
      throw new InvalidSetting(
          CallersKeys.REQUIRE_KEY.name(), "lets nobody in without " + CallersKeys.TENANTS.name());
    }
  }
}
