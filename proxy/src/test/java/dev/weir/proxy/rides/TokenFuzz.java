package dev.weir.proxy.rides;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.weir.proxy.path.Quote;
import dev.weir.proxy.transport.TestQuotes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/**
 * Tokens that callers bring: those that were given to them are good, and no others, whatever they
 * are like. An input is a text to try, or, after a first byte of 1, pairs of bytes: a place in a
 * genuine token, and what is changed of the character there.
 */
public final class TokenFuzz {

  private static final Instant NOW = Instant.parse("2026-11-02T06:08:15Z");
  private static final String TENANT = "rides";
  private static final Quotes QUOTES = TestQuotes.at(InstantSource.fixed(NOW));
  private static final Quote FIRST = QUOTES.quote(TENANT, 1_000_000, 100_000);
  private static final String PAGE = pageToken();
  private static final Set<String> GENUINE = Set.of("", PAGE, FIRST.id());

  private TokenFuzz() {}

  private static String pageToken() {
    QUOTES.quote(TENANT, 2_000_000, 200_000);
    var page = QUOTES.page(TENANT, 1, "");
    if (page == null || page.nextToken().isEmpty()) {
      throw new IllegalStateException("there is no second page");
    }
    return page.nextToken();
  }

  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length > 0 && data[0] == 1) {
      bring(changed(PAGE, data));
      bring(changed(FIRST.id(), data));
    } else {
      bring(new String(data, ISO_8859_1));
    }
  }

  private static String changed(String token, byte[] data) {
    char[] text = token.toCharArray();
    for (int i = 1; i + 1 < data.length; i += 2) {
      text[Byte.toUnsignedInt(data[i]) % text.length] ^= (char) Byte.toUnsignedInt(data[i + 1]);
    }
    return new String(text);
  }

  private static void bring(String token) {
    boolean page = QUOTES.page(TENANT, 1, token) != null;
    boolean quote = QUOTES.verify(token, TENANT, NOW) != null;
    if (page != (token.isEmpty() || token.equals(PAGE)) || quote != token.equals(FIRST.id())) {
      throw new IllegalStateException(page + ", " + quote + " of " + token);
    }
    boolean strange =
        QUOTES.page("another", 1, token) != null || QUOTES.verify(token, "another", NOW) != null;
    if (strange && !token.isEmpty()) {
      throw new IllegalStateException("another tenant's: " + GENUINE.contains(token));
    }
  }
}
