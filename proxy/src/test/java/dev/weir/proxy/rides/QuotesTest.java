package dev.weir.proxy.rides;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.Together;
import dev.weir.proxy.config.Live;
import dev.weir.proxy.config.RidesSettings;
import dev.weir.proxy.config.TariffSettings;
import dev.weir.proxy.path.Fare;
import dev.weir.proxy.path.Quote;
import dev.weir.proxy.path.QuoteBook.Page;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Quotes, what their ids are worth, and the pages they are listed on. */
final class QuotesTest {

  private static final Instant START = Instant.parse("2026-11-02T06:08:15.123456Z");
  private static final Duration VALIDITY = Duration.ofMinutes(5);
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final List<String> URL_SAFE =
      List.of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".split(""));
  private static final int FORGERIES = 20_000;

  private Instant now = START;
  private final Live<RidesSettings> settings = new Live<>(settings(SECRET, 50, 20));
  private final Quotes quotes = quotes(1);

  private static RidesSettings settings(String secret, int most, int mostOfTenant) {
    TariffSettings tariff = RidesSettings.standard().tariff();
    return new RidesSettings(tariff, VALIDITY, most, mostOfTenant, secret);
  }

  private Quotes quotes(long seed) {
    return new Quotes(settings, () -> now, new Random(seed));
  }

  /** Rides that differ by their length. */
  private Quote quote(String tenant, long kilometres) {
    return quotes.quote(tenant, kilometres * 1_000_000, 60_000);
  }

  private Page page(String tenant, int size, String token) {
    Page page = quotes.page(tenant, size, token);
    assertNotNull(page);
    return page;
  }

  private static List<Long> kilometres(Page page) {
    return page.quotes().stream().map(quote -> quote.distanceMillimeters() / 1_000_000).toList();
  }

  @Test
  void anIdProvesItsFareToItsTenantUntilItsTimeIsOver() {
    Quote quote = quote("a", 10);
    Instant until = Instant.parse("2026-11-02T06:13:15.123Z");

    assertEquals(new Fare(Currency.getInstance("EUR"), 1_385, 2_078), quote.fare());
    assertEquals(until, quote.validUntil());
    assertEquals(90, quote.id().length());
    assertEquals(quote.fare(), quotes.verify(quote.id(), "a", now));
    assertEquals(quote.fare(), quotes.verify(quote.id(), "a", until.minusMillis(1)));
    assertNull(quotes.verify(quote.id(), "a", until));
    assertNull(quotes.verify(quote.id(), "a", until.plusSeconds(1_000_000)));
  }

  @Test
  void theIdOfOneTenantIsNoneOfAnother() {
    String id = quote("a", 10).id();

    assertNull(quotes.verify(id, "b", now));
    assertNull(quotes.verify(id, "", now));
    assertNull(quotes.verify(id, "aa", now));
  }

  @Test
  void theSameRideHasAnotherIdEachTime() {
    assertNotEquals(quote("a", 10).id(), quote("a", 10).id());
  }

  @Test
  void anIdThatWasChangedAnywhereIsNone() {
    String id = quote("a", 10).id();

    for (int i = 0; i < id.length(); i++) {
      for (String c : URL_SAFE) {
        String changed = id.substring(0, i) + c + id.substring(i + 1);
        assertEquals(changed.equals(id), quotes.verify(changed, "a", now) != null, changed);
      }
    }
  }

  @Test
  void anIdThatWasCutOffOrExtendedIsNone() {
    String id = quote("a", 10).id();

    for (int end = 0; end < id.length(); end++) {
      assertNull(quotes.verify(id.substring(0, end), "a", now));
      assertNull(quotes.verify(id.substring(end + 1), "a", now));
    }
    for (String more : List.of("A", "=", "==", " ", "\n", "\u0000", "é", id)) {
      assertNull(quotes.verify(id + more, "a", now));
    }
  }

  @Test
  void aSecretOfTheSettingsMakesIdsAndTokensGoodOnOtherServers() {
    Quote quote = quote("a", 10);
    quote("a", 11);
    String token = page("a", 1, "").nextToken();
    Quotes other = quotes(2);

    assertEquals(quote.fare(), other.verify(quote.id(), "a", now));
    assertNotNull(other.page("a", 1, token));
  }

