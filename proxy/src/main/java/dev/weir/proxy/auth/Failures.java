package dev.weir.proxy.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.weir.proxy.path.Ticker;
import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * Counts by address what proved to be wrong, and tells who had enough of that for now. Thread-safe;
 * never blocks.
 */
final class Failures {

  // For each network one number: the moment by which its failures will have been forgotten if they
  // are forgotten at the rate that is allowed (GCRA, ITU-T I.371). With that more than a minute
  // ahead it had too many.

  /** Half of them are forgotten by then. */
  static final Duration RETRY_AFTER = Duration.ofSeconds(30);

  private static final long WINDOW_NANOS = Duration.ofMinutes(1).toNanos();

  /** The least frequent are forgotten first: a flood from everywhere has other limits. */
  private static final int MOST_NETWORKS = 10_000;

  private final Cache<String, Long> forgottenAtNanos;
  private final IntSupplier mostInAMinute;
  private final Ticker ticker;

  /**
   * @param mostInAMinute of one network; 0 for no limit
   */
  Failures(IntSupplier mostInAMinute, Ticker ticker) {
    this.mostInAMinute = mostInAMinute;
    this.ticker = ticker;
    this.forgottenAtNanos =
        Caffeine.newBuilder()
            .maximumSize(MOST_NETWORKS)
            .expireAfterWrite(Duration.ofNanos(WINDOW_NANOS))
            .ticker(ticker::nanos)
            .executor(Runnable::run)
            .build();
  }

  /** Whether it may fail once more. */
  boolean allows(String network) {
    int most = mostInAMinute.getAsInt();
    Long at = most == 0 ? null : forgottenAtNanos.getIfPresent(network);
    return at == null || at - ticker.nanos() <= WINDOW_NANOS - WINDOW_NANOS / most;
  }

  /** It has failed. */
  void count(String network) {
    int most = mostInAMinute.getAsInt();
    if (most == 0) {
      return;
    }
    long nowNanos = ticker.nanos();
    long each = WINDOW_NANOS / most;
    forgottenAtNanos
        .asMap()
        .merge(
            network,
            nowNanos + each,
            (at, first) -> Math.min(Math.max(at - nowNanos, 0) + each, WINDOW_NANOS) + nowNanos);
  }
}
