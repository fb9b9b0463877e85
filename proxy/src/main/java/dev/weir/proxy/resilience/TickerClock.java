package dev.weir.proxy.resilience;

import dev.weir.proxy.path.Ticker;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The ticker as Resilience4j wants it: a clock that read zero when it was made. Thread-safe. */
final class TickerClock extends Clock {

  private final Ticker ticker;
  private final long originNanos;

  TickerClock(Ticker ticker) {
    this.ticker = ticker;
    this.originNanos = ticker.nanos();
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH.plusNanos(ticker.nanos() - originNanos);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