  @Test
  void withoutASecretEachStartHasItsOwn() {
    settings.set(settings("", 50, 20));
    Quotes first = quotes(1);
    Quotes second = quotes(2);
    Quote quote = first.quote("a", 1, 1);
    first.quote("a", 1, 1);
    Page page = first.page("a", 1, "");

    assertNotNull(page);
    assertNotNull(first.page("a", 1, page.nextToken()));
    assertNull(second.page("a", 1, page.nextToken()));
    assertEquals(quote.fare(), first.verify(quote.id(), "a", now));
    assertNull(second.verify(quote.id(), "a", now));
    assertNull(quotes.verify(quote.id(), "a", now));
  }

  @Test
  void aChangedTariffHoldsForWhatIsQuotedFromThenOn() {
    Quote before = quote("a", 10);
    settings.set(
        new RidesSettings(
            new TariffSettings(Currency.getInstance("JPY"), 500, 0, 0, 0, new BigDecimal("2")),
            VALIDITY,
            50,
            20,
            SECRET));

    assertEquals(new Fare(Currency.getInstance("JPY"), 500, 1_000), quote("a", 10).fare());
    assertEquals(before.fare(), quotes.verify(before.id(), "a", now));
  }

  @Test
  void pagesGoFromTheNewestToTheOldestQuoteOfATenant() {
    for (int i = 1; i <= 5; i++) {
      quote("a", i);
      quote("b", 100 + i);
    }

    Page first = page("a", 2, "");
    Page second = page("a", 2, first.nextToken());
    Page third = page("a", 2, second.nextToken());

    assertEquals(List.of(5L, 4L), kilometres(first));
    assertEquals(List.of(3L, 2L), kilometres(second));
    assertEquals(List.of(1L), kilometres(third));
    assertEquals("", third.nextToken());
    assertEquals("", page("a", 5, "").nextToken());
    assertEquals(List.of(105L, 104L, 103L, 102L, 101L), kilometres(page("b", 20, "")));
    assertEquals(new Page(List.of(), ""), page("nobody", 20, ""));
  }

  @Test
  void whatIsQuotedMeanwhileMovesNothing() {
    for (int i = 1; i <= 9; i++) {
      quote("a", i);
    }
    List<Long> seen = new ArrayList<>();
    String token = "";
    for (int i = 0; i < 3; i++) {
      Page page = page("a", 3, token);
      seen.addAll(kilometres(page));
      token = page.nextToken();
      quote("a", 100 + i);
      now = now.plusMillis(i);
    }

    assertEquals(List.of(9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L), seen);
    assertEquals("", token);
  }

  @Test
  void aTokenStaysGoodWhenTheQuoteItNamesIsGone() {
    for (int i = 1; i <= 20; i++) {
      quote("a", i);
    }
    String token = page("a", 15, "").nextToken();
    for (int i = 1; i <= 15; i++) {
      quote("a", 100 + i);
    }

    assertEquals(new Page(List.of(), ""), page("a", 15, token));
  }

  @Test
  void aClockThatIsSetBackKeepsTheOrder() {
    quote("a", 1);
    now = now.minus(Duration.ofHours(1));
    quote("a", 2);
    quote("a", 3);

    Page first = page("a", 1, "");
    assertEquals(List.of(3L), kilometres(first));
    assertEquals(List.of(2L, 1L), kilometres(page("a", 2, first.nextToken())));
  }

  @Test
  void aTokenIsGoodForItsTenantOnlyAndAnIdIsNone() {
    String id = quote("a", 1).id();
    quote("a", 2);
    quote("b", 3);
    String token = page("a", 1, "").nextToken();

    assertNull(quotes.page("b", 1, token));
    assertNull(quotes.page("a", 1, id));
    assertNull(quotes.verify(token, "a", now));
  }

  @Test
  void aTokenThatWasChangedOrCutOffIsNone() {
    quote("a", 1);
    quote("a", 2);
    String token = page("a", 1, "").nextToken();

    for (int i = 0; i < token.length(); i++) {
      for (String c : URL_SAFE) {
        String changed = token.substring(0, i) + c + token.substring(i + 1);
        assertEquals(changed.equals(token), quotes.page("a", 1, changed) != null, changed);
      }
    }
    for (int i = 1; i < token.length(); i++) {
      assertNull(quotes.page("a", 1, token.substring(0, i)));
      assertNull(quotes.page("a", 1, token.substring(i)));
    }
  }

  @Test
  void madeUpTokensAreRefusedWhateverTheyAre() {
    quote("a", 1);
    quote("a", 2);
    String token = page("a", 1, "").nextToken();

    for (long seed = 1; seed <= FORGERIES; seed++) {
      String forged = forged(new Random(seed), token);
      assertNull(quotes.page("a", 1, forged), "seed " + seed + ": " + forged);
      assertNull(quotes.verify(forged, "a", now), "seed " + seed + ": " + forged);
    }
  }

