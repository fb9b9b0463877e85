package dev.weir.proxy.config;

import java.math.BigDecimal;
import java.util.Currency;

/**
 * What rides cost, in minor units of the currency, such as cents.
 *
 * @param currency with a number of decimals
 * @param base of every ride
 * @param perKm for every kilometre
 * @param perMinute for every minute
 * @param minimum what no ride costs less than
 * @param surgeCap the most that demand may multiply a fare by, with four decimals at most
 */
public record TariffSettings(
    Currency currency, int base, int perKm, int perMinute, int minimum, BigDecimal surgeCap) {

  public TariffSettings {
    RidesKeys.CURRENCY.require(currency);
    RidesKeys.BASE.require(base);
    RidesKeys.PER_KM.require(perKm);
    RidesKeys.PER_MINUTE.require(perMinute);
    RidesKeys.MINIMUM.require(minimum);
    RidesKeys.SURGE_CAP.require(surgeCap);
  }
}
