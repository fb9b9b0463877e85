package dev.weir.proxy.observe.trace;

import dev.weir.proxy.config.TracingSettings;
import dev.weir.proxy.observe.trace.Kept.Why;
import dev.weir.proxy.path.Answered;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Ticker;
import dev.weir.proxy.path.Trace;
import dev.weir.proxy.path.TransportObserver.Resource;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides which requests are exported as traces, once they are answered. Thread-safe; never blocks.
 * Of a request that is not exported nothing is made; of one that is, no more than a note, of which
 * {@link Exporting} makes spans on a thread of its own.
 */
public final class Tracing implements AutoCloseable {

  private static final int UNAUTHORIZED = 401;
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Supplier<TracingSettings> settings;
  private final Ticker ticker;
  private final InstantSource clock;
  private final Exporting exporting;

  // Under the lock.
  private long secondNanos;
  private int inSecond;

  private Tracing(
      Supplier<TracingSettings> settings, Ticker ticker, InstantSource clock, Exporting exporting) {
    this.settings = settings;
    this.ticker = ticker;
    this.clock = clock;
    this.exporting = exporting;
    this.secondNanos = ticker.nanos();
  }

  /**
   * Begins to export.
   *
   * @param settings where to, which is asked once, and which
   * @param version of Weir
   * @return {@code null} if nothing is to be exported
   */
  public static @Nullable Tracing start(
      Supplier<TracingSettings> settings, String version, Ticker ticker, InstantSource clock) {
    TracingSettings first = settings.get();
    if (!first.on()) {
      return null;
    }
    Exporting exporting = Exporting.start(first, version);
    return new Tracing(settings, ticker, clock, exporting);
  }

  /** What became of the requests that were to be exported. */
  public Fates fates() {
    return exporting.fates();
  }

  /**
   * Whether a call that takes so long is going to be exported, as far as one can tell before it is
   * answered.
   */
  public boolean exports(Trace trace, long tookNanos) {
    return trace.sampled() || isSlow(tookNanos, settings.get());
  }

  /** Milliseconds since 1970, for what names a trace that is exported. */
  public long epochMillis() {
    return clock.millis();
  }

  private static boolean isSlow(long tookNanos, TracingSettings now) {
    return !now.slow().isZero() && tookNanos >= now.slow().toNanos();
  }

  /** Exports the request if it is one of those; to be called when it is answered. */
  public void answered(Answered answer) {
    Why why = why(answer);
    if (why == null || (why == Why.REFUSED_CRITICAL && !isCritical(answer))) {
      return;
    }
    if (fitsIntoThisSecond()) {
      Identity asker = asker(answer);
      exporting.add(new Kept(answer.forgettingWho(), asker, why, answeredEpochNanos(answer)));
    } else {
      exporting.fates().overRate().increment();
    }
  }

  /** Not only by its own account. */
  private static boolean isCritical(Answered answer) {
    Identity asker = asker(answer);
    return asker != null && asker.priority() == Priority.CRITICAL;
  }

  /** To ask again who an unknown caller is would be another failure of that caller. */
  private static @Nullable Identity asker(Answered answer) {
    return answer.status() == UNAUTHORIZED ? null : answer.asker().get();
  }

  private @Nullable Why why(Answered answer) {
    if (answer.trace().sampled()) {
      return Why.SAMPLED;
    }
    TracingSettings now = settings.get();
    if (now.slow().isZero()) {
      return null;
    }
    if (answer.reason() != null && answer.critical()) {
      return Why.REFUSED_CRITICAL;
    }
    // A ride takes as long as it takes.
    return answer.resource() != Resource.TRACK_RIDE && isSlow(answer.tookNanos(), now)
        ? Why.SLOW
        : null;
  }

  private synchronized boolean fitsIntoThisSecond() {
    long nowNanos = ticker.nanos();
    if (nowNanos - secondNanos >= SECOND_NANOS || nowNanos - secondNanos < 0) {
      secondNanos = nowNanos;
      inSecond = 0;
    }
    if (inSecond >= settings.get().mostPerSecond()) {
      return false;
    }
    inSecond++;
    return true;
  }

  private long answeredEpochNanos(Answered answer) {
    Instant now = clock.instant();
    long epochNanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    return epochNanos - (ticker.nanos() - answer.times().answeredNanos());
  }

  /** Sends what is kept, for a bounded time, and no more. */
  @Override
  public void close() {
    exporting.close();
  }
}
