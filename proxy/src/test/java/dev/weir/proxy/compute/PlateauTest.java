package dev.weir.proxy.compute;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class PlateauTest {

  private final Plateau plateau = new Plateau();

  private void add(double... windows) {
    for (double perSecond : windows) {
      plateau.add(perSecond);
    }
  }

  @Test
  void isNotReachedWhileThroughputGrows() {
    add(100, 200, 300, 400, 500);
    assertFalse(plateau.reached());
  }

  @Test
  void isReachedAfterThreeWindowsWithoutGrowth() {
    add(100, 300, 301, 290);
    assertFalse(plateau.reached());
    add(310);
    assertTrue(plateau.reached());
  }

  @Test
  void growthAfterALullStartsTheCountAgain() {
    add(100, 100, 100, 200, 200, 200);
    assertFalse(plateau.reached());
    add(200);
    assertTrue(plateau.reached());
  }
}