  /** Never empty, never the token itself. */
  private static String forged(Random random, String token) {
    byte[] bytes = new byte[random.nextInt(1, 80)];
    random.nextBytes(bytes);
    return switch (random.nextInt(5)) {
      case 0 -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      case 1 -> Base64.getEncoder().encodeToString(bytes);
      case 2 -> new String(bytes, ISO_8859_1);
      case 3 -> {
        byte[] known = Base64.getUrlDecoder().decode(token);
        known[random.nextInt(known.length)] ^= (byte) (1 << random.nextInt(8));
        yield Base64.getUrlEncoder().withoutPadding().encodeToString(known);
      }
      default -> {
        StringBuilder swapped = new StringBuilder(token);
        swapped.insert(random.nextInt(token.length()), (char) random.nextInt(1, 0x3000));
        yield swapped.toString();
      }
    };
  }

  @Test
  void aTenantKeepsItsNewestQuotes() {
    for (int i = 1; i <= 25; i++) {
      quote("a", i);
    }
    quote("b", 1);

    List<Long> kept = kilometres(page("a", 100, ""));
    assertEquals(20, kept.size());
    assertEquals(25, kept.getFirst());
    assertEquals(6, kept.getLast());
    assertEquals(List.of(1L), kilometres(page("b", 100, "")));
  }

  @Test
  void allTogetherKeepTheNewestAndAnIdHoldsEvenIfItsQuoteIsForgotten() {
    Quote forgotten = quote("tenant 0", 0);
    for (int i = 1; i <= 60; i++) {
      quote("tenant " + i, i);
    }

    assertEquals(List.of(), page("tenant 0", 1, "").quotes());
    assertEquals(List.of(), page("tenant 10", 1, "").quotes());
    assertEquals(List.of(11L), kilometres(page("tenant 11", 1, "")));
    assertEquals(forgotten.fare(), quotes.verify(forgotten.id(), "tenant 0", now));
  }

  @Test
  void whatHasExpiredIsNotListed() {
    quote("a", 1);
    now = now.plus(VALIDITY.dividedBy(2));
    quote("a", 2);
    now = START.plus(VALIDITY).minusMillis(1);
    assertEquals(List.of(2L, 1L), kilometres(page("a", 5, "")));

    now = START.plus(VALIDITY);
    assertEquals(List.of(2L), kilometres(page("a", 5, "")));
    assertEquals("", page("a", 1, "").nextToken());
  }

  @Test
  void aLedgerHoldsNothingThatExpiredForLongAndNoTenantWithoutQuotes() {
    Ledger ledger = new Ledger(1_000, 1_000);
    for (int i = 0; i < 100; i++) {
      ledger.add("tenant " + i, ending(START.plusSeconds(1)), START);
    }
    assertEquals(100, ledger.size());
    assertEquals(100, ledger.tenants());

    Instant later = START.plusSeconds(2);
    for (int i = 0; i < 20; i++) {
      ledger.add("a", ending(later.plusSeconds(1)), later);
    }

    assertEquals(20, ledger.size());
    assertEquals(1, ledger.tenants());
  }

  private static Quote ending(Instant end) {
    return new Quote("", 0, 0, new Fare(Currency.getInstance("EUR"), 0, 0), end);
  }

  @Test
  void manyAtOnceLoseNothingAndSeeNothingTwice() {
    settings.set(settings(SECRET, 100_000, 100_000));
    Quotes shared = quotes(3);
    Runnable[] things = new Runnable[8];
    for (int i = 0; i < things.length; i++) {
      String tenant = "tenant " + i % 2;
      things[i] =
          () -> {
            for (int ride = 0; ride < 500; ride++) {
              shared.quote(tenant, ride, ride);
              assertNotNull(shared.page(tenant, 3, ""));
            }
          };
    }

    Together.run(things);

    for (String tenant : List.of("tenant 0", "tenant 1")) {
      Set<String> ids = new HashSet<>();
      String token = "";
      do {
        Page page = shared.page(tenant, 7, token);
        assertNotNull(page);
        page.quotes().forEach(quote -> assertTrue(ids.add(quote.id())));
        token = page.nextToken();
      } while (!token.isEmpty());
      assertEquals(2_000, ids.size());
    }
  }

  @Test
  void nothingThatIsPrintedHoldsTheSecret() {
    assertFalse(settings.get().toString().contains(SECRET));
  }
}
