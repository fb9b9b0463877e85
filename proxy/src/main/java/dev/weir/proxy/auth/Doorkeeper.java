package dev.weir.proxy.auth;

import dev.weir.proxy.config.CallersSettings;
import dev.weir.proxy.config.Live;
import dev.weir.proxy.config.TokenSettings;
import dev.weir.proxy.path.Authenticator;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Network;
import dev.weir.proxy.path.Proof;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Ticker;
import dev.weir.proxy.path.TokenObserver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Knows tenants by their keys, tokens and certificates; whoever brings none of them is a tenant by
 * its address, if such callers are let in. Thread-safe.
 */
public final class Doorkeeper implements Authenticator, AutoCloseable {

  /** A file is looked at whenever {@link #check} is called. */
  private static final Duration ALWAYS = Duration.ZERO;

  private static final Verdict WORTHLESS =
      new Verdict.Unknown(new Refusal(Reason.TOKEN_INVALID, Duration.ZERO));

  private final Supplier<Ring> ring;
  private final Failures failures;
  private final InstantSource clock;
  private final @Nullable Tokens tokens;

  /** What there is if tokens are taken. */
  private record Tokens(TokenDesk desk, IssuerKeys keys, KeyPlace place, ExecutorService threads) {}

  /**
   * Takes tokens if the settings say so, and never begins or ceases to.
   *
   * @param threads that verify tokens, at least 1
   */
  public Doorkeeper(
      Live<CallersSettings> callers,
      TokenObserver observer,
      Ticker ticker,
      InstantSource clock,
      int threads) {
    this.ring = callers.map(Ring::of);
    this.failures = new Failures(() -> callers.get().maxFailures(), ticker);
    this.clock = clock;
    TokenSettings settings = callers.get().tokens();
    this.tokens = settings.on() ? tokens(settings, observer, ticker, threads) : null;
  }

  private Tokens tokens(
      TokenSettings settings, TokenObserver observer, Ticker ticker, int threads) {
    KeyPlace place = KeyPlace.of(settings);
    Duration every = settings.url() == null ? ALWAYS : settings.refresh();
    IssuerKeys keys = new IssuerKeys(place, settings.jwks(), every, observer, ticker, clock);
    ExecutorService verifiers =
        Executors.newFixedThreadPool(
            threads, task -> Thread.ofPlatform().name("weir-verify").daemon().unstarted(task));
    TokenDesk desk =
        new TokenDesk(
            new TokenReader(settings, keys::uses), keys, failures, observer, clock, verifiers);
    return new Tokens(desk, keys, place, verifiers);
  }

  /**
   * Reads the keys of the issuer once, if they are in a file; blocks. What is in the net may come
   * later.
   *
   * @throws UnusableKeys with one line that says what is wrong with the file
   */
  public static void requireKeys(TokenSettings settings) throws UnusableKeys {
    if (!settings.on() || settings.url() != null) {
      return;
    }
    try (KeyPlace file = KeyPlace.of(settings)) {
      KeySet.parse(file.read().get());
    } catch (ExecutionException e) {
      throw named(settings, e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw named(settings, e);
    } catch (UnusableKeys e) {
      throw named(settings, e);
    }
  }

  private static UnusableKeys named(TokenSettings settings, Throwable why) {
    return new UnusableKeys(
        "callers.tokens.jwks: " + settings.jwks() + " " + why.getMessage(), why);
  }

  /**
   * Reads the keys of the issuer again if it is time to; to be called every few seconds. Blocks for
   * a file, and never for the net.
   *
   * @return done when they are there, or cannot be had: false
   */
  public CompletableFuture<Boolean> check() {
    return tokens == null ? CompletableFuture.completedFuture(true) : tokens.keys().check();
  }

  @Override
  public @Nullable Caller recognize(Caller caller, Consumer<Caller> then) {
    Caller known = tokens == null ? caller : tokens.desk().recognize(caller, then);
    return known != null && known.proof() == null ? counted(known) : known;
  }

  @Override
  public Verdict identify(Caller caller) {
    return switch (caller.proof()) {
      case Proof.Verified token -> stands(token) ? ring.get().identify(caller, token) : WORTHLESS;
      case Proof.Refused(Refusal refusal) -> new Verdict.Unknown(refusal);
      case null -> ring.get().identify(caller);
    };
  }

  /** Still, since a ride may outlast its token and the key of that. */
  private boolean stands(Proof.Verified token) {
    return clock.millis() < token.untilMillis() && token.stands().getAsBoolean();
  }

  /** Whoever tries one key after the other is told so, and no more. */
  private Caller counted(Caller caller) {
    String key = caller.credential();
    if (key == null || key.isEmpty() || !(ring.get().identify(caller) instanceof Verdict.Unknown)) {
      return caller;
    }
    String network = Network.of(caller.address());
    if (!failures.allows(network)) {
      return caller.with(TokenDesk.TOO_MANY);
    }
    failures.count(network);
    return caller;
  }

  /** Verifies no more tokens. */
  @Override
  public void close() {
    if (tokens != null) {
      tokens.threads().shutdown();
      tokens.place().close();
    }
  }
}
