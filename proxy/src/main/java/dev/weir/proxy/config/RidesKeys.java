package dev.weir.proxy.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.function.Function;

/** The keys below {@code rides}. */
final class RidesKeys {

  /** Fares of all rides on earth fit into 64 bits with that. */
  private static final int MOST_MINOR_UNITS = 1_000_000_000;

  private static final int MOST_DECIMALS = 4;

  static final Key<Settings, Currency> CURRENCY =
      tariff(
          "currency",
          currency(),
          Currency.getInstance("EUR"),
          "What is paid with; it says what the minor units of the other keys are.",
          TariffSettings::currency);

  static final Key<Settings, Integer> BASE =
      tariff(
          "base",
          amount(),
          250,
          "Minor units, such as cents, of every ride.",
          TariffSettings::base);

  static final Key<Settings, Integer> PER_KM =
      tariff("per-km", amount(), 110, "Minor units for every kilometre.", TariffSettings::perKm);

  static final Key<Settings, Integer> PER_MINUTE =
      tariff(
          "per-minute", amount(), 35, "Minor units for every minute.", TariffSettings::perMinute);

  static final Key<Settings, Integer> MINIMUM =
      tariff(
          "minimum",
          amount(),
          500,
          "Minor units that no ride costs less than.",
          TariffSettings::minimum);

  static final Key<Settings, BigDecimal> SURGE_CAP =
      tariff(
          "surge-cap",
          factor(),
          new BigDecimal("1.50"),
          "The upper end of a quoted range is the fare times this.",
          TariffSettings::surgeCap);

  static final Key<Settings, Duration> QUOTE_VALIDITY =
      key(
          "quote-validity",
          Forms.duration("1s", "24h"),
          Duration.ofMinutes(5),
          "How long a quote holds.",
          RidesSettings::quoteValidity);

  static final Key<Settings, Integer> MAX_QUOTES =
      key(
          "max-quotes",
          Forms.whole(1, 10_000_000),
          50_000,
          "Valid quotes that are kept to be listed, some 400 bytes each; beyond, the oldest is"
              + " forgotten, and holds nevertheless.",
          RidesSettings::maxQuotes);

  static final Key<Settings, Integer> MAX_QUOTES_PER_TENANT =
      key(
          "max-quotes-per-tenant",
          Forms.whole(1, 10_000_000),
          10_000,
          "The same for one tenant.",
          RidesSettings::maxQuotesPerTenant);

  static final Key<Settings, String> SECRET =
      key(
          "secret",
          Forms.secret(),
          "",
          "Signs quotes, at least 32 characters, the same on all servers of one fleet; empty for a"
              + " random one, so that quotes do not survive a restart.",
          RidesSettings::secret);

  static final List<Key<Settings, ?>> ALL =
      List.of(
          CURRENCY,
          BASE,
          PER_KM,
          PER_MINUTE,
          MINIMUM,
          SURGE_CAP,
          QUOTE_VALIDITY,
          MAX_QUOTES,
          MAX_QUOTES_PER_TENANT,
          SECRET);

  static final RidesSettings STANDARD = make(Values.standard(ALL));

  private RidesKeys() {}

  private static Form<Currency> currency() {
    return new Form.Scalar<>(
        "currency",
        ", such as EUR",
        "an ISO 4217 code that has a number of decimals",
        true,
        false,
        Currency::getInstance,
        Currency::getCurrencyCode,
        currency -> currency.getDefaultFractionDigits() >= 0);
  }

  private static Form<Integer> amount() {
    return Forms.whole(0, MOST_MINOR_UNITS);
  }

  /** Exact: what a double cannot be. */
  private static Form<BigDecimal> factor() {
    return new Form.Scalar<>(
        "number",
        ", such as 1.50",
        "1 to 10 with " + MOST_DECIMALS + " decimals at most",
        false,
        false,
        BigDecimal::new,
        BigDecimal::toPlainString,
        value ->
            value.scale() >= 0
                && value.scale() <= MOST_DECIMALS
                && value.compareTo(BigDecimal.ONE) >= 0
                && value.compareTo(BigDecimal.TEN) <= 0);
  }

  private static <T> Key<Settings, T> tariff(
      String name, Form<T> form, T standard, String sentence, Function<TariffSettings, T> of) {
    return key("tariff." + name, form, standard, sentence, settings -> of.apply(settings.tariff()));
  }

  private static <T> Key<Settings, T> key(
      String name, Form<T> form, T standard, String sentence, Function<RidesSettings, T> of) {
    return new Key<>(
        "rides." + name, form, standard, sentence, settings -> of.apply(settings.rides()));
  }

  static RidesSettings make(Values values) {
    return new RidesSettings(
        new TariffSettings(
            values.get(CURRENCY),
            values.get(BASE),
            values.get(PER_KM),
            values.get(PER_MINUTE),
            values.get(MINIMUM),
            values.get(SURGE_CAP)),
        values.get(QUOTE_VALIDITY),
        values.get(MAX_QUOTES),
        values.get(MAX_QUOTES_PER_TENANT),
        values.get(SECRET));
  }
}
