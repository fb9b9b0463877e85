package dev.weir.proxy.path;

import org.jspecify.annotations.Nullable;

/**
 * How a tenant stands with its quota, in cost units: milliseconds of one processor.
 *
 * @param second what it may ask for at once and over time, {@code null} if that is not limited
 * @param day what it may ask for on a day of UTC, {@code null} if that is not limited
 */
public record Standing(@Nullable Allowance second, @Nullable Allowance day) {

  /**
   * @param units there are when nothing is spent
   * @param windowSeconds in which so many come back
   * @param leftUnits whole ones, 0 if more is spent than there is
   * @param resetSeconds until all are back, rounded up
   */
  public record Allowance(long units, long windowSeconds, long leftUnits, long resetSeconds) {}
}
