package dev.weir.proxy.config;

import dev.weir.routing.InvalidSetting;
import java.time.Duration;

/**
 * What rides cost, and how long it holds.
 *
 * @param quoteValidity how long a quote holds
 * @param maxQuotes that can be listed, over all tenants; beyond, the oldest is forgotten
 * @param maxQuotesPerTenant the same for one tenant
 * @param secret signs quotes; empty for a random one of this start
 */
public record RidesSettings(
    TariffSettings tariff,
    Duration quoteValidity,
    int maxQuotes,
    int maxQuotesPerTenant,
    String secret) {

  /** Half of what HMAC-SHA256 can use, if they are random hexadecimal digits. */
  private static final int SHORTEST_SECRET = 32;

  public RidesSettings {
    RidesKeys.QUOTE_VALIDITY.require(quoteValidity);
    RidesKeys.MAX_QUOTES.require(maxQuotes);
    RidesKeys.MAX_QUOTES_PER_TENANT.require(maxQuotesPerTenant);
    RidesKeys.SECRET.require(secret);
    if (!secret.isEmpty() && secret.length() < SHORTEST_SECRET) {
      throw new InvalidSetting(
          RidesKeys.SECRET.name(), "must have at least " + SHORTEST_SECRET + " characters");
    }
  }

  /** What holds where nothing is set. */
  public static RidesSettings standard() {
    return RidesKeys.STANDARD;
  }

  @Override
  public String toString() {
    return "RidesSettings[tariff="
        + tariff
        + ", quoteValidity="
        + quoteValidity
        + ", maxQuotes="
        + maxQuotes
        + ", maxQuotesPerTenant="
        + maxQuotesPerTenant
        + ", secret=***]";
  }
}
