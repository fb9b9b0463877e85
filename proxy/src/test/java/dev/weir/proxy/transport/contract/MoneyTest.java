package dev.weir.proxy.transport.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.type.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Minor units as {@code google.type.Money}. */
final class MoneyTest {

  private static final int CASES = 20_000;

  @ParameterizedTest
  @CsvSource({
    "EUR, 0, 0, 0",
    "EUR, 1, 0, 10000000",
    "EUR, 1234, 12, 340000000",
    "JPY, 1234, 1234, 0",
    "KWD, 1234, 1, 234000000",
    "CLF, 12345, 1, 234500000",
    "EUR, 9223372036854775807, 92233720368547758, 70000000",
    "JPY, 9223372036854775807, 9223372036854775807, 0",
  })
  void unitsAndNanosAreExact(String currency, long minorUnits, long units, int nanos) {
    assertEquals(
        Money.newBuilder().setCurrencyCode(currency).setUnits(units).setNanos(nanos).build(),
        Messages.money(Currency.getInstance(currency), minorUnits));
  }

  @Test
  void everyAmountOfEveryCurrencyIsTheSameNumber() {
    Currency[] currencies =
        Currency.getAvailableCurrencies().stream()
            .filter(currency -> currency.getDefaultFractionDigits() >= 0)
            .sorted((a, b) -> a.getCurrencyCode().compareTo(b.getCurrencyCode()))
            .toArray(Currency[]::new);
    for (long seed = 1; seed <= CASES; seed++) {
      Random random = new Random(seed);
      Currency currency = currencies[random.nextInt(currencies.length)];
      long minorUnits = random.nextLong(Long.MAX_VALUE) >> random.nextInt(62);

      Money money = Messages.money(currency, minorUnits);

      BigDecimal sum =
          BigDecimal.valueOf(money.getUnits()).add(BigDecimal.valueOf(money.getNanos(), 9));
      String told = "seed " + seed + ": " + minorUnits + " " + currency;
      assertEquals(
          0,
          sum.compareTo(BigDecimal.valueOf(minorUnits, currency.getDefaultFractionDigits())),
          told);
      assertTrue(0 <= money.getNanos() && money.getNanos() < 1_000_000_000, told);
    }
  }
}
