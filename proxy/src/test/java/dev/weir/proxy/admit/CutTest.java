package dev.weir.proxy.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.path.Profile;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class CutTest {

  private static final int ROUTE = 0;
  private static final int ISOCHRONE = 9;
  private static final int SMALL = 10;
  private static final int MEDIUM = 12;
  private static final int FIRST_LARGE = 20;
  private static final int LARGE = 22;
  private static final double ROUNDED = 1.0 / Profile.COHORTS;

  private final double[] asked = new double[Sorts.COUNT];

  private Cut cut(double capacity, double reserve) {
    return new Cut(capacity, capacity, false, 0, 0, reserve, asked, FIRST_LARGE);
  }

  private void ask(int family, int size, double nanos) {
    asked[Sorts.of(family, size)] += nanos;
  }

  /** The part of the cohorts that is let in. */
  private static double admitted(Cut cut, int family, int size, double part) {
    int count = 0;
    for (int cohort = 0; cohort < Profile.COHORTS; cohort++) {
      count += cut.admits(Sorts.of(family, size), cohort, part) ? 1 : 0;
    }
    return (double) count / Profile.COHORTS;
  }

  private double calls(int family, int size) {
    return asked[Sorts.of(family, size)] / Sizes.nanos(size);
  }

  /** The part of the calls of a family that is let in. */
  private double served(Cut cut, int family, double part) {
    double calls = 0;
    double served = 0;
    for (int size = 0; size < Sizes.COUNT; size++) {
      calls += calls(family, size);
      served += calls(family, size) * admitted(cut, family, size, part);
    }
    return served / calls;
  }

  /** What is let in, in nanoseconds. */
  private double cost(Cut cut, double part) {
    double sum = 0;
    for (int sort = 0; sort < Sorts.COUNT; sort++) {
      if (asked[sort] > 0) {
        sum += asked[sort] * admitted(cut, Sorts.family(sort), Sorts.size(sort), part);
      }
    }
    return sum;
  }

  @Test
  void noCutAdmitsEverybody() {
    assertFalse(Cut.NONE.cuts());
    assertEquals(1, Cut.NONE.part(1e18));
    assertEquals(1, admitted(Cut.NONE, ROUTE, LARGE, 1));
  }

  @Test
  void whoIsWithinTheLevelHasItAllAndWhoIsNotHasItsPart() {
    Cut cut = cut(100, 0.4);
    assertTrue(cut.cuts());
    assertEquals(1, cut.part(100));
    assertEquals(0.25, cut.part(400));
  }

  @Test
  void smallerOnesAreAdmittedFirstAndOfEqualsTheLowerCohorts() {
    ask(ROUTE, SMALL, 100);
    ask(ROUTE, MEDIUM, 300);
    Cut cut = cut(200, 0.4);
    assertEquals(1, admitted(cut, ROUTE, SMALL, 0.5));
    assertEquals(1.0 / 3, admitted(cut, ROUTE, MEDIUM, 0.5), 0.01);
    assertTrue(cut.admits(Sorts.of(ROUTE, MEDIUM), 0, 0.5));
    assertFalse(cut.admits(Sorts.of(ROUTE, MEDIUM), Profile.COHORTS - 1, 0.5));
  }

  @Test
  void ofEachFamilyAtLeastThePartIsServedWhateverIsAskedForAndItFitsTheBudget() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 300; round++) {
      Arrays.fill(asked, 0);
      for (int sorts = 0; sorts < 25; sorts++) {
        ask(random.nextInt(4), 2 + random.nextInt(28), 1e9 * Math.exp(2 * random.nextGaussian()));
      }
      double demand = Arrays.stream(asked).sum();
      double part = 0.02 + 0.9 * random.nextDouble();
      Cut cut = cut(part * demand, 0.4 * random.nextDouble());
      assertTrue(cost(cut, part) <= demand * (part + 0.02), "round " + round + " is too dear");
      for (int family = 0; family < 4; family++) {
        double served = calls(family) == 0 ? 1 : served(cut, family, part);
        assertTrue(served > part - 2 * ROUNDED, "round " + round + ", " + served + " of " + part);
      }
    }
  }

  private double calls(int family) {
    double calls = 0;
    for (int size = 0; size < Sizes.COUNT; size++) {
      calls += calls(family, size);
    }
    return calls;
  }

  @Test
  void whatATenantWithAnotherPartHasOfItFitsThatPart() {
    ask(ROUTE, SMALL, 900);
    ask(ROUTE, SMALL + 8, 100);
    Cut cut = cut(100, 0);
    for (double part : new double[] {0.9, 0.7, 0.5, 0.35, 0.25, 0.2}) {
      assertTrue(cost(cut, part) <= 1_000 * (part + 0.08), "of the part " + part);
    }
  }

  @Test
  void theFirstOfALineIsAdmittedWhateverTheTenantsPart() {
    ask(ROUTE, SMALL, 1_000);
    Cut cut = cut(100, 0.4);
    for (double part : new double[] {0.5, 0.3, 0.1, 0.005, 1e-6}) {
      assertEquals(1, admitted(cut, ISOCHRONE, LARGE, part), "of the part " + part);
    }
  }

  @Test
  void aLargerOneThanCameLatelyIsLetInLikeTheLargestThatDid() {
    ask(ROUTE, SMALL, 1_000);
    ask(ISOCHRONE, LARGE, 100);
    Cut cut = cut(550, 0);
    assertEquals(0.5, admitted(cut, ISOCHRONE, LARGE, 0.5), ROUNDED);
    assertEquals(0.5, admitted(cut, ISOCHRONE, LARGE + 2, 0.5), ROUNDED);
  }

  @Test
  void aFamilyOfLargeCallsIsServedAsMuchAsOneOfSmallOnes() {
    ask(ROUTE, SMALL, 1_000_000);
    ask(ISOCHRONE, LARGE, 1_000_000);
    ask(ISOCHRONE, LARGE + 1, 2_000_000);
    Cut cut = cut(1_000_000, 0);
    assertTrue(served(cut, ISOCHRONE, 0.25) >= 0.25 - 2 * ROUNDED);
    assertTrue(admitted(cut, ISOCHRONE, LARGE, 0.25) > admitted(cut, ISOCHRONE, LARGE + 1, 0.25));
    assertTrue(served(cut, ROUTE, 0.25) > 0.25);
  }

  @Test
  void nobodyIsShutOutForBeingLarge() {
    ask(ROUTE, SMALL, 1_000_000);
    ask(ROUTE, LARGE, 1_000_000);
    Cut cut = cut(1_000_000, 0);
    assertEquals(0.875, admitted(cut, ROUTE, SMALL, 0.5), ROUNDED);
    assertEquals(0.125, admitted(cut, ROUTE, Sizes.COUNT - 1, 0.5), ROUNDED);
  }

  @Test
  void largeOnesHaveTheirReserveOfWhatTheGuaranteesLeave() {
    ask(ROUTE, SMALL, 800e9);
    ask(ROUTE, SMALL + 8, 8_000e9);
    ask(ISOCHRONE, LARGE, 1_000e9);
    double capacity = 2_450e9;
    double part = 2_450 / 9_800.0;
    assertEquals(0.29, admitted(cut(capacity, 0), ISOCHRONE, LARGE, part), 0.01);
    Cut cut = cut(capacity, 0.3);
    assertEquals(0.735, admitted(cut, ISOCHRONE, LARGE, part), 0.01);
    assertEquals(0.3, cut.largeShare(), 0.01);
    assertTrue(cost(cut, part) <= capacity * 1.02);
  }

  @Test
  void whereCallsAreFewTheyGetRoomForMoreThanTheirAverage() {
    double inSecond = 16;
    ask(ROUTE, SMALL, 1e9);
    ask(ROUTE, SMALL + 8, 20e9);
    ask(ISOCHRONE, LARGE, inSecond / 10 * 2 * Sizes.nanos(LARGE));
    double half = Arrays.stream(asked).sum() / 2;
    Cut cut = cut(half, 0);
    double served = admitted(cut, ISOCHRONE, LARGE, 0.5);
    assertEquals(0.5 * (1.15 + 0.5 / Math.sqrt(inSecond)), served, ROUNDED);
    double average = served * asked[Sorts.of(ISOCHRONE, LARGE)] / half;
    double room = 1 + 1 / Math.sqrt(2 * inSecond * served);
    assertEquals(average * room, cut.largeShare(), 0.02 * average);
  }

  @Test
  void noFamilyGivesToTheReserveWhatAQueueBlindToCostWouldGiveIt() {
    ask(ROUTE, SMALL, 1_000);
    ask(ISOCHRONE, LARGE, 100);
    assertEquals(0.227, admitted(cut(250, 0.4), ROUTE, SMALL, 250 / 1_100.0), ROUNDED);
  }

  @Test
  void whatIsAdmittedFitsWhereNoSizeIsSmallerThanAnother() {
    ask(ROUTE, SMALL, 1_000);
    ask(ISOCHRONE, LARGE, 1_000);
    Cut cut = cut(500, 0);
    assertEquals(0.25, admitted(cut, ISOCHRONE, LARGE, 0.25), 0.01);
    assertEquals(0.25, admitted(cut, ROUTE, SMALL, 0.25), 0.01);
  }

  @Test
  void largeOnesHaveWhatTheSmallDoNotWant() {
    ask(ROUTE, SMALL, 50);
    ask(ISOCHRONE, LARGE, 1_000);
    Cut large = cut(525, 0.4);
    assertEquals(0.5, admitted(large, ISOCHRONE, LARGE, 0.5), 0.03);
    assertTrue(admitted(large, ROUTE, SMALL, 0.5) >= 0.5);
  }

  @Test
  void theFirstOfALineThatNobodyAskedForIsAdmitted() {
    ask(ROUTE, SMALL, 1_000);
    assertEquals(1, admitted(cut(100, 0.4), ROUTE, LARGE, 0.1));
    assertEquals(1, admitted(cut(100, 0.4), ISOCHRONE, SMALL, 0.1));
    asked[Sorts.of(ROUTE, SMALL)] = 0;
    ask(ROUTE, LARGE, 1_000);
    assertEquals(1, admitted(cut(100, 0.4), ROUTE, SMALL, 0.1));
  }

  @Test
  void aSizeThatNobodyAskedForLiesBetweenItsNeighbours() {
    ask(ROUTE, SMALL, 1_000);
    ask(ROUTE, MEDIUM, 1_000);
    Cut cut = cut(1_000, 0);
    double between = admitted(cut, ROUTE, SMALL + 1, 0.5);
    assertTrue(between <= admitted(cut, ROUTE, SMALL, 0.5));
    assertTrue(between >= admitted(cut, ROUTE, MEDIUM, 0.5));
    assertEquals(1, admitted(cut, ROUTE, 0, 0.5));
  }

  @Test
  void aTenantWithASmallerPartHasLessOfEverySort() {
    ask(ROUTE, SMALL, 1_000);
    ask(ROUTE, MEDIUM, 1_000);
    ask(ISOCHRONE, LARGE, 1_000);
    Cut cut = cut(1_500, 0.4);
    for (int sort : new int[] {Sorts.of(ROUTE, SMALL), Sorts.of(ISOCHRONE, LARGE)}) {
      double before = 1;
      for (double part : new double[] {0.9, 0.5, 0.3, 0.2, 0.1, 0.05, 0.01, 0.001}) {
        double now = admitted(cut, Sorts.family(sort), Sorts.size(sort), part);
        assertTrue(now <= before, "of the part " + part);
        before = now;
      }
      assertEquals(0, before, 2 * ROUNDED);
    }
  }

  @Test
  void nobodyIsAdmittedWhereHigherTiersLeaveNothing() {
    ask(ROUTE, SMALL, 1_000);
    ask(ISOCHRONE, LARGE, 1_000);
    Cut cut = cut(0, 0.4);
    assertEquals(0, admitted(cut, ROUTE, SMALL, cut.part(1_000)));
    assertEquals(0, admitted(cut, ISOCHRONE, LARGE, cut.part(1_000)));
  }

  @Test
  void aTenantIsOverItsShareIfItIsCutFarMoreThanAllTogether() {
    ask(ROUTE, SMALL, 1_000);
    Cut cut = cut(500, 0.4);
    assertFalse(cut.overShare(0.5));
    assertTrue(cut.overShare(0.1));
  }
}
