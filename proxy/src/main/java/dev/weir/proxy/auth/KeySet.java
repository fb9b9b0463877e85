package dev.weir.proxy.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The keys of an issuer that tokens can be verified by. Immutable. */
record KeySet(List<SigningKey> keys) {

  static final KeySet NONE = new KeySet(List.of());

  /** Issuers have two or three. */
  private static final int MOST = 100;

  /**
   * Reads a JWK set (RFC 7517). Keys of other kinds are passed over.
   *
   * @throws UnusableKeys if it is none, or holds no key that can be used
   */
  static KeySet parse(byte[] json) throws UnusableKeys {
    List<SigningKey> keys = new ArrayList<>();
    for (JWK published : published(json)) {
      SigningKey key = SigningKey.of(published);
      if (key != null) {
        keys.add(key);
      }
    }
    if (keys.isEmpty()) {
      throw new UnusableKeys("holds no key for RS256 (of 2048 bits), ES256 or EdDSA (Ed25519)");
    }
    return new KeySet(List.copyOf(keys));
  }

  private static List<JWK> published(byte[] json) throws UnusableKeys {
    try {
      List<JWK> keys = JWKSet.parse(new String(json, UTF_8)).getKeys();
      if (keys.size() > MOST) {
        throw new UnusableKeys("holds more than " + MOST + " keys");
      }
      return keys;
    } catch (ParseException | RuntimeException e) { // a parser may be surprised, too
      throw new UnusableKeys("is no JWK set", e);
    }
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  /** Whether there is a key of that name; without a name, any. */
  boolean has(@Nullable String id) {
    return id == null ? !isEmpty() : keys.stream().anyMatch(key -> id.equals(key.id()));
  }

  /**
   * The key by which a token is signed that names it so.
   *
   * @param id {@code null} if the token names none, which is enough where there is only one
   * @return {@code null} if there is none for that algorithm
   */
  @Nullable SigningKey find(@Nullable String id, JWSAlgorithm algorithm) {
    SigningKey found = null;
    for (SigningKey key : keys) {
      if (key.algorithms().contains(algorithm) && (id == null || Objects.equals(id, key.id()))) {
        if (found != null) {
          return null;
        }
        found = key;
      }
    }
    return found;
  }
}
