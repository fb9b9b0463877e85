package dev.weir.proxy.transport.http;

import dev.weir.proxy.path.Ticker;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The value of the header {@code Date}, formatted at most twice a second. Thread-safe. */
final class HttpDate {

  // RFC 9110, 5.6.7: IMF-fixdate, with a day of two digits.
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final long FRESH_NANOS = 500_000_000;

  private final InstantSource clock;
  private final Ticker ticker;
  private volatile Stamp stamp;

  HttpDate(InstantSource clock, Ticker ticker) {
    this.clock = clock;
    this.ticker = ticker;
    this.stamp = stamp(ticker.nanos());
  }

  /** Not to be changed. */
  byte[] bytes() {
    Stamp current = stamp;
    long now = ticker.nanos();
    if (now - current.atNanos >= FRESH_NANOS) {
      current = stamp(now);
      stamp = current;
    }
    return current.text;
  }

  private Stamp stamp(long now) {
    return new Stamp(now, FORMAT.format(clock.instant()).getBytes(StandardCharsets.US_ASCII));
  }

  private static final class Stamp {
    private final long atNanos;
    private final byte[] text;

    private Stamp(long atNanos, byte[] text) {
      this.atNanos = atNanos;
      this.text = text;
    }
  }
}
