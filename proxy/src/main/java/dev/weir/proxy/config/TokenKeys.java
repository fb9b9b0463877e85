package dev.weir.proxy.config;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** The keys below {@code callers.tokens}. */
final class TokenKeys {

  static final Key<Settings, String> JWKS =
      key(
          "jwks",
          Forms.claimOrNothing(),
          "",
          "Public keys of the issuer of tokens (JWT): a file, or a URL with https; empty if no"
              + " token is taken. See docs/security.md.",
          TokenSettings::jwks);

  static final Key<Settings, String> ISSUER =
      key(
          "issuer",
          Forms.claimOrNothing(),
          "",
          "Who makes the tokens: their claim iss.",
          TokenSettings::issuer);

  static final Key<Settings, String> AUDIENCE =
      key(
          "audience",
          Forms.claimOrNothing(),
          "",
          "Whom they are for: one of their claim aud.",
          TokenSettings::audience);

  static final Key<Settings, Duration> CLOCK_SKEW =
      key(
          "clock-skew",
          Forms.duration("0s", "5m"),
          Duration.ofSeconds(30),
          "By which the clock of the issuer may differ from ours.",
          TokenSettings::clockSkew);

  static final Key<Settings, Duration> REFRESH =
      key(
          "refresh",
          Forms.duration("1m", "24h"),
          Duration.ofMinutes(10),
          "How often keys are fetched from a URL. A token by an unknown key has them fetched at"
              + " once.",
          TokenSettings::refresh);

  static final Key<Settings, String> TENANT_CLAIM =
      key(
          "tenant-claim",
          Forms.claim(),
          "sub",
          "The claim that tenants are known by, see claims of a tenant.",
          TokenSettings::tenantClaim);

  static final Key<Settings, String> PRIORITY_CLAIM =
      key(
          "priority-claim",
          Forms.claimOrNothing(),
          "",
          "The claim that names the highest priority of a token, which may be lower than that of"
              + " its tenant; empty for none.",
          TokenSettings::priorityClaim);

  static final List<Key<Settings, ?>> ALL =
      List.of(JWKS, ISSUER, AUDIENCE, CLOCK_SKEW, REFRESH, TENANT_CLAIM, PRIORITY_CLAIM);

  private TokenKeys() {}

  private static <T> Key<Settings, T> key(
      String name, Form<T> form, T standard, String sentence, Function<TokenSettings, T> of) {
    return new Key<>(
        "callers.tokens." + name,
        form,
        standard,
        sentence,
        settings -> of.apply(settings.callers().tokens()));
  }

  static TokenSettings make(Values values) {
    return new TokenSettings(
        values.get(JWKS),
        values.get(ISSUER),
        values.get(AUDIENCE),
        values.get(CLOCK_SKEW),
        values.get(REFRESH),
        values.get(TENANT_CLAIM),
        values.get(PRIORITY_CLAIM));
  }
}
