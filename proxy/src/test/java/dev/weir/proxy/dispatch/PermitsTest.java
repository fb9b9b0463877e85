package dev.weir.proxy.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.dispatch.Permits.Share;
import org.junit.jupiter.api.Test;

final class PermitsTest {

  private int limit = 4;
  private final Permits permits = new Permits(() -> limit, () -> 0.4);

  private int take(Share share, boolean smallWaits) {
    int taken = 0;
    while (permits.tryTake(share, smallWaits)) {
      taken++;
    }
    return taken;
  }

  @Test
  void smallCallsTakeAllPermitsWhereNoLargeOneRuns() {
    assertEquals(4, take(Share.SMALL, false));
  }

  @Test
  void largeCallsTakeAllPermitsWhereNoSmallOneWaits() {
    assertEquals(4, take(Share.LARGE, false));
  }

  @Test
  void largeCallsKeepToTheirReserveWhileSmallOnesWait() {
    assertEquals(2, take(Share.LARGE, true));
  }

  @Test
  void smallCallsRunBesideLargeOnesThatTookEverything() {
    take(Share.LARGE, false);
    assertEquals(2, take(Share.SMALL, true));
    assertEquals(6, permits.running());
  }

  @Test
  void criticalCallsRunBesideWhateverRunsAndNeverMoreThanTwiceTheLimitRuns() {
    take(Share.LARGE, false);
    take(Share.SMALL, true);
    assertEquals(2, take(Share.CRITICAL, true));
    assertEquals(8, permits.running());
    assertFalse(permits.available(Share.CRITICAL, true));
  }

  @Test
  void criticalCallsOfOneSizeDoNotShareTheProcessorsWithEachOther() {
    assertEquals(4, take(Share.CRITICAL, true));
    assertEquals(4, take(Share.LARGE_CRITICAL, true));
    assertEquals(8, permits.running());
  }

  @Test
  void onOneProcessorASmallCallRunsBesideALargeOne() {
    limit = 1;
    assertEquals(1, take(Share.LARGE, false));
    assertEquals(1, take(Share.SMALL, true));
  }

  @Test
  void aHigherLimitIsUsedAtOnceAndALowerOneWaitsForEnds() {
    take(Share.SMALL, false);
    limit = 5;
    assertTrue(permits.tryTake(Share.SMALL, false));
    limit = 2;
    for (int i = 0; i < 3; i++) {
      permits.giveBack(Share.SMALL);
      assertFalse(permits.available(Share.SMALL, false));
    }
    permits.giveBack(Share.SMALL);
    assertTrue(permits.available(Share.SMALL, false));
  }
}
