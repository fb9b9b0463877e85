package dev.weir.proxy.config;

import dev.weir.routing.InvalidSetting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tokens in JSON (JWT) that callers may bring, and what is asked of them.
 *
 * @param jwks where the public keys of the issuer are, a file or a URL; empty if no token is taken
 * @param issuer who has made them
 * @param audience whom they are for
 * @param clockSkew by which the clock of the issuer may differ from ours
 * @param refresh how often the keys are fetched from a URL
 * @param tenantClaim name of the claim that says whose token it is
 * @param priorityClaim name of the claim that lowers the highest priority; empty for none
 */
public record TokenSettings(
    String jwks,
    String issuer,
    String audience,
    Duration clockSkew,
    Duration refresh,
    String tenantClaim,
    String priorityClaim) {

  /** Nobody brings a token. */
  public static final TokenSettings OFF =
      new TokenSettings("", "", "", Duration.ofSeconds(30), Duration.ofMinutes(10), "sub", "");

  public TokenSettings {
    TokenKeys.CLOCK_SKEW.require(clockSkew);
    TokenKeys.REFRESH.require(refresh);
    TokenKeys.TENANT_CLAIM.require(tenantClaim);
    if (!jwks.isEmpty()) {
      requireSet(TokenKeys.ISSUER, issuer);
      requireSet(TokenKeys.AUDIENCE, audience);
      requirePlace(jwks);
    }
  }

  private static void requireSet(Key<Settings, String> key, String value) {
    if (value.isEmpty()) {
      throw new InvalidSetting(key.name(), "must be set, since tokens are taken");
    }
  }

  /** Whoever can answer in the place of the issuer can make tokens. */
  private static void requirePlace(String jwks) {
    URI url = url(jwks);
    if (url != null && !isTrustworthy(url)) {
      throw new InvalidSetting(
          TokenKeys.JWKS.name(), "must be a file, a URL with https, or one with http on loopback");
    }
  }

  /** Without a password, too: it would be logged. */
  private static boolean isTrustworthy(URI url) {
    String host = url.getHost();
    return host != null
        && url.getUserInfo() == null
        && (url.getScheme().equals("https")
            || (url.getScheme().equals("http") && Loopback.is(host)));
  }

  private static @Nullable URI url(String jwks) {
    if (!jwks.contains("://")) {
      return null;
    }
    try {
      return URI.create(jwks);
    } catch (IllegalArgumentException e) {
      throw new InvalidSetting(TokenKeys.JWKS.name(), "needs a URL or the path of a file");
    }
  }

  /** Whether callers may bring tokens. */
  public boolean on() {
    return !jwks.isEmpty();
  }

  /** The URL of the keys, {@code null} if they are in a file. */
  public @Nullable URI url() {
    return url(jwks);
  }

  /** The file of the keys, where {@link #url} is {@code null}. */
  public Path file() {
    return Path.of(jwks);
  }
}
