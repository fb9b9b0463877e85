package dev.weir.proxy.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.weir.proxy.path.Proof;
import dev.weir.proxy.path.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an issuer, and the tokens that were verified by them: a key that is taken back takes
 * its tokens along. Thread-safe.
 */
final class Edition {

  /** Some 200 bytes each. */
  private static final int MOST_TOKENS = 50_000;

  private final KeySet keys;
  private final Cache<TokenDigest, Proof.Verified> verified;

  private Edition(KeySet keys, Cache<TokenDigest, Proof.Verified> verified) {
    this.keys = keys;
    this.verified = verified;
  }

  static Edition of(KeySet keys, Ticker ticker, InstantSource clock) {
    return new Edition(
        keys,
        Caffeine.newBuilder()
            .maximumSize(MOST_TOKENS)
            .expireAfter(
                Expiry.<TokenDigest, Proof.Verified>writing(
                    (_, token) -> Duration.ofMillis(token.untilMillis() - clock.millis())))
            .ticker(ticker::nanos)
            .executor(Runnable::run)
            .build());
  }

  /** The next one. Tokens stay verified if all keys do. */
  Edition with(KeySet next, Ticker ticker, InstantSource clock) {
    return next.keys().containsAll(keys.keys())
        ? new Edition(next, verified)
        : of(next, ticker, clock);
  }

  KeySet keys() {
    return keys;
  }

  /** What was found when it was verified, {@code null} if it was not, or was forgotten. */
  Proof.@Nullable Verified known(TokenDigest token) {
    return verified.getIfPresent(token);
  }

  void remember(TokenDigest token, Proof.Verified found) {
    verified.put(token, found);
  }
}
