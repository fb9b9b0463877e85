package dev.weir.proxy.quota;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A few accounts that are looked through one after the other. Whoever uses it, or an account of it,
 * holds its lock, for some ten nanoseconds.
 *
 * <p>When it is full, a newcomer gets the account on which the least was spent today, together with
 * what was spent (Space-Saving [1]). So whoever lost an account to others and comes back finds no
 * less spent than it had spent: what was least only grows. The same holds of what is owed, as the
 * newcomer owes what any account owed when it was lost.
 *
 * <p>[1] A. Metwally, D. Agrawal, A. El Abbadi, "Efficient Computation of Frequent and Top-k
 * Elements in Data Streams", ICDT 2005.
 */
final class Shelf {

  private final int most;
  private final List<Account> accounts;

  /** Stands for all accounts that were lost to others: the most that any of them owed. */
  private @Nullable Account lost;

  /**
   * @param most accounts, at least one
   */
  Shelf(int most) {
    this.most = most;
    this.accounts = new ArrayList<>(1);
  }

  /** {@code null} if the tenant has none, or has it no more. */
  @Nullable Account find(String tenant) {
    for (int i = 0; i < accounts.size(); i++) {
      if (accounts.get(i).tenant().equals(tenant)) {
        return accounts.get(i);
      }
    }
    return null;
  }

  /** The tenant's account, at the present time. */
  Account open(String tenant, Limits limits, long nowNanos, long today) {
    Account known = find(tenant);
    if (known != null) {
      known.advance(limits, nowNanos, today);
      return known;
    }
    if (accounts.size() < most) {
      Account opened = new Account(tenant, nowNanos, today);
      accounts.add(opened);
      return opened;
    }
    return takeOver(tenant, limits, nowNanos, today);
  }

  private Account takeOver(String tenant, Limits limits, long nowNanos, long today) {
    Account least = null;
    for (int i = 0; i < accounts.size(); i++) {
      Account each = accounts.get(i);
      each.advance(limits, nowNanos, today);
      if (least == null || each.spentNanos() < least.spentNanos()) {
        least = each;
      }
    }
    Account taken = Objects.requireNonNull(least);
    Account before = lost;
    if (before == null) {
      before = new Account("", nowNanos, today);
      lost = before;
    }
    before.advance(limits, nowNanos, today);
    before.owesLike(taken);
    taken.owesLike(before);
    taken.handTo(tenant);
    return taken;
  }

  void each(Consumer<Account> visitor) {
    accounts.forEach(visitor);
  }
}
