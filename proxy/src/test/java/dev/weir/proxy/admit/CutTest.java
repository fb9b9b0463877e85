package dev.weir.proxy.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.path.Profile;
import org.junit.jupiter.api.Test;

final class CutTest {

  private static final int SMALL = 10;
  private static final int MEDIUM = 12;
  private static final int FIRST_LARGE = 20;
  private static final int LARGE = 22;

  private final double[] asked = new double[Sizes.COUNT];

  private Cut cut(double capacity, double reserve) {
    return new Cut(capacity, capacity, false, 0, 0, reserve, asked, FIRST_LARGE);
  }

  /** The part of the cohorts that is let in. */
  private static double admitted(Cut cut, int size, double part) {
    int count = 0;
    for (int cohort = 0; cohort < Profile.COHORTS; cohort++) {
      count += cut.admits(size, cohort, part) ? 1 : 0;
    }
    return (double) count / Profile.COHORTS;
  }

  @Test
  void noCutAdmitsEverybody() {
    assertFalse(Cut.NONE.cuts());
    assertEquals(1, Cut.NONE.part(1e18));
    assertEquals(1, admitted(Cut.NONE, LARGE, 1));
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
    asked[SMALL] = 100;
    asked[MEDIUM] = 300;
    Cut cut = cut(200, 0.4);
    assertEquals(1, admitted(cut, SMALL, 0.5));
    assertEquals(1.0 / 3, admitted(cut, MEDIUM, 0.5), 0.01);
    assertTrue(cut.admits(MEDIUM, 0, 0.5));
    assertFalse(cut.admits(MEDIUM, Profile.COHORTS - 1, 0.5));
  }

  @Test
  void ofEachGroupTheSamePartOfTheCallsIsServedAndTheRestGoesToTheSmallest() {
    asked[SMALL] = 1_000_000;
    asked[LARGE] = 1_000_000;
    asked[LARGE + 1] = 2_000_000;
    Cut cut = cut(1_000_000, 0);
    double calls = 1_000_000.0 / Sizes.nanos(LARGE) + 2_000_000.0 / Sizes.nanos(LARGE + 1);
    double served =
        admitted(cut, LARGE, 0.25) * 1_000_000 / Sizes.nanos(LARGE)
            + admitted(cut, LARGE + 1, 0.25) * 2_000_000 / Sizes.nanos(LARGE + 1);
    assertTrue(served / calls >= 0.25, "served " + served / calls);
    assertTrue(admitted(cut, LARGE, 0.25) > admitted(cut, LARGE + 1, 0.25));
    assertTrue(admitted(cut, SMALL, 0.25) > 0.25);
  }

  @Test
  void largeOnesHaveTheirReserve() {
    asked[SMALL] = 1_000;
    asked[LARGE] = 100;
    assertEquals(1, admitted(cut(250, 0.4), LARGE, 250 / 1_100.0));
    assertEquals(0.15, admitted(cut(250, 0.4), SMALL, 250 / 1_100.0), 0.01);
  }

  @Test
  void whatIsAdmittedFitsWhereNoSizeIsSmallerThanAnother() {
    asked[SMALL] = 1_000;
    asked[LARGE] = 1_000;
    Cut cut = cut(500, 0);
    assertEquals(0.25, admitted(cut, LARGE, 0.25), 0.01);
    assertEquals(0.25, admitted(cut, SMALL, 0.25), 0.01);
  }

  @Test
  void largeOnesHaveWhatTheSmallDoNotWant() {
    asked[SMALL] = 50;
    asked[LARGE] = 1_000;
    Cut large = cut(525, 0.4);
    assertEquals(0.5, admitted(large, SMALL, 0.5), 0.01);
    assertEquals(0.5, admitted(large, LARGE, 0.5), 0.01);
  }

  @Test
  void theFirstOfALaneThatNobodyAskedForIsAdmittedToItsReserve() {
    asked[SMALL] = 1_000;
    assertEquals(1, admitted(cut(100, 0.4), LARGE, 0.1));
    asked[SMALL] = 0;
    asked[LARGE] = 1_000;
    assertEquals(1, admitted(cut(100, 0.4), SMALL, 0.1));
  }

  @Test
  void nobodyIsAdmittedWhereHigherTiersLeaveNothing() {
    asked[SMALL] = 1_000;
    asked[LARGE] = 1_000;
    Cut cut = cut(0, 0.4);
    assertEquals(0, admitted(cut, SMALL, cut.part(1_000)));
    assertEquals(0, admitted(cut, LARGE, cut.part(1_000)));
  }

  @Test
  void aTenantIsOverItsShareIfItIsCutFarMoreThanAllTogether() {
    asked[SMALL] = 1_000;
    Cut cut = cut(500, 0.4);
    assertFalse(cut.overShare(0.5));
    assertTrue(cut.overShare(0.1));
  }
}
