package dev.weir.proxy.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.weir.proxy.ManualTicker;
import dev.weir.proxy.Together;
import dev.weir.proxy.config.ApiKey;
import dev.weir.proxy.config.CallersSettings;
import dev.weir.proxy.config.Live;
import dev.weir.proxy.config.QuotaSettings;
import dev.weir.proxy.config.TenantSettings;
import dev.weir.proxy.config.Tier;
import dev.weir.proxy.path.Deadline;
import dev.weir.proxy.path.Estimate;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.Place;
import dev.weir.proxy.path.Profile;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Standing;
import dev.weir.proxy.path.Standing.Allowance;
import dev.weir.routing.RequestKind;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Quotas by examples and by what holds for all, in virtual time. */
final class LocalQuotaTest {

  private static final long UNIT = Limits.UNIT_NANOS;
  private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");
  private static final String STRANGER = "10.0.0.1";

  private final ManualTicker ticker = new ManualTicker();
  private Instant now = NOON;
  private final Live<CallersSettings> callers = new Live<>(CallersSettings.ANYBODY);
  private final LocalQuota quota = new LocalQuota(callers, ticker, () -> now);

  private static CallersSettings settings(
      QuotaSettings anonymous, QuotaSettings usual, TenantSettings... tenants) {
    return new CallersSettings(false, Tier.DEFAULT, anonymous, usual, List.of(tenants));
  }

  private static TenantSettings tenant(String name, QuotaSettings own) {
    List<ApiKey> keys = List.of(Objects.requireNonNull(ApiKey.of("key-of-" + name)));
    return new TenantSettings(name, keys, List.of(), 1, Tier.DEFAULT, own);
  }

  private void only(String name, QuotaSettings own) {
    callers.set(settings(QuotaSettings.NONE, QuotaSettings.NONE, tenant(name, own)));
  }

  private void strangers(QuotaSettings each) {
    callers.set(settings(each, QuotaSettings.NONE));
  }

  private static Place place(String tenant, long nanos) {
    return new Place(
        new Profile(
            RequestKind.ROUTE, Identity.of(tenant), 0, new Deadline(0), Estimate.of(nanos)));
  }

  private boolean charges(String tenant, long units) {
    return quota.charge(place(tenant, units * UNIT)) == null;
  }

  private Duration wait(String tenant, long units) {
    Refusal refusal = quota.charge(place(tenant, units * UNIT));
    assertNotNull(refusal);
    assertEquals(Reason.QUOTA_EXHAUSTED, refusal.reason());
    return refusal.retryAfter();
  }

  private void pass(Duration time) {
    ticker.advance(time);
    now = now.plus(time);
  }

  private Allowance second(String tenant) {
    return Objects.requireNonNull(standing(tenant).second());
  }

  private Allowance day(String tenant) {
    return Objects.requireNonNull(standing(tenant).day());
  }

  private Standing standing(String tenant) {
    return Objects.requireNonNull(quota.standing(Identity.of(tenant)));
  }

  @Test
  void whereNobodyHasAQuotaNothingIsChargedOrTold() {
    Place place = place(STRANGER, Long.MAX_VALUE / 4);

    assertFalse(quota.imposed());
    assertNull(quota.charge(place));
    assertFalse(place.isCharged());
    assertNull(quota.screen(Identity.of(STRANGER)));
    assertNull(quota.standing(Identity.of(STRANGER)));
    assertEquals(0, quota.spending().nanos().size());
  }

  @Test
  void aTenantMaySpendTheBurstAtOnceAndThenWhatComesBack() {
    only("rides", new QuotaSettings(10, 100, 0));

    assertTrue(charges("rides", 60));
    assertTrue(charges("rides", 40));
    assertEquals(Duration.ofMillis(500), wait("rides", 5));
    pass(Duration.ofMillis(499));
    assertEquals(Duration.ofMillis(1), wait("rides", 5));
    pass(Duration.ofMillis(1));
    assertTrue(charges("rides", 5));
    assertEquals(new Allowance(100, 10, 0, 10), second("rides"));
    pass(Duration.ofSeconds(3));
    assertEquals(new Allowance(100, 10, 30, 7), second("rides"));
    assertNull(standing("rides").day());
  }

