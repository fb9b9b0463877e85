package dev.weir.proxy.rides;

import dev.weir.proxy.path.Quote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The quotes that can be listed, by tenant and age. Holds so many per tenant and in all, and drops
 * the oldest first. Thread-safe: one lock, held for as long as it takes to move references.
 */
final class Ledger {

  /** More than are added by one call, so that what has expired goes, and no call pays for all. */
  private static final int DROPPED_AT_ONCE = 8;

  private final int most;
  private final int mostOfTenant;

  /** Whose the quote at a position is. */
  private final NavigableMap<Long, String> all = new TreeMap<>();

  /** None of them is empty. */
  private final Map<String, NavigableMap<Long, Quote>> byTenant = new HashMap<>();

  private long last;

  /**
   * A quote and its place among all.
   *
   * @param position microseconds since 1970, or as many more as it takes to differ from others: it
   *     tells its tenant nothing that the tenant does not know, and means the same after a restart
   */
  record Entry(long position, Quote quote) {}

  Ledger(int most, int mostOfTenant) {
    this.most = most;
    this.mostOfTenant = mostOfTenant;
  }

  synchronized void add(String tenant, Quote quote, Instant now) {
    dropExpired(now);
    last = Math.max(last + 1, now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000);
    NavigableMap<Long, Quote> own = byTenant.computeIfAbsent(tenant, _ -> new TreeMap<>());
    own.put(last, quote);
    all.put(last, tenant);
    if (own.size() > mostOfTenant) {
      drop(own.firstKey());
    }
    if (all.size() > most) {
      drop(all.firstKey());
    }
  }

  /** A tenant's quotes before a position, the newest first; no more than {@code count}. */
  synchronized List<Entry> before(String tenant, long position, int count, Instant now) {
    List<Entry> found = new ArrayList<>();
    NavigableMap<Long, Quote> own = byTenant.get(tenant);
    if (own != null) {
      for (Map.Entry<Long, Quote> each : own.headMap(position, false).descendingMap().entrySet()) {
        if (found.size() == count || each.getValue().expired(now)) {
          break; // what is older has expired, too
        }
        found.add(new Entry(each.getKey(), each.getValue()));
      }
    }
    return found;
  }

  private void dropExpired(Instant now) {
    for (int i = 0; i < DROPPED_AT_ONCE && !all.isEmpty(); i++) {
      Map.Entry<Long, String> oldest = all.firstEntry();
      Quote quote = of(oldest.getValue()).get(oldest.getKey());
      if (quote == null || !quote.expired(now)) {
        return;
      }
      drop(oldest.getKey());
    }
  }

  private void drop(long position) {
    String tenant = all.remove(position);
    if (tenant != null) {
      NavigableMap<Long, Quote> own = of(tenant);
      own.remove(position);
      if (own.isEmpty()) {
        byTenant.remove(tenant);
      }
    }
  }

  private NavigableMap<Long, Quote> of(String tenant) {
    NavigableMap<Long, Quote> own = byTenant.get(tenant);
    if (own == null) {
      throw new IllegalStateException("quotes of nobody");
    }
    return own;
  }

  /** Quotes it holds, for tests. */
  synchronized int size() {
    return all.size();
  }

  /** Tenants with quotes, for tests. */
  synchronized int tenants() {
    return byTenant.size();
  }
}
