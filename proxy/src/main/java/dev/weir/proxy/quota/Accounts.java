package dev.weir.proxy.quota;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Where the account of a tenant is. Tenants with a name have one each for as long as the
 * configuration names them; all others share a number of them, and what becomes of those when there
 * are more, {@link Shelf} says. Thread-safe.
 */
final class Accounts {

  /** For callers without a name, some 100 bytes each. */
  static final int STRANGERS = 16_384;

  private static final int ON_A_SHELF = 8;
  private static final int SHELVES = STRANGERS / ON_A_SHELF;
  private static final int SHELF_BITS = Integer.numberOfTrailingZeros(SHELVES);

  /** Spreads hashes that differ in few bits: 2³² over the golden ratio (Knuth, TAOCP 3, 6.4). */
  private static final int SPREADER = 0x9E3779B9;

  private final Map<String, Shelf> named = new ConcurrentHashMap<>();
  private final Shelf[] strangers = new Shelf[SHELVES];

  Accounts() {
    for (int i = 0; i < SHELVES; i++) {
      strangers[i] = new Shelf(ON_A_SHELF);
    }
  }

  /** From now on these have names; who has had one keeps its account. */
  void name(Set<String> tenants) {
    named.keySet().retainAll(tenants);
    tenants.forEach(tenant -> named.computeIfAbsent(tenant, _ -> new Shelf(1)));
  }

  /** Where the account of a tenant is, if it has one. */
  Shelf shelf(String tenant) {
    Shelf own = named.get(tenant);
    return own == null
        ? strangers[(tenant.hashCode() * SPREADER) >>> (Integer.SIZE - SHELF_BITS)]
        : own;
  }

  /** Shows every account, under its lock. */
  void each(Consumer<Account> visitor) {
    named.values().forEach(shelf -> show(shelf, visitor));
    for (Shelf shelf : strangers) {
      show(shelf, visitor);
    }
  }

  private static void show(Shelf shelf, Consumer<Account> visitor) {
    synchronized (shelf) {
      shelf.each(visitor);
    }
  }
}