  @Test
  void aBurstIsTenSecondsWorthUnlessItIsSet() {
    only("rides", new QuotaSettings(2.5, 0, 0));

    assertEquals(new Allowance(25, 10, 25, 0), second("rides"));
  }

  @Test
  void aCallThatCostsMoreThanTheBurstIsLetInWhenNothingIsOwedAndPaidOffAfterwards() {
    only("rides", new QuotaSettings(10, 100, 0));

    assertTrue(charges("rides", 1));
    assertEquals(Duration.ofMillis(100), wait("rides", 250));
    pass(Duration.ofMillis(100));
    assertTrue(charges("rides", 250));
    assertEquals(Duration.ofMillis(15_100), wait("rides", 1));
    assertEquals(0, second("rides").leftUnits());
  }

  @Test
  void theDayEndsAtMidnightOfUtcAndBringsAllBack() {
    only("rides", new QuotaSettings(0, 0, 100));
    now = Instant.parse("2026-11-02T23:59:00.500Z");

    assertTrue(charges("rides", 100));
    assertEquals(Duration.ofMillis(59_500), wait("rides", 1));
    assertEquals(new Allowance(100, 86_400, 0, 60), day("rides"));
    assertNull(standing("rides").second());
    now = Instant.parse("2026-11-03T00:00:00Z");
    assertEquals(100, day("rides").leftUnits());
    assertTrue(charges("rides", 100));
    assertFalse(charges("rides", 1));
  }

  @Test
  void aClockThatIsSetBackOverMidnightGivesNoDayBack() {
    only("rides", new QuotaSettings(0, 0, 100));
    now = Instant.parse("2026-11-03T00:00:00Z");
    assertTrue(charges("rides", 100));

    now = Instant.parse("2026-11-02T23:59:59Z");
    assertFalse(charges("rides", 1));
    now = Instant.parse("2026-11-03T00:00:01Z");
    assertFalse(charges("rides", 1));
  }

  @Test
  void aClockThatWasYearsAheadDoesNotLockAnybodyOut() {
    only("rides", new QuotaSettings(0, 0, 100));
    now = Instant.parse("2036-01-01T00:00:00Z");
    assertTrue(charges("rides", 100));

    now = NOON;
    assertTrue(charges("rides", 100));
  }

  @Test
  void whatIsNotServedIsGivenBackAndWhatIsServedCostsWhatItTook() {
    only("rides", new QuotaSettings(10, 100, 1_000));
    Place refused = place("rides", 80 * UNIT);
    Place cheaper = place("rides", 50 * UNIT);
    Place dearer = place("rides", 10 * UNIT);

    assertNull(quota.charge(refused));
    quota.settle(refused, 0);
    assertNull(quota.charge(cheaper));
    quota.settle(cheaper, 20 * UNIT);
    assertEquals(80, second("rides").leftUnits());
    assertNull(quota.charge(dearer));
    quota.settle(dearer, 90 * UNIT);

    assertEquals(0, second("rides").leftUnits());
    assertEquals(1_000 - 20 - 90, day("rides").leftUnits());
    assertEquals(Duration.ofMillis(1_100), wait("rides", 1));
  }

  @Test
  void aCallIsSettledOnTheDayThatItWasCharged() {
    only("rides", new QuotaSettings(0, 0, 100));
    Place late = place("rides", 60 * UNIT);
    assertNull(quota.charge(late));

    now = NOON.plus(Duration.ofDays(1));
    assertTrue(charges("rides", 70));
    quota.settle(late, 0);
    assertEquals(30, day("rides").leftUnits());
  }

  @Test
  void whoHasNothingLeftIsScreenedOutBeforeTheCostIsKnown() {
    only("rides", new QuotaSettings(10, 100, 0));
    Identity rides = Identity.of("rides");

    assertNull(quota.screen(rides));
    assertTrue(charges("rides", 99));
    assertNull(quota.screen(rides));
    assertTrue(charges("rides", 1));
    Refusal refusal = quota.screen(rides);
    assertNotNull(refusal);
    assertEquals(Reason.QUOTA_EXHAUSTED, refusal.reason());
    pass(Duration.ofSeconds(1));
    assertNull(quota.screen(rides));
  }

