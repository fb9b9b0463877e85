package dev.weir.proxy.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.Traced;
import dev.weir.proxy.path.Call;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Deadline;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.Profile;
import dev.weir.proxy.path.Traits;
import dev.weir.routing.RequestKind;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CallClassifierTest {

  private static final Traits PLACE = LearnedCostsTest.route("car", 10);
  private static final Traits NOWHERE = Traits.unknown(RequestKind.ROUTE);

  private Instant now = Instant.parse("2026-01-01T10:00:00Z");
  private final LearnedCosts costs = LearnedCostsTest.costs();
  private final CallClassifier classifier = new CallClassifier(costs, () -> now);

  private Profile profile(String address, @Nullable String user, Traits traits, Traits planned) {
    Caller caller = new Caller(address, null, null, user, false);
    Call call =
        new Call(
            Traced.ANY,
            caller,
            traits,
            0,
            new Deadline(5),
            () -> {
              throw new AssertionError("nobody reads");
            });
    return classifier.classify(call, Identity.of("tenant"), planned);
  }

  private int cohort(String address, @Nullable String user, Traits traits) {
    return profile(address, user, traits, traits).cohort();
  }

  @Test
  void theCostIsThatOfWhatIsGoingToBeComputed() {
    Traits less = LearnedCostsTest.route("car", 10, sketch -> sketch.instructions(false));
    Profile profile = profile("a", null, PLACE, less);
    assertEquals(costs.estimate(less), profile.estimate());
    assertEquals(profile("a", null, PLACE, PLACE).cohort(), profile.cohort());
    assertEquals(new Deadline(5), profile.deadline());
  }

  @Test
  void aUserKeepsTheCohortForAnHourAndThenGetsAnother() {
    int first = cohort("a", "rider", PLACE);
    now = now.plus(Duration.ofMinutes(59));
    assertEquals(first, cohort("b", "rider", NOWHERE));
    now = now.plus(Duration.ofMinutes(1));
    assertNotEquals(first, cohort("b", "rider", NOWHERE));
  }

  @Test
  void withoutAUserThePlaceDecidesAndWithoutAPlaceTheAddress() {
    assertEquals(cohort("a", null, PLACE), cohort("b", null, PLACE));
    assertNotEquals(cohort("a", null, NOWHERE), cohort("b", null, NOWHERE));
    assertNotEquals(cohort("a", null, PLACE), cohort("a", null, NOWHERE));
  }

  @Test
  void usersSpreadEvenlyOverAllCohortsInEveryHour() {
    int users = 12_800;
    for (int hour = 0; hour < 5; hour++) {
      int[] sizes = new int[Profile.COHORTS];
      for (int user = 0; user < users; user++) {
        sizes[cohort("a", "user" + user, NOWHERE)]++;
      }
      for (int size : sizes) {
        assertTrue(size > 50 && size < 160, () -> "a cohort of " + size);
      }
      now = now.plus(Duration.ofHours(1));
    }
  }

  @Test
  void whoSharesACohortInOneHourDoesNotInTheNext() {
    int[] before = new int[1_000];
    for (int user = 0; user < before.length; user++) {
      before[user] = cohort("a", "user" + user, NOWHERE);
    }
    now = now.plus(Duration.ofHours(1));
    int together = 0;
    int still = 0;
    for (int user = 1; user < before.length; user++) {
      if (before[user] == before[0]) {
        together++;
        still += cohort("a", "user" + user, NOWHERE) == cohort("a", "user0", NOWHERE) ? 1 : 0;
      }
    }
    assertTrue(together > 0 && still * 2 <= together, together + " were together");
  }
}
