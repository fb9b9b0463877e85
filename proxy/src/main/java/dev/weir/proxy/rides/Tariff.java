package dev.weir.proxy.rides;

import dev.weir.proxy.config.TariffSettings;
import dev.weir.proxy.path.Fare;
import java.math.BigInteger;

/**
 * From the length of a ride to its fare. All arithmetic is on whole numbers and exact; a fare is
 * rounded once, half to even, and its upper end once more. Immutable.
 */
record Tariff(TariffSettings settings) {

  /** A million kilometres, and 31 years: with any settings, fares up to there fit into a long. */
  static final long MOST_MILLIMETERS = 1_000_000_000_000L;

  static final long MOST_MILLIS = 1_000_000_000_000L;

  // The plain fare is summed up in sixty-millionths of a minor unit: a millimetre is a millionth of
  // a kilometre, and a millisecond a sixty-thousandth of a minute.
  private static final BigInteger PARTS = BigInteger.valueOf(60_000_000);
  private static final BigInteger PARTS_OF_MILLIMETER = BigInteger.valueOf(60);
  private static final BigInteger PARTS_OF_MILLISECOND = BigInteger.valueOf(1_000);

  /**
   * @param millimeters 0 to {@link #MOST_MILLIMETERS}
   * @param millis 0 to {@link #MOST_MILLIS}
   */
  Fare fare(long millimeters, long millis) {
    if (millimeters < 0 || millimeters > MOST_MILLIMETERS || millis < 0 || millis > MOST_MILLIS) {
      throw new IllegalArgumentException("no ride: " + millimeters + " mm, " + millis + " ms");
    }
    BigInteger parts =
        BigInteger.valueOf(settings.base())
            .multiply(PARTS)
            .add(product(settings.perKm(), millimeters).multiply(PARTS_OF_MILLIMETER))
            .add(product(settings.perMinute(), millis).multiply(PARTS_OF_MILLISECOND));
    BigInteger low = halfEven(parts, PARTS).max(BigInteger.valueOf(settings.minimum()));
    BigInteger high =
        halfEven(
            low.multiply(settings.surgeCap().unscaledValue()),
            BigInteger.TEN.pow(settings.surgeCap().scale()));
    return new Fare(settings.currency(), low.longValueExact(), high.longValueExact());
  }

  private static BigInteger product(long rate, long amount) {
    return BigInteger.valueOf(rate).multiply(BigInteger.valueOf(amount));
  }

  /** The quotient of two numbers that are not negative; of two that are as near, the even one. */
  private static BigInteger halfEven(BigInteger dividend, BigInteger divisor) {
    BigInteger[] parts = dividend.divideAndRemainder(divisor);
    int toHalf = parts[1].shiftLeft(1).compareTo(divisor);
    boolean up = toHalf > 0 || (toHalf == 0 && parts[0].testBit(0));
    return up ? parts[0].add(BigInteger.ONE) : parts[0];
  }
}