  @Test
  void eachTenantHasItsOwnQuotaOrTheUsualOneAndStrangersHaveTheirs() {
    callers.set(
        settings(
            new QuotaSettings(0, 0, 10),
            new QuotaSettings(0, 0, 20),
            tenant("own", new QuotaSettings(0, 0, 30)),
            tenant("usual", QuotaSettings.NONE)));

    assertEquals(30, day("own").units());
    assertEquals(20, day("usual").units());
    assertEquals(10, day(STRANGER).units());
    assertTrue(charges(STRANGER, 10));
    assertFalse(charges(STRANGER, 1));
    assertTrue(charges("10.0.0.2", 10));
    assertTrue(charges("usual", 20));
  }

  @Test
  void aNewConfigurationChangesTheLimitsAndKeepsWhatWasSpent() {
    only("rides", new QuotaSettings(10, 100, 1_000));
    assertTrue(charges("rides", 100));

    only("rides", new QuotaSettings(20, 200, 2_000));
    assertEquals(new Allowance(200, 10, 100, 5), second("rides"));
    assertEquals(1_900, day("rides").leftUnits());
    only("rides", new QuotaSettings(0, 0, 100));
    assertFalse(charges("rides", 1));
    only("rides", QuotaSettings.NONE);
    assertTrue(charges("rides", 1_000_000));
  }

  @Test
  void aCallThatWasLetInWithoutAQuotaIsNotPaidBackByALaterOne() {
    Place before = place("rides", 50 * UNIT);
    assertNull(quota.charge(before));

    only("rides", new QuotaSettings(0, 0, 100));
    assertTrue(charges("rides", 100));
    quota.settle(before, 0);
    assertFalse(charges("rides", 1));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void nobodyGetsMoreThanTheBurstAndWhatComesBackNorMoreThanTheDay(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long burst = random.nextLong(100, 1_000);
    double rate = random.nextDouble(1, 100);
    long perDay = burst + random.nextLong(200_000);
    only("rides", new QuotaSettings(rate, burst, perDay));
    Deque<Place> open = new ArrayDeque<>();
    double passedSeconds = 0;
    long netNanos = 0;
    long todayNanos = 0;
    long today = now.toEpochMilli() / 86_400_000;
    for (int i = 0; i < 20_000; i++) {
      Duration step =
          Duration.ofNanos(random.nextLong(i % 100 == 0 ? 4_000_000_000_000L : 50_000_000));
      pass(step);
      passedSeconds += step.toNanos() / 1e9;
      if (now.toEpochMilli() / 86_400_000 > today) {
        today = now.toEpochMilli() / 86_400_000;
        todayNanos = 0;
        open.clear(); // what is settled on another day is not counted here
      }
      Place place = place("rides", random.nextLong(1, burst * UNIT + 1));
      long cost = place.profile().estimate().meanNanos();
      if (quota.charge(place) == null) {
        netNanos += cost;
        todayNanos += cost;
        open.add(place);
      }
      double boundNanos = (burst + rate * passedSeconds) * UNIT;
      double net = netNanos;
      assertTrue(net <= boundNanos * (1 + 1e-9) + 1, () -> net + " of " + boundNanos);
      assertTrue(todayNanos <= perDay * UNIT);
      if (!open.isEmpty() && random.nextInt(3) == 0) {
        Place ended = open.remove();
        long estimated = ended.profile().estimate().meanNanos();
        long took = random.nextBoolean() ? estimated : 0; // half of them are not served
        quota.settle(ended, took);
        netNanos -= estimated - took;
        todayNanos -= estimated - took;
      }
      assertEquals((perDay * UNIT - todayNanos) / UNIT, day("rides").leftUnits());
    }
    assertTrue(netNanos > burst * UNIT); // it is not that nobody is let in
  }

  @ParameterizedTest
  @ValueSource(strings = {"rides", STRANGER})
  void callsOfTheSameMomentTogetherGetNoMoreThanOneAfterTheOther(String tenant) {
    callers.set(
        settings(
            new QuotaSettings(0.001, 1_000, 1_000),
            QuotaSettings.NONE,
            tenant("rides", new QuotaSettings(0.001, 1_000, 1_000))));
    AtomicInteger kept = new AtomicInteger();
    Runnable caller =
        () -> {
          for (int i = 0; i < 2_000; i++) {
            Place place = place(tenant, UNIT);
            if (quota.charge(place) == null) {
              if (i % 2 == 0) {
                quota.settle(place, 0);
              } else {
                kept.incrementAndGet();
              }
            }
          }
        };
    Together.run(caller, caller, caller, caller);

    assertEquals(1_000, kept.get());
    assertEquals(0, day(tenant).leftUnits());
    assertEquals(0, second(tenant).leftUnits());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rides", STRANGER})
  void aCallThatIsLetInMakesNoObjects(String tenant) {
    QuotaSettings ample = new QuotaSettings(1_000_000, 0, 100_000_000_000L);
    callers.set(settings(ample, QuotaSettings.NONE, tenant("rides", ample)));
    Place place = place(tenant, UNIT);
    Identity identity = place.profile().identity();
    assertNull(quota.charge(place));
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int calls = 100_000;

    long before = thread.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < calls; i++) {
      if (quota.screen(identity) != null || quota.charge(place) != null) {
        throw new AssertionError("refused");
      }
      quota.settle(place, 2 * UNIT);
    }
    long bytes = thread.getCurrentThreadAllocatedBytes() - before;
    assertTrue(bytes < calls, () -> bytes + " bytes");
  }

  @Test
  void strangersBeyondThosePlacesAreThereForGainNothingByComingBack() {
    strangers(new QuotaSettings(0, 0, 100));
    int strangers = 4 * Accounts.STRANGERS;
    int[] got = new int[strangers];
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 20 * strangers; i++) {
      int who = random.nextInt(strangers);
      if (charges("s" + who, 10)) {
        got[who] += 10;
      }
    }

    int served = 0;
    for (int units : got) {
      assertTrue(units <= 100, () -> units + " units");
      served += units > 0 ? 1 : 0;
    }
    int accounts = quota.spending().nanos().size();
    assertTrue(accounts <= Accounts.STRANGERS, () -> accounts + " accounts");
    assertTrue(served > accounts); // some got an account although there were none left
  }

