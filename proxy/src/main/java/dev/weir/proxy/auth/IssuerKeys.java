package dev.weir.proxy.auth;

import dev.weir.proxy.path.Ticker;
import dev.weir.proxy.path.TokenObserver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of the issuer as they were when they could last be had. They are read again from time to
 * time, and when a token names one that nobody knows, but never more often than every ten seconds
 * for that: whoever makes up names makes no flood of it. Thread-safe; reads one at a time.
 */
final class IssuerKeys {

  private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

  private static final long COOL_DOWN_NANOS = Duration.ofSeconds(10).toNanos();

  private final KeyPlace place;
  private final String name;
  private final long everyNanos;
  private final TokenObserver observer;
  private final Ticker ticker;
  private final InstantSource clock;
  private volatile Edition current;

  // Under the lock.
  private @Nullable CompletableFuture<Boolean> underWay;
  private boolean askedBefore;
  private boolean had;
  private long askedNanos;
  private long renewableNanos;
  private String complaint = "";

  /**
   * @param name of the place, for the log
   * @param every how often they are read again
   */
  IssuerKeys(
      KeyPlace place,
      String name,
      Duration every,
      TokenObserver observer,
      Ticker ticker,
      InstantSource clock) {
    this.place = place;
    this.name = name;
    this.everyNanos = every.toNanos();
    this.observer = observer;
    this.ticker = ticker;
    this.clock = clock;
    this.current = Edition.of(KeySet.NONE, ticker, clock);
    this.renewableNanos = ticker.nanos();
  }

  Edition current() {
    return current;
  }

  /** Whether the issuer has not taken it back, as far as is known; cheap, and never blocks. */
  boolean uses(SigningKey key) {
    return current.keys().keys().contains(key);
  }

  /**
   * Reads them if it is time to; to be called every few seconds.
   *
   * @return done when they are there, or cannot be had: false
   */
  synchronized CompletableFuture<Boolean> check() {
    boolean due = !askedBefore || sinceNanos() >= (had ? everyNanos : COOL_DOWN_NANOS);
    if (due) {
      return read();
    }
    return underWay == null ? CompletableFuture.completedFuture(had) : underWay;
  }

  /**
   * Reads them since one is missing.
   *
   * @return done when they are there, or cannot be had: false; {@code null} if one was missing a
   *     moment ago, too
   */
  synchronized @Nullable CompletableFuture<Boolean> renew() {
    if (underWay != null) {
      return underWay;
    }
    long nowNanos = ticker.nanos();
    if (nowNanos - renewableNanos < 0) {
      return null;
    }
    renewableNanos = nowNanos + COOL_DOWN_NANOS;
    return read();
  }

  private long sinceNanos() {
    return ticker.nanos() - askedNanos;
  }

  private CompletableFuture<Boolean> read() {
    if (underWay != null) {
      return underWay;
    }
    askedBefore = true;
    askedNanos = ticker.nanos();
    CompletableFuture<Boolean> reading = new CompletableFuture<>();
    underWay = reading;
    var _ =
        begun()
            .whenComplete(
                (json, fault) -> {
                  boolean taken = false;
                  try {
                    taken = take(json, fault);
                  } finally {
                    reading.complete(taken); // whoever waits goes on by it
                  }
                });
    return reading;
  }

  private CompletableFuture<byte[]> begun() {
    try {
      return place.read();
    } catch (RuntimeException | Error fault) {
      return CompletableFuture.failedFuture(new UnusableKeys("cannot be read", fault));
    }
  }

  private synchronized boolean take(byte @Nullable [] json, @Nullable Throwable fault) {
    underWay = null;
    try {
      if (json == null) {
        throw unusable(fault);
      }
      use(KeySet.parse(json));
      had = true;
      complaint = "";
    } catch (UnusableKeys e) {
      had = false;
      observer.keysRefused();
      complain(String.valueOf(e.getMessage()));
    }
    return had;
  }

  private static UnusableKeys unusable(@Nullable Throwable fault) {
    Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
    return cause instanceof UnusableKeys known ? known : new UnusableKeys("cannot be read");
  }

  private void use(KeySet next) {
    Edition now = current;
    if (!next.equals(now.keys())) {
      current = now.with(next, ticker, clock);
      LOG.info("tokens: {} keys of {} are in use", next.keys().size(), name);
    }
  }

  /** Once for each reason. */
  private void complain(String why) {
    if (!why.equals(complaint)) {
      String instead = current.keys().isEmpty() ? "no token is taken" : "the former keys stay";
      LOG.warn("tokens: {} {}; {}", name, why, instead);
    }
    complaint = why;
  }
}
