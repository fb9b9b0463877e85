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
 * @param subjects in verified certificates of callers, any of which proves the same
 * @param claims values of one claim of verified tokens, any of which proves the same; {@code *} for
 *     every value that no tenant names
 * @param weight of their share, relative to others; that of a caller without a key is 1
 * @param priority the highest that they may claim
 * @param quota of their own; {@link QuotaSettings#NONE} for that of all tenants
 */
public record TenantSettings(
    String name,
    List<ApiKey> keys,
    List<String> subjects,
    List<String> claims,
    double weight,
    Tier priority,
    QuotaSettings quota) {

  /** Stands for every claim that no tenant names. */
  public static final String ANY_CLAIM = "*";

  private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,64}");

  /** Known by keys alone. */
  public TenantSettings(String name, List<ApiKey> keys, double weight, Tier priority) {
    this(name, keys, List.of(), weight, priority);
  }

  /** Known by keys and certificates. */
  public TenantSettings(
      String name, List<ApiKey> keys, List<String> subjects, double weight, Tier priority) {
    this(name, keys, subjects, weight, priority, QuotaSettings.NONE);
  }

  /** The same with a quota of their own. */
  public TenantSettings(
      String name,
      List<ApiKey> keys,
      List<String> subjects,
      double weight,
      Tier priority,
      QuotaSettings quota) {
    this(name, keys, subjects, List.of(), weight, priority, quota);
  }

  public TenantSettings {
    keys = List.copyOf(keys);
    subjects = List.copyOf(subjects);
    claims = List.copyOf(claims);
    if (!NAME.matcher(name).matches()) {
      throw new InvalidSetting(
          TenantKeys.NAME.name(),
          "must be of lower-case letters, digits, _ and -, and at most 64 of them");
    }
    if (keys.isEmpty() && subjects.isEmpty() && claims.isEmpty()) {
      throw new InvalidSetting(
          TenantKeys.KEYS.name(),
          "must name at least one key, unless subjects or claims names one");
    }
    if (new HashSet<>(keys).size() < keys.size()) {
      throw new InvalidSetting(TenantKeys.KEYS.name(), "must not name a key twice");
    }
    TenantKeys.SUBJECTS.require(subjects);
    if (new HashSet<>(subjects).size() < subjects.size()) {
      throw new InvalidSetting(TenantKeys.SUBJECTS.name(), "must not name a subject twice");
    }
    TenantKeys.CLAIMS.require(claims);
    if (new HashSet<>(claims).size() < claims.size()) {
      throw new InvalidSetting(TenantKeys.CLAIMS.name(), "must not name a claim twice");
    }
    TenantKeys.WEIGHT.require(weight);
  }
}
