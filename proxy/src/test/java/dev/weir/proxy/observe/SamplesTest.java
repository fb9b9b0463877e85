package dev.weir.proxy.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.Traced;
import dev.weir.proxy.path.Answered;
import dev.weir.proxy.path.Deadline;
import dev.weir.proxy.path.Estimate;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Profile;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Spent;
import dev.weir.proxy.path.Times;
import dev.weir.proxy.path.Totals.Share;
import dev.weir.proxy.path.Totals.Turned;
import dev.weir.proxy.path.TransportObserver.Resource;
import dev.weir.routing.RequestKind;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SamplesTest {

  private final Samples samples = new Samples();
  private final AtomicInteger asked = new AtomicInteger();

  private Answered answer(String tenant, int status, @Nullable Reason reason) {
    Spent spent = reason == null ? new Spent(1, 5) : null;
    return new Answered(
        Traced.ANY,
        Resource.ROUTE,
        "GET",
        status,
        reason,
        1,
        Times.of(0, 1),
        spent,
        "127.0.0.1",
        false,
        () -> {
          asked.incrementAndGet();
          return Identity.of(tenant);
        });
  }

  @Test
  void tellsWhoWasAnsweredAndWhoWasRefused() {
    samples.answered(answer("rides", 200, null));
    samples.answered(answer("rides", 200, null));
    samples.answered(answer("rides", 429, Reason.OVER_SHARE));

    assertEquals(List.of(new Share("rides", 2, 1, 10)), samples.takeShares());
    assertEquals(List.of(), samples.takeShares());
    Turned refusal = new Turned(Reason.OVER_SHARE, "route", Priority.DEFAULT, "rides", -1, -1, -1);
    assertEquals(List.of(refusal), samples.takeRefusals());
    assertEquals(List.of(), samples.takeRefusals());
  }

  @Test
  void asksOnceAndAgainAndNotMoreOftenHoweverManyAnswersThereAre() {
    answers(100_000);
    assertEquals(Samples.MOST, asked.getAndSet(0));
    samples.takeShares();

    answers(100_000);

    assertTrue(asked.get() <= 2 * Samples.WANTED, () -> asked + " of 100,000 were looked at");
    long told = samples.takeShares().stream().mapToLong(Share::answered).sum();
    assertTrue(told > 95_000 && told < 105_000, () -> told + " answers");
  }

  private void answers(int number) {
    for (int i = 0; i < number; i++) {
      samples.answered(answer("flood", 200, null));
    }
  }

  @Test
  void asksNobodyWhoIsUnknownToTheServer() {
    samples.answered(answer("unknown", 401, Reason.KEY_REQUIRED));

    assertEquals(0, asked.get());
    assertEquals(List.of(), samples.takeShares());
  }

  @Test
  void keepsNumbersOfRefusalsAndSoManyOfThem() {
    Profile profile =
        new Profile(
            RequestKind.ISOCHRONE, Identity.of("batch"), 1, new Deadline(1), Estimate.of(7_000));
    for (int i = 0; i < 1_000; i++) {
      samples.turnedAway(profile, Reason.OVER_CAPACITY, 9_000, 0.25);
    }

    List<Turned> refusals = samples.takeRefusals();

    assertEquals(Samples.MOST_TOLD, refusals.size());
    assertEquals(
        new Turned(
            Reason.OVER_CAPACITY, "isochrone", Priority.DEFAULT, "batch", 7_000, 9_000, 0.25),
        refusals.getFirst());
  }

  @Test
  void tellsARefusalWithItsNumbersAndNotAgainWithout() {
    Profile profile =
        new Profile(RequestKind.ROUTE, Identity.of("rides"), 1, new Deadline(1), Estimate.of(7));
    samples.answered(answer("others", 429, Reason.OVER_SHARE));
    samples.turnedAway(profile, Reason.OVER_SHARE, 9, 0.25);
    samples.answered(answer("rides", 429, Reason.OVER_SHARE));

    assertEquals(
        List.of("others -1", "rides 9"),
        samples.takeRefusals().stream()
            .map(each -> each.tenant() + " " + each.waitNanos())
            .toList());
  }
}
