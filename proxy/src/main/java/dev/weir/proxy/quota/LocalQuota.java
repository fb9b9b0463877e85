package dev.weir.proxy.quota;

import dev.weir.proxy.config.CallersSettings;
import dev.weir.proxy.config.Live;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.Place;
import dev.weir.proxy.path.Quota;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Standing;
import dev.weir.proxy.path.Standing.Allowance;
import dev.weir.proxy.path.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Quotas by what this server sees. Thread-safe: a lock per tenant that has a name, and one per
 * eight of the others, is held for some ten nanoseconds. A call that is let in makes no objects.
 */
public final class LocalQuota implements Quota {

  private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
  private static final double SECOND_NANOS = 1e9;

  private final Supplier<Terms> terms;
  private final Ticker ticker;
  private final InstantSource clock;
  private final Accounts accounts = new Accounts();

  public LocalQuota(Live<CallersSettings> callers, Ticker ticker, InstantSource clock) {
    this.ticker = ticker;
    this.clock = clock;
    this.terms = callers.map(this::agreed);
  }

  private Terms agreed(CallersSettings callers) {
    Terms next = Terms.of(callers);
    accounts.name(next.tenants());
    return next;
  }

  @Override
  public boolean imposed() {
    return terms.get().imposed();
  }

  /** Who has no account yet is asked for one when what it costs is known. */
  @Override
  public @Nullable Refusal screen(Identity identity) {
    String tenant = identity.tenant();
    Limits limits = terms.get().of(tenant);
    if (limits == null) {
      return null;
    }
    Shelf shelf = accounts.shelf(tenant);
    long millis = clock.millis();
    long waitNanos = Account.NOW;
    synchronized (shelf) {
      Account account = shelf.find(tenant);
      if (account != null) {
        account.advance(limits, ticker.nanos(), day(millis));
        waitNanos = account.waitNanos(limits, 1);
      }
    }
    return refusal(waitNanos, millis);
  }

  @Override
  public @Nullable Refusal charge(Place place) {
    String tenant = place.profile().identity().tenant();
    Limits limits = terms.get().of(tenant);
    if (limits == null) {
      return null;
    }
    long costNanos = place.profile().estimate().meanNanos();
    Shelf shelf = accounts.shelf(tenant);
    long millis = clock.millis();
    long waitNanos;
    synchronized (shelf) {
      Account account = shelf.open(tenant, limits, ticker.nanos(), day(millis));
      waitNanos = account.waitNanos(limits, costNanos);
      if (waitNanos == Account.NOW) {
        account.charge(costNanos);
        place.charged(day(millis));
      }
    }
    return refusal(waitNanos, millis);
  }

  private static @Nullable Refusal refusal(long waitNanos, long millis) {
    if (waitNanos == Account.NOW) {
      return null;
    }
    Duration wait =
        waitNanos == Account.TOMORROW
            ? Duration.ofMillis(DAY_MILLIS - Math.floorMod(millis, DAY_MILLIS))
            : Duration.ofNanos(waitNanos);
    return new Refusal(Reason.QUOTA_EXHAUSTED, wait);
  }

  @Override
  public void settle(Place place, long tookNanos) {
    String tenant = place.profile().identity().tenant();
    Limits limits = terms.get().of(tenant);
    if (!place.isCharged() || limits == null) {
      return;
    }
    long differenceNanos = tookNanos - place.profile().estimate().meanNanos();
    Shelf shelf = accounts.shelf(tenant);
    long today = day(clock.millis());
    synchronized (shelf) {
      Account account = shelf.find(tenant);
      if (account != null) {
        account.advance(limits, ticker.nanos(), today);
        account.correct(differenceNanos, place.chargedDay());
      }
    }
  }

  @Override
  public @Nullable Standing standing(Identity identity) {
    String tenant = identity.tenant();
    Limits limits = terms.get().of(tenant);
    if (limits == null) {
      return null;
    }
    Shelf shelf = accounts.shelf(tenant);
    long millis = clock.millis();
    double owedNanos = 0;
    long spentNanos = 0;
    synchronized (shelf) {
      Account account = shelf.find(tenant);
      if (account != null) {
        account.advance(limits, ticker.nanos(), day(millis));
        owedNanos = account.owedNanos();
        spentNanos = account.spentNanos();
      }
    }
    return new Standing(second(limits, owedNanos), day(limits, spentNanos, millis));
  }

  /** What was spent today. */
  public Spending spending() {
    long today = day(clock.millis());
    Map<String, Long> nanos = new HashMap<>();
    accounts.each(
        account -> {
          if (account.spentNanos(today) > 0) {
            nanos.put(account.tenant(), account.spentNanos(today));
          }
        });
    return new Spending(today, nanos);
  }

  /**
   * Takes up what was spent today before this server was started; to be called before the first
   * call.
   */
  public void restore(Spending before) {
    long today = day(clock.millis());
    if (before.day() != today) {
      return;
    }
    before.nanos().forEach((tenant, nanos) -> restore(tenant, nanos, today));
  }

  private void restore(String tenant, long nanos, long today) {
    Limits limits = terms.get().of(tenant);
    if (limits != null) {
      Shelf shelf = accounts.shelf(tenant);
      synchronized (shelf) {
        shelf.open(tenant, limits, ticker.nanos(), today).restore(nanos);
      }
    }
  }

  private static @Nullable Allowance second(Limits limits, double owedNanos) {
    if (!limits.bySecond()) {
      return null;
    }
    double perSecond = limits.rate() * SECOND_NANOS;
    return new Allowance(
        limits.burstNanos() / Limits.UNIT_NANOS,
        (long) Math.ceil(limits.burstNanos() / perSecond),
        Math.max(0, (long) (limits.burstNanos() - owedNanos) / Limits.UNIT_NANOS),
        (long) Math.ceil(owedNanos / perSecond));
  }

  private static @Nullable Allowance day(Limits limits, long spentNanos, long millis) {
    if (!limits.byDay()) {
      return null;
    }
    long leftMillis = DAY_MILLIS - Math.floorMod(millis, DAY_MILLIS);
    return new Allowance(
        limits.dayNanos() / Limits.UNIT_NANOS,
        DAY_SECONDS,
        Math.max(0, (limits.dayNanos() - spentNanos) / Limits.UNIT_NANOS),
        Math.ceilDiv(leftMillis, 1_000));
  }

  /** Days since 1970, as UTC has them. */
  private static long day(long millis) {
    return Math.floorDiv(millis, DAY_MILLIS);
  }
}