  @Test
  void whoLostItsAccountIsNotPaidIntoThatOfAnother() {
    Shelf shelf = new Shelf(1);
    Limits limits = new Limits(0.01, 100, 1_000);
    shelf.open("first", limits, 0, 0).charge(70);

    Account second = shelf.open("second", limits, 0, 0);
    assertNull(shelf.find("first"));
    assertEquals(70, second.spentNanos());
    assertEquals(70, second.owedNanos());
    second.charge(10);
    Account back = shelf.open("first", limits, 1_000, 0);
    assertEquals(80, back.spentNanos());
    assertEquals(70, back.owedNanos()); // what it owed is paid back by now, but for the other's
    assertEquals(0, shelf.open("third", limits, 10_000_000, 1).spentNanos());
  }

  @Test
  void whatWasSpentTodaySurvivesAndYesterdayDoesNot() {
    CallersSettings both =
        settings(
            new QuotaSettings(0, 0, 100),
            QuotaSettings.NONE,
            tenant("rides", new QuotaSettings(0, 0, 100)));
    callers.set(both);
    assertTrue(charges("rides", 30));
    assertTrue(charges(STRANGER, 40));
    Spending before = quota.spending();

    LocalQuota next = new LocalQuota(new Live<>(both), ticker, () -> now);
    next.restore(before);
    assertEquals(70, left(next, "rides"));
    assertEquals(60, left(next, STRANGER));
    assertEquals(before, next.spending());

    now = NOON.plus(Duration.ofDays(1));
    LocalQuota tomorrow = new LocalQuota(new Live<>(both), ticker, () -> now);
    tomorrow.restore(before);
    assertEquals(100, left(tomorrow, "rides"));
  }

  @Test
  void aSumBeyondAllDaysIsSpentRatherThanTurnedIntoCredit() {
    only("rides", new QuotaSettings(0, 0, 100));
    long today = now.atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay();
    quota.restore(new Spending(today, Map.of("rides", Long.MAX_VALUE)));

    assertFalse(charges("rides", 1));
    assertEquals(0, left(quota, "rides"));
  }

  private static @Nullable Long left(LocalQuota of, String tenant) {
    Standing standing = of.standing(Identity.of(tenant));
    Allowance day = standing == null ? null : standing.day();
    return day == null ? null : day.leftUnits();
  }
}
