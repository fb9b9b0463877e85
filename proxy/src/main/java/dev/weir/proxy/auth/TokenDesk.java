package dev.weir.proxy.auth;

import dev.weir.proxy.auth.TokenReader.Worth;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Network;
import dev.weir.proxy.path.Proof;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.TokenObserver;
import dev.weir.proxy.path.TokenObserver.Finding;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the tokens of callers. One that was verified is known again by a look-up until it
 * expires. Any other waits for its turn on a thread of the desk, since that takes up to a
 * millisecond, or until the keys of the issuer are fetched; so many may wait and no more.
 * Thread-safe.
 */
final class TokenDesk {

  private static final Logger LOG = LoggerFactory.getLogger(TokenDesk.class);

  /** Longer ones are no tokens. Metadata of gRPC ends at 8 KiB, too. */
  private static final int LONGEST = 8_192;

  /** About a second of work for one thread. */
  static final int MOST_WAITING = 1_024;

  /** Of these; a fetch may take seconds, and names of keys can be made up. */
  static final int MOST_WAITING_FOR_KEYS = 128;

  static final Proof INVALID = refused(Reason.TOKEN_INVALID, Duration.ZERO);
  static final Proof TOO_MANY = refused(Reason.TOO_MANY_FAILURES, Failures.RETRY_AFTER);
  static final Proof UNVERIFIABLE = refused(Reason.TOKENS_UNVERIFIABLE, Duration.ofSeconds(1));

  private final TokenReader reader;
  private final IssuerKeys keys;
  private final Failures failures;
  private final TokenObserver observer;
  private final InstantSource clock;
  private final Executor threads;
  private final Semaphore places = new Semaphore(MOST_WAITING);
  private final FairPlaces placesForKeys = new FairPlaces(MOST_WAITING_FOR_KEYS);

  /**
   * @param threads verify tokens
   */
  TokenDesk(
      TokenReader reader,
      IssuerKeys keys,
      Failures failures,
      TokenObserver observer,
      InstantSource clock,
      Executor threads) {
    this.reader = reader;
    this.keys = keys;
    this.failures = failures;
    this.observer = observer;
    this.clock = clock;
    this.threads = threads;
  }

  private static Proof refused(Reason reason, Duration retryAfter) {
    return new Proof.Refused(new Refusal(reason, retryAfter));
  }

  /** As {@link dev.weir.proxy.path.Authenticator#recognize}. */
  @Nullable Caller recognize(Caller caller, Consumer<Caller> then) {
    String token = caller.credential();
    if (token == null || !isToken(token)) {
      return caller;
    }
    TokenDigest digest = TokenDigest.of(token);
    Proof known = keys.current().known(digest);
    if (known != null) {
      return caller.with(known);
    }
    Visit visit = new Visit(token, digest, caller, then);
    if (!failures.allows(visit.network())) {
      return caller.with(TOO_MANY);
    }
    if (token.length() > LONGEST) {
      return caller.with(proof(Finding.MALFORMED, visit));
    }
    return places.tryAcquire() && begin(visit) ? null : caller.with(UNVERIFIABLE);
  }

  /** Of three parts, by the look of it. */
  private static boolean isToken(String credential) {
    int first = credential.indexOf('.');
    int second = credential.indexOf('.', first + 1);
    return first > 0 && second > first && credential.indexOf('.', second + 1) < 0;
  }

  /** A token that nobody knows yet. */
  private record Visit(String token, TokenDigest digest, Caller caller, Consumer<Caller> then) {

    String network() {
      return Network.of(caller.address());
    }
  }

  /** Of the keys, for a token. */
  private enum Renewal {
    TO_COME,
    DONE,
    /** The keys are those of before. */
    FAILED
  }

  private boolean begin(Visit visit) {
    try {
      threads.execute(() -> verify(visit, Renewal.TO_COME));
      return true;
    } catch (RejectedExecutionException e) {
      places.release(); // the server stops
      return false;
    }
  }

  private void verify(Visit visit, Renewal renewal) {
    Proof proof;
    try {
      proof = look(visit, renewal);
    } catch (RuntimeException | Error fault) {
      LOG.error("A token could not be verified.", fault);
      proof = UNVERIFIABLE;
    }
    if (proof != null) {
      conclude(visit, proof);
    }
  }

  /** {@code null} if the visit waits for the keys. */
  private @Nullable Proof look(Visit visit, Renewal renewal) {
    if (!failures.allows(visit.network())) {
      return TOO_MANY; // by those that were before it in the line
    }
    Edition edition = keys.current();
    Worth worth = reader.read(visit.token(), edition.keys(), clock.instant());
    return switch (worth) {
      case Worth.Something(Proof.Verified proof) -> {
        observer.tokenFound(Finding.VERIFIED);
        edition.remember(visit.digest(), proof);
        yield proof;
      }
      case Worth.Nothing(Finding why) ->
          why == Finding.UNKNOWN_KEY && renewal != Renewal.DONE
              ? unknownKey(visit, renewal)
              : proof(why, visit);
    };
  }

  /** While nobody knows whether there is such a key, the token is not at fault. */
  private @Nullable Proof unknownKey(Visit visit, Renewal renewal) {
    return renewal == Renewal.TO_COME && waitsForKeys(visit) ? null : UNVERIFIABLE;
  }

  private void conclude(Visit visit, Proof proof) {
    places.release();
    visit.then().accept(visit.caller().with(proof));
  }

  private boolean waitsForKeys(Visit visit) {
    CompletableFuture<Boolean> renewed = keys.renew();
    if (renewed == null || !placesForKeys.tryTake(visit.network())) {
      return false;
    }
    var _ =
        renewed.thenAccept(
            had -> {
              placesForKeys.giveBack(visit.network());
              Renewal renewal = had ? Renewal.DONE : Renewal.FAILED;
              try {
                threads.execute(() -> verify(visit, renewal));
              } catch (RejectedExecutionException e) {
                conclude(visit, UNVERIFIABLE);
              }
            });
    return true;
  }

  private Proof proof(Finding why, Visit visit) {
    observer.tokenFound(why);
    failures.count(visit.network());
    return INVALID;
  }
}
