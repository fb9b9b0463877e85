package dev.weir.proxy.rides;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.weir.proxy.config.Live;
import dev.weir.proxy.config.RidesSettings;
import dev.weir.proxy.path.Fare;
import dev.weir.proxy.path.Quote;
import dev.weir.proxy.path.QuoteBook;
import dev.weir.proxy.rides.Ledger.Entry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Quotes by the tariff of the settings. What an id says is proved by its signature alone: it holds
 * as long as it says, whether the quote is still kept or not. Thread-safe.
 */
public final class Quotes implements QuoteBook {

  // Of an id: a random number, validity, low and high fare, code of the currency.
  private static final int CODE_BYTES = 3;
  private static final int ID_BYTES = 4 * Long.BYTES + CODE_BYTES;

  private static final int SECRET_BYTES = 32;

  private final Supplier<Tariff> tariff;
  private final Duration validity;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Seal seal;
  private final Ledger ledger;

  /**
   * @param settings of which the tariff may change
   * @param random makes ids differ, and the secret where the settings have none; thread-safe
   */
  public Quotes(Live<RidesSettings> settings, InstantSource clock, RandomGenerator random) {
    RidesSettings first = settings.get();
    this.tariff = settings.map(RidesSettings::tariff).map(Tariff::new);
    this.validity = first.quoteValidity();
    this.clock = clock;
    this.random = random;
    this.seal =
        new Seal(first.secret().isEmpty() ? secret(random) : first.secret().getBytes(US_ASCII));
    this.ledger = new Ledger(first.maxQuotes(), first.maxQuotesPerTenant());
  }

  private static byte[] secret(RandomGenerator random) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return secret;
  }

  @Override
  public Quote quote(String tenant, long distanceMillimeters, long millis) {
    Fare fare = tariff.get().fare(distanceMillimeters, millis);
    Instant now = clock.instant();
    Instant until = now.plus(validity).truncatedTo(ChronoUnit.MILLIS);
    String id = seal.sign(Seal.Use.QUOTE, tenant, content(fare, until));
    Quote quote = new Quote(id, distanceMillimeters, millis, fare, until);
    ledger.add(tenant, quote, now);
    return quote;
  }

  private byte[] content(Fare fare, Instant until) {
    return ByteBuffer.allocate(ID_BYTES)
        .putLong(random.nextLong())
        .putLong(until.toEpochMilli())
        .putLong(fare.low())
        .putLong(fare.high())
        .put(fare.currency().getCurrencyCode().getBytes(US_ASCII))
        .array();
  }

  /**
   * What was quoted under an id.
   *
   * @param tenant who brings it
   * @return {@code null} if it is not an id that was made for this tenant, or no longer holds
   */
  public @Nullable Fare verify(String id, String tenant, Instant now) {
    ByteBuffer content = seal.open(Seal.Use.QUOTE, tenant, id, ID_BYTES);
    if (content == null) {
      return null;
    }
    content.getLong(); // the random number
    if (now.toEpochMilli() >= content.getLong()) {
      return null;
    }
    long low = content.getLong();
    long high = content.getLong();
    byte[] code = new byte[CODE_BYTES];
    content.get(code);
    return new Fare(Currency.getInstance(new String(code, US_ASCII)), low, high);
  }

  @Override
  public @Nullable Page page(String tenant, int size, String token) {
    long before = Long.MAX_VALUE;
    if (!token.isEmpty()) {
      ByteBuffer content = seal.open(Seal.Use.PAGE, tenant, token, Long.BYTES);
      if (content == null) {
        return null;
      }
      before = content.getLong();
    }
    List<Entry> found = ledger.before(tenant, before, size + 1, clock.instant());
    boolean more = found.size() > size;
    List<Entry> shown = more ? found.subList(0, size) : found;
    return new Page(
        shown.stream().map(Entry::quote).toList(), more ? token(tenant, shown.getLast()) : "");
  }

  /** Names the last quote that was seen, so that what is added meanwhile moves nothing. */
  private String token(String tenant, Entry last) {
    byte[] content = ByteBuffer.allocate(Long.BYTES).putLong(last.position()).array();
    return seal.sign(Seal.Use.PAGE, tenant, content);
  }
}
