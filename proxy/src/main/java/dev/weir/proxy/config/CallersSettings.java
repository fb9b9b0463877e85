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
 * @param beyondLoopback such calls are served although they may come from elsewhere
 * @param anonymousQuota of each address of such calls
 * @param quota of each tenant that has none of its own
 * @param maxFailures unknown keys and bad tokens of one address in a minute; 0 for no limit
 */
public record CallersSettings(
    boolean requireKey,
    Tier anonymousPriority,
    boolean beyondLoopback,
    QuotaSettings anonymousQuota,
    QuotaSettings quota,
    int maxFailures,
    TokenSettings tokens,
    List<TenantSettings> tenants) {

  private static final int USUAL_FAILURES = 60;

  /** Everybody, and nobody is known. */
  public static final CallersSettings ANYBODY = new CallersSettings(false, Tier.DEFAULT, List.of());

  /** The same, from wherever they come. */
  static final CallersSettings ANYBODY_ANYWHERE =
      new CallersSettings(
          false,
          Tier.DEFAULT,
          true,
          QuotaSettings.NONE,
          QuotaSettings.NONE,
          USUAL_FAILURES,
          TokenSettings.OFF,
          List.of());

  /** Without tokens, and without quotas but those of tenants' own. */
  public CallersSettings(boolean requireKey, Tier anonymousPriority, List<TenantSettings> tenants) {
    this(requireKey, anonymousPriority, QuotaSettings.NONE, QuotaSettings.NONE, tenants);
  }

  /** Without tokens. */
  public CallersSettings(
      boolean requireKey,
      Tier anonymousPriority,
      QuotaSettings anonymousQuota,
      QuotaSettings quota,
      List<TenantSettings> tenants) {
    this(
        requireKey,
        anonymousPriority,
        false,
        anonymousQuota,
        quota,
        USUAL_FAILURES,
        TokenSettings.OFF,
        tenants);
  }

  public CallersSettings {
    CallersKeys.MAX_FAILURES.require(maxFailures);
    tenants = List.copyOf(tenants);
    Set<String> names = new HashSet<>();
    Set<ApiKey> keys = new HashSet<>();
    Set<String> subjects = new HashSet<>();
    Set<String> claims = new HashSet<>();
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
      for (String claim : tenant.claims()) {
        if (!claims.add(claim)) {
          throw new InvalidSetting(
              CallersKeys.TENANTS.name(), "gives " + tenant.name() + " the claim of another");
        }
      }
    }
    if (claims.isEmpty() == tokens.on()) {
      throw tokens.on()
          ? new InvalidSetting(
              TokenKeys.JWKS.name(), "lets nobody in while no tenant has claims in tokens")
          : new InvalidSetting(
              TokenKeys.JWKS.name(), "must be set, since a tenant has claims in tokens");
    }
    if (requireKey && tenants.isEmpty()) {
      throw new InvalidSetting(
          CallersKeys.REQUIRE_KEY.name(), "lets nobody in without " + CallersKeys.TENANTS.name());
    }
  }
}
