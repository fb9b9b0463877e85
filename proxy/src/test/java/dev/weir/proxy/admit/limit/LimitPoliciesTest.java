package dev.weir.proxy.admit.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where each of the known algorithms ends on work that is all computing. */
final class LimitPoliciesTest {

  private static final Machine TWO = Machine.of(2);
  private static final double ALIKE = 1;
  private static final double SPREAD = 0.01;

  @Test
  void fixedStaysWhereItIs() {
    assertEquals(2, TWO.settle(new Fixed(2), 2, 100, ALIKE));
    assertThrows(IllegalArgumentException.class, () -> new Fixed(0));
  }

  @Test
  void aimdClimbsToItsMaximumOnTwoProcessorsUnlessCallsAreDropped() {
    assertEquals(200, TWO.settle(new Aimd(), 20, 180, ALIKE));
    Window drop = new Window(1, 1, 1, 1, 1, 1, 1, 1, 20, 20, 1);
    assertEquals(90, new Aimd().next(100, drop));
    assertEquals(20, new Aimd().next(20, drop));
  }

  @Test
  void gradient2DriftsToItsMaximumWithinHalfAnHourOfOverload() {
    assertEquals(42, TWO.settle(new Gradient2(), 20, 60, ALIKE), 15);
    assertTrue(TWO.settle(new Gradient2(), 20, 300, ALIKE) > 50);
    assertEquals(200, TWO.settle(new Gradient2(), 20, 1_800, ALIKE));
  }

  @Test
  void gradient2DriftsEvenFromAnIdleBaseline() {
    Gradient2 policy = new Gradient2();
    double limit = policy.initial();
    for (int i = 0; i < 600; i++) {
      limit = policy.next(limit, TWO.at(1));
    }
    assertEquals(20, limit);
    assertEquals(200, TWO.settle(policy, limit, 2_700, ALIKE));
  }

  @Test
  void vegasRunsAwayWhenItTakesACongestedLatencyForAnIdleOne() {
    assertTrue(TWO.settle(new Vegas(), 20, 1_800, ALIKE) > 100);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8, 32})
  void vegasIsPinnedAtSixWhateverTheProcessorsWhereCostsAreSpread(int processors) {
    Machine machine = new Machine(processors, 10 * Machine.MILLI, 10 * Machine.MILLI);
    assertEquals(6, machine.settle(new Vegas(), 20, 2_000, SPREAD), 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 32})
  void envoyRestsAtKPlusRootK(int processors) {
    double k = 1.25 * Math.max(3, processors);
    EnvoyGradient policy = new EnvoyGradient();
    Machine machine = new Machine(processors, 10 * Machine.MILLI, 100 * Machine.MILLI);
    assertEquals(k + Math.sqrt(k), machine.settle(policy, 3, 500, ALIKE), 1.5);
  }

  @Test
  void envoyThrottlesToThreeEveryMinuteAndComesBack() {
    EnvoyGradient policy = new EnvoyGradient();
    Machine machine = Machine.of(32);
    double limit = policy.initial();
    int atThree = 0;
    double last = 0;
    for (int i = 0; i < 120; i++) {
      limit = policy.next(limit, machine.at(limit));
      atThree += limit == 3 ? 1 : 0;
      last = limit;
    }
    assertTrue(atThree >= 1 && atThree <= 4, "at three " + atThree);
    assertTrue(last > 32, "at " + last);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 100, 400})
  void bbrLikeHasNoForceThatBringsItBack(int from) {
    assertEquals(from, TWO.settle(new BbrLike(2), from, 600, ALIKE), 1);
  }

  @Test
  void bbrLikeLetsEverybodyPassWhileProcessorsAreIdle() {
    BbrLike policy = new BbrLike(2);
    assertEquals(1_000, policy.next(2, TWO.at(1)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 64})
  void noPolicyMindsAnEmptyWindow(int processors) {
    Window empty = new Window(1_000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    for (LimitPolicy policy :
        new LimitPolicy[] {
          new Fixed(processors),
          new Aimd(),
          new Gradient2(),
          new Vegas(),
          new EnvoyGradient(),
          new BbrLike(processors),
          new MarginalThroughput(processors)
        }) {
      double limit = policy.initial();
      for (int i = 0; i < 100; i++) {
        limit = policy.next(limit, empty);
        assertTrue(limit >= 1 && limit <= 1_000, policy.getClass().getSimpleName());
      }
    }
  }
}
