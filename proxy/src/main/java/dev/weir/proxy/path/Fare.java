package dev.weir.proxy.path;

import java.util.Currency;

/**
 * What a ride costs, in minor units of a currency, such as cents.
 *
 * @param currency with a number of decimals
 * @param low the plain fare, not negative
 * @param high the most that demand may make of it, not less
 */
public record Fare(Currency currency, long low, long high) {

  public Fare {
    if (low < 0 || high < low) {
      throw new IllegalArgumentException("no range of fares: " + low + " to " + high);
    }
  }
}
