package dev.weir.proxy.auth;

import dev.weir.proxy.config.ApiKey;
import dev.weir.proxy.config.CallersSettings;
import dev.weir.proxy.config.TenantSettings;
import dev.weir.proxy.config.Tier;
import dev.weir.proxy.path.Authenticator.Verdict;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.Network;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Proof;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All keys, subjects of certificates and claims of tokens, of one configuration. What a known
 * caller is told is made beforehand. Immutable.
 */
final class Ring {

  private static final Verdict STRANGER =
      new Verdict.Unknown(new Refusal(Reason.KEY_REQUIRED, Duration.ZERO));

  private final Map<ApiKey, Map<Priority, Verdict>> known = new HashMap<>();
  private final Map<String, Map<Priority, Verdict>> subjects = new HashMap<>();
  private final Map<String, Map<Priority, Verdict>> claims = new HashMap<>();
  private final Priority highestOfStrangers;
  private final boolean letsStrangersIn;

  private Ring(Priority highestOfStrangers, boolean letsStrangersIn) {
    this.highestOfStrangers = highestOfStrangers;
    this.letsStrangersIn = letsStrangersIn;
  }

  static Ring of(CallersSettings settings) {
    Ring ring = new Ring(priority(settings.anonymousPriority()), !settings.requireKey());
    for (TenantSettings tenant : settings.tenants()) {
      Map<Priority, Verdict> verdicts = verdicts(tenant);
      tenant.keys().forEach(key -> ring.known.put(key, verdicts));
      tenant.subjects().forEach(subject -> ring.subjects.put(subject, verdicts));
      tenant.claims().forEach(claim -> ring.claims.put(claim, verdicts));
    }
    return ring;
  }

  private static Map<Priority, Verdict> verdicts(TenantSettings tenant) {
    Map<Priority, Verdict> verdicts = new EnumMap<>(Priority.class);
    for (Priority claimed : Priority.values()) {
      Priority granted = claimed.atMost(priority(tenant.priority()));
      verdicts.put(
          claimed, new Verdict.Known(new Identity(tenant.name(), tenant.weight(), granted)));
    }
    return verdicts;
  }

  private static Priority priority(Tier tier) {
    return switch (tier) {
      case CRITICAL -> Priority.CRITICAL;
      case DEFAULT -> Priority.DEFAULT;
      case SHEDDABLE -> Priority.SHEDDABLE;
      case BATCH -> Priority.BATCH;
    };
  }

  /** Of a caller without a token. */
  Verdict identify(Caller caller) {
    Priority claimed = claimed(caller);
    // A key comes before a certificate: those who pass calls on for several have one certificate.
    Verdict verdict = verdict(caller.credential(), claimed);
    return verdict == null ? withoutKey(caller, claimed) : verdict;
  }

  /** Of a caller with a token, which comes before a certificate as a key does. */
  Verdict identify(Caller caller, Proof.Verified token) {
    Priority claimed = claimed(caller).atMost(token.highest());
    Map<Priority, Verdict> verdicts = claims.get(token.claim());
    if (verdicts == null) {
      verdicts = claims.get(TenantSettings.ANY_CLAIM);
    }
    Verdict verdict = verdicts == null ? null : verdicts.get(claimed);
    return verdict == null ? withoutKey(caller, claimed) : verdict;
  }

  private static Priority claimed(Caller caller) {
    return caller.claimed() == null ? Priority.DEFAULT : caller.claimed();
  }

  private Verdict withoutKey(Caller caller, Priority claimed) {
    Verdict verdict = certified(caller.subject(), claimed);
    if (verdict != null) {
      return verdict;
    }
    return letsStrangersIn
        ? new Verdict.Known(
            new Identity(Network.of(caller.address()), 1, claimed.atMost(highestOfStrangers)))
        : STRANGER;
  }

  // Keys are looked up by their digests, and compared by them: what the time tells of a digest
  // helps nobody to make a key that has it.
  private @Nullable Verdict verdict(@Nullable String credential, Priority claimed) {
    if (credential == null || known.isEmpty()) {
      return null;
    }
    ApiKey key = ApiKey.of(credential);
    Map<Priority, Verdict> verdicts = key == null ? null : known.get(key);
    return verdicts == null ? null : verdicts.get(claimed);
  }

  private @Nullable Verdict certified(@Nullable String subject, Priority claimed) {
    Map<Priority, Verdict> verdicts = subject == null ? null : subjects.get(subject);
    return verdicts == null ? null : verdicts.get(claimed);
  }
}
