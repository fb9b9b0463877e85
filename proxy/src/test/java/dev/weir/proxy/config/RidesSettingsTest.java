package dev.weir.proxy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys below {@code rides}. */
final class RidesSettingsTest {

  private static final Overrides MAP = new Overrides(Path.of("map"), null, null, null, null, null);

  private static Settings read(String yaml) {
    return assertInstanceOf(Reading.Accepted.class, SettingsReader.parse(yaml, MAP, Places.HERE))
        .settings();
  }

  @Test
  void aTariffIsReadExactly() {
    assertEquals(
        new TariffSettings(
            Currency.getInstance("KWD"), 1, 2, 3, 1_000_000_000, new BigDecimal("1.0001")),
        read("rides: {tariff: {currency: KWD, base: 1, per-km: 2, per-minute: 3,"
                + " minimum: 1000000000, surge-cap: 1.0001}}")
            .rides()
            .tariff());
  }

  @Test
  void whatIsPrintedIsReadBackButForTheSecret() {
    Settings settings = read("rides: {tariff: {currency: JPY, surge-cap: 10}, max-quotes: 7}");
    assertEquals(settings, read(SettingsPrinter.print(settings)));

    String secret = "s".repeat(32);
    Settings withSecret = read("rides: {secret: " + secret + "}");
    assertEquals(secret, withSecret.rides().secret());
    assertFalse(SettingsPrinter.print(withSecret).contains(secret));
    assertFalse(withSecret.toString().contains(secret));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tariff: {currency: EURO}    | tariff.currency needs a currency, such as EUR, not EURO",
        "tariff: {currency: XAU}     | tariff.currency must be an ISO 4217 code that has a number"
            + " of decimals, not XAU",
        "tariff: {base: -1}          | tariff.base must be 0 to 1000000000, not -1",
        "tariff: {per-km: 1.5}       | tariff.per-km needs a whole number, not 1.5",
        "tariff: {surge-cap: 0.99}   | tariff.surge-cap must be 1 to 10 with 4 decimals at most,"
            + " not 0.99",
        "tariff: {surge-cap: 1.00001}| tariff.surge-cap must be 1 to 10 with 4 decimals at most,"
            + " not 1.00001",
        "tariff: {surge-cap: 1e999999999} | tariff.surge-cap must be 1 to 10 with 4 decimals at"
            + " most, not 1e999999999",
        "tariff: {surge-cap: twice}  | tariff.surge-cap needs a number, such as 1.50, not twice",
        "secret: short               | secret must have at least 32 characters",
      })
  void mistakesAreSaid(String yaml, String sentence) {
    Reading reading = SettingsReader.parse("rides: {" + yaml + "}", MAP, Places.HERE);

    List<ConfigError> errors = assertInstanceOf(Reading.Rejected.class, reading).errors();
    assertEquals(
        List.of("line 1: rides." + sentence), errors.stream().map(ConfigError::sentence).toList());
  }

  @Test
  void theTariffCanBeSwappedAndTheRestNeedsARestart() {
    LiveKeys.Change change =
        LiveKeys.between(
            read(""), read("rides: {tariff: {base: 1, surge-cap: 2}, quote-validity: 1m}"));

    assertEquals(List.of("rides.tariff.base", "rides.tariff.surge-cap"), change.live());
    assertEquals(List.of("rides.quote-validity"), change.fixed());
    assertTrue(LiveKeys.between(read(""), read("")).live().isEmpty());
  }
}
