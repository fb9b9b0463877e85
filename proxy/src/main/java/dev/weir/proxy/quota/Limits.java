package dev.weir.proxy.quota;

import dev.weir.proxy.config.QuotaSettings;
import org.jspecify.annotations.Nullable;

/**
 * A quota, in nanoseconds of one processor.
 *
 * @param rate such nanoseconds that come back per nanosecond; 0 if there is no limit but the day's
 * @param burstNanos that may be spent at once; of no meaning without a rate
 * @param dayNanos that may be spent on a day of UTC; 0 if that is not limited
 */
record Limits(double rate, long burstNanos, long dayNanos) {

  /** A cost unit is a millisecond of one processor. */
  static final long UNIT_NANOS = 1_000_000;

  private static final double SECOND_NANOS = 1e9;

  /** {@code null} if there are none. */
  static @Nullable Limits of(QuotaSettings settings) {
    return settings.limits()
        ? new Limits(
            settings.unitsPerSecond() * UNIT_NANOS / SECOND_NANOS,
            settings.burstUnits() * UNIT_NANOS,
            settings.unitsPerDay() * UNIT_NANOS)
        : null;
  }

  boolean bySecond() {
    return rate > 0;
  }

  boolean byDay() {
    return dayNanos > 0;
  }
}
