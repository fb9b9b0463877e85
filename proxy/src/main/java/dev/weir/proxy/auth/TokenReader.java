package dev.weir.proxy.auth;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.weir.proxy.config.TokenSettings;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Proof;
import dev.weir.proxy.path.TokenObserver.Finding;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Says what tokens are worth (RFC 7519, with the advice of RFC 8725). What is cheap to look at is
 * looked at before the signature. Thread-safe; costs up to a millisecond.
 */
final class TokenReader {

  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);

  private static final int LONGEST_CLAIM = 512;

  private final TokenSettings settings;
  private final Predicate<SigningKey> inUse;

  /**
   * @param inUse whether the issuer still has a key
   */
  TokenReader(TokenSettings settings, Predicate<SigningKey> inUse) {
    this.settings = settings;
    this.inUse = inUse;
  }

  /** What a token is worth. */
  sealed interface Worth {

    record Something(Proof.Verified proof) implements Worth {}

    /**
     * @param why anything but {@link Finding#VERIFIED}
     */
    record Nothing(Finding why) implements Worth {}
  }

  Worth read(String token, KeySet keys, Instant now) {
    try {
      return judge(parse(token), keys, now);
    } catch (ParseException e) {
      return new Worth.Nothing(Finding.MALFORMED);
    }
  }

  private static SignedJWT parse(String token) throws ParseException {
    try {
      SignedJWT read = SignedJWT.parse(token);
      if (read.getJWTClaimsSet() == null) {
        throw new ParseException("no claims", 0);
      }
      return read;
    } catch (RuntimeException surprised) { // a parser, by what strangers write
      throw new ParseException("no token", 0);
    }
  }

  private Worth judge(SignedJWT token, KeySet keys, Instant now) throws ParseException {
    JWSHeader header = token.getHeader();
    JWTClaimsSet claims = token.getJWTClaimsSet();
    if (!readable(header)) {
      return new Worth.Nothing(Finding.MALFORMED);
    }
    if (!isForUs(claims)) {
      return new Worth.Nothing(Finding.FOREIGN);
    }
    long untilMillis = untilMillis(claims);
    if (now.toEpochMilli() >= untilMillis || isEarly(claims, now)) {
      return new Worth.Nothing(Finding.UNTIMELY);
    }
    SigningKey key = keys.find(header.getKeyID(), header.getAlgorithm());
    if (key == null) {
      return new Worth.Nothing(
          keys.has(header.getKeyID()) ? Finding.MALFORMED : Finding.UNKNOWN_KEY);
    }
    Proof.Verified proof = proof(claims, untilMillis, key);
    return key.hasSigned(token.getSigningInput(), token.getSignature().decode())
        ? new Worth.Something(proof)
        : new Worth.Nothing(Finding.FORGED);
  }

  /** Keys, or addresses of keys, that the header brings along are not looked at. */
  private static boolean readable(JWSHeader header) {
    JOSEObjectType type = header.getType();
    return ALGORITHMS.contains(header.getAlgorithm())
        && header.getCriticalParams() == null
        && header.isBase64URLEncodePayload()
        && (type == null || isToken(type.getType().toLowerCase(Locale.ROOT)));
  }

  private static boolean isToken(String type) {
    return type.equals("jwt") || type.equals("at+jwt") || type.equals("application/at+jwt");
  }

  private boolean isForUs(JWTClaimsSet claims) {
    return settings.issuer().equals(claims.getIssuer())
        && claims.getAudience().contains(settings.audience());
  }

  private boolean isEarly(JWTClaimsSet claims, Instant now) {
    Date notBefore = claims.getNotBeforeTime();
    return notBefore != null && now.plus(settings.clockSkew()).isBefore(notBefore.toInstant());
  }

  private long untilMillis(JWTClaimsSet claims) throws ParseException {
    Date expires = claims.getExpirationTime();
    if (expires == null) {
      throw new ParseException("exp is missing", 0);
    }
    return expires.toInstant().toEpochMilli() + settings.clockSkew().toMillis();
  }

  private Proof.Verified proof(JWTClaimsSet claims, long untilMillis, SigningKey key)
      throws ParseException {
    String claim = claims.getStringClaim(settings.tenantClaim());
    if (claim == null || claim.length() > LONGEST_CLAIM) {
      throw new ParseException("a claim is missing, or too long", 0);
    }
    return new Proof.Verified(claim, highest(claims), untilMillis, () -> inUse.test(key));
  }

  private Priority highest(JWTClaimsSet claims) throws ParseException {
    String name = settings.priorityClaim();
    String word = name.isEmpty() ? null : claims.getStringClaim(name);
    if (word == null) {
      return Priority.CRITICAL;
    }
    for (Priority priority : Priority.values()) {
      if (priority.name().equalsIgnoreCase(word)) {
        return priority;
      }
    }
    throw new ParseException("no priority", 0);
  }
}
