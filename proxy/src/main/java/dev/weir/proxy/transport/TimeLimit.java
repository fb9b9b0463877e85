package dev.weir.proxy.transport;

import dev.weir.proxy.config.DeadlineSettings;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How long a caller waits: what it says in header or query, or the default, within the maximum. */
public final class TimeLimit {

  public static final String HEADER = "X-Request-Timeout-Ms";

  /** Stands for a header that says nothing one can understand. */
  public static final long UNREADABLE = Long.MIN_VALUE;

  // More digits than these would overflow a count of nanoseconds; such a wish is beyond any
  // maximum.
  private static final int MAX_DIGITS = 12;

  private final Supplier<DeadlineSettings> settings;

  public TimeLimit(Supplier<DeadlineSettings> settings) {
    this.settings = settings;
  }

  /**
   * The sooner of the two wishes.
   *
   * @param query value of {@code timeout_ms}; ignored, as GraphHopper does, if it is not a number
   * @return nanoseconds, zero or less for a deadline in the past, or {@link #UNREADABLE}
   */
  public long nanos(@Nullable String header, @Nullable String query) {
    DeadlineSettings now = settings.get();
    long longestNanos = now.longest().toNanos();
    long limit = now.standard().toNanos();
    if (header != null) {
      long wish = parse(header);
      if (wish < 0) {
        return UNREADABLE;
      }
      limit = Math.min(wish, longestNanos);
    }
    if (query == null) {
      return limit;
    }
    if (query.startsWith("-")) {
      return parse(query.substring(1)) < 0 ? limit : 0;
    }
    long wish = parse(query);
    if (wish < 0) {
      return limit;
    }
    return Math.min(header == null ? longestNanos : limit, wish);
  }

  /**
   * Of a wish that was read already.
   *
   * @param wishNanos {@code null} for none
   */
  public long nanos(@Nullable Long wishNanos) {
    DeadlineSettings now = settings.get();
    return wishNanos == null
        ? now.standard().toNanos()
        : Math.min(wishNanos, now.longest().toNanos());
  }

  private static long parse(String digits) {
    if (digits.isEmpty()) {
      return -1;
    }
    long millis = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      if (i >= MAX_DIGITS) {
        millis = Long.MAX_VALUE;
      } else {
        millis = millis * 10 + digit;
      }
    }
    return millis == Long.MAX_VALUE ? millis : TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
