package dev.weir.proxy.rides;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.config.RidesSettings;
import dev.weir.proxy.config.TariffSettings;
import dev.weir.proxy.path.Fare;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import java.util.function.ObjLongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fares of rides, by examples and by what holds for all. */
final class TariffTest {

  private static final int CASES = 20_000;
  private static final int MOST = 1_000_000_000;
  private static final List<Currency> CURRENCIES =
      List.of(
          Currency.getInstance("EUR"), Currency.getInstance("JPY"), Currency.getInstance("KWD"));

  private static Tariff tariff(int base, int perKm, int perMinute, int minimum, String surgeCap) {
    return new Tariff(
        new TariffSettings(
            CURRENCIES.getFirst(), base, perKm, perMinute, minimum, new BigDecimal(surgeCap)));
  }

  @Test
  void aRideCostsItsBaseItsKilometresAndItsMinutes() {
    Fare fare = new Tariff(RidesSettings.standard().tariff()).fare(12_345_000, 18 * 60_000);

    assertEquals(new Fare(Currency.getInstance("EUR"), 2_238, 3_357), fare); // 250+1357.95+630
  }

  @ParameterizedTest
  @CsvSource({
    "0, 500", // nothing
    "1500000, 500", // two fifths of the minimum
    "5000000, 500", // all of it
    "5000100, 500", // a hundredth more
    "5010000, 501",
  })
  void noRideCostsLessThanTheMinimum(long millimeters, long low) {
    assertEquals(low, tariff(0, 100, 0, 500, "1").fare(millimeters, 0).low());
  }

  @ParameterizedTest
  @CsvSource({
    "499999, 0, 1.5, 0",
    "500000, 0, 1.5, 0", // half to even: down
    "500001, 1, 1.5, 2", // 1.5 is half to even, too: up
    "1500000, 2, 1.25, 2", // up; 2.5 down
    "2500000, 2, 1.75, 4", // down; 3.5 up
    "3000000, 3, 1.0001, 3",
  })
  void halvesGoToTheEvenNeighbour(long millimeters, long low, String surgeCap, long high) {
    Fare fare = tariff(0, 1, 0, 0, surgeCap).fare(millimeters, 0);

    assertEquals(low, fare.low());
    assertEquals(high, fare.high());
  }

  @Test
  void aRideBeyondAllBoundsIsNone() {
    Tariff tariff = tariff(1, 1, 1, 1, "1");

    assertThrows(IllegalArgumentException.class, () -> tariff.fare(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> tariff.fare(0, -1));
    assertThrows(IllegalArgumentException.class, () -> tariff.fare(Tariff.MOST_MILLIMETERS + 1, 0));
    assertThrows(IllegalArgumentException.class, () -> tariff.fare(0, Tariff.MOST_MILLIS + 1));
  }

  @Test
  void theDearestRideThereCanBeIsExact() {
    Fare fare =
        tariff(MOST, MOST, MOST, MOST, "10").fare(Tariff.MOST_MILLIMETERS, Tariff.MOST_MILLIS);

    assertEquals(17_666_667_666_666_667L, fare.low());
    assertEquals(176_666_676_666_666_670L, fare.high());
  }

  @Test
  void sumsAreThoseOfDecimalNumbers() {
    each(
        (random, seed) -> {
          TariffSettings settings = settings(random);
          long millimeters = amount(random, Tariff.MOST_MILLIMETERS);
          long millis = amount(random, Tariff.MOST_MILLIS);

          Fare fare = new Tariff(settings).fare(millimeters, millis);

          // times 60, so that minutes have a decimal form
          BigDecimal sixty = BigDecimal.valueOf(60);
          BigDecimal plain =
              BigDecimal.valueOf(settings.base())
                  .multiply(sixty)
                  .add(
                      BigDecimal.valueOf(settings.perKm())
                          .multiply(BigDecimal.valueOf(millimeters, 6))
                          .multiply(sixty))
                  .add(
                      BigDecimal.valueOf(settings.perMinute())
                          .multiply(BigDecimal.valueOf(millis, 3)))
                  .divide(sixty, 0, RoundingMode.HALF_EVEN);
          BigDecimal low = plain.max(BigDecimal.valueOf(settings.minimum()));
          BigDecimal high = low.multiply(settings.surgeCap()).setScale(0, RoundingMode.HALF_EVEN);
          assertEquals(
              new Fare(settings.currency(), low.longValueExact(), high.longValueExact()),
              fare,
              () -> "seed " + seed + ": " + settings + " " + millimeters + " " + millis);
        });
  }

  @Test
  void aLongerRideNeverCostsLessAndNoneLessThanTheMinimum() {
    each(
        (random, seed) -> {
          TariffSettings settings = settings(random);
          Tariff tariff = new Tariff(settings);
          long millimeters = amount(random, Tariff.MOST_MILLIMETERS);
          long millis = amount(random, Tariff.MOST_MILLIS);
          long further = millimeters + amount(random, Tariff.MOST_MILLIMETERS - millimeters);
          long longer = millis + amount(random, Tariff.MOST_MILLIS - millis);

          Fare fare = tariff.fare(millimeters, millis);
          Fare ofFurther = tariff.fare(further, millis);
          Fare ofLonger = tariff.fare(millimeters, longer);

          assertTrue(
              settings.minimum() <= fare.low()
                  && fare.low() <= fare.high()
                  && fare.low() <= ofFurther.low()
                  && fare.high() <= ofFurther.high()
                  && fare.low() <= ofLonger.low()
                  && fare.high() <= ofLonger.high(),
              () -> "seed " + seed + ": " + fare + " " + ofFurther + " " + ofLonger);
        });
  }

  /** Runs a property with a generator for each case; a failure tells the seed of its case. */
  private static void each(ObjLongConsumer<Random> property) {
    for (long seed = 1; seed <= CASES; seed++) {
      property.accept(new Random(seed), seed);
    }
  }

  private static TariffSettings settings(Random random) {
    return new TariffSettings(
        CURRENCIES.get(random.nextInt(CURRENCIES.size())),
        (int) amount(random, MOST),
        (int) amount(random, MOST),
        (int) amount(random, MOST),
        (int) amount(random, MOST),
        BigDecimal.valueOf(10_000 + amount(random, 90_000), 4));
  }

  /** Of every order of magnitude alike, and the bounds themselves now and then. */
  private static long amount(Random random, long most) {
    return switch (random.nextInt(10)) {
      case 0 -> 0;
      case 1 -> most;
      default -> Math.min(most, random.nextLong(1L << random.nextInt(1, 41)));
    };
  }
}
