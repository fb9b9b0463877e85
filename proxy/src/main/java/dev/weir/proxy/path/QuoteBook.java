package dev.weir.proxy.path;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What rides cost, and what was told to whom. Thread-safe; costs some microseconds, {@link #page}
 * in proportion to the size of the page.
 */
public interface QuoteBook {

  /**
   * Quotes a ride, and keeps the quote for its tenant.
   *
   * @param distanceMillimeters length of the ride, 0 to 10^12
   * @param millis time it takes, 0 to 10^12
   */
  Quote quote(String tenant, long distanceMillimeters, long millis);

  /**
   * A tenant's quotes that are still valid, the newest first.
   *
   * @param size quotes at most, at least 1
   * @param token of the page before, empty for the first
   * @return {@code null} if there is no such token of this tenant
   */
  @Nullable Page page(String tenant, int size, String token);

  /**
   * Some of a tenant's quotes.
   *
   * @param nextToken of the page that follows, empty if there is none
   */
  record Page(List<Quote> quotes, String nextToken) {}
}
