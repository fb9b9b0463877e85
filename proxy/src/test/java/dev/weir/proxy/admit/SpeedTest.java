package dev.weir.proxy.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SpeedTest {

  private static final long ESTIMATED = 1_000_000;

  private final Speed speed = new Speed();

  private void observe(int ticks, int callsPerTick, double times) {
    for (int tick = 0; tick < ticks; tick++) {
      for (int call = 0; call < callsPerTick; call++) {
        long nanos = (long) (times * ESTIMATED);
        speed.observe(ESTIMATED, nanos, nanos);
      }
      speed.tick(0);
    }
  }

  @Test
  void beforeAnythingIsKnownTheMachineIsAsUsual() {
    speed.tick(0);
    assertEquals(1, speed.factor());
  }

  @Test
  void estimatesThatAreAlwaysWrongByTheSameFactorAreMadeUpFor() {
    observe(1_000, 5, 3);
    assertEquals(1.0 / 3, speed.factor(), 0.02);
  }

  @Test
  void aThrottledMachineIsSeenWithinSomeDozensOfCalls() {
    observe(200, 5, 1);
    observe(20, 5, 4);
    assertEquals(0.25, speed.factor(), 0.05);
  }

  @Test
  void processorsThatAreTakenAwayAreSeenThoughCallsTakeNoMoreOfThem() {
    observe(200, 5, 1);
    for (int tick = 0; tick < 50; tick++) {
      for (int call = 0; call < 10; call++) {
        speed.observe(ESTIMATED, ESTIMATED, 2 * ESTIMATED);
      }
      speed.tick(0);
    }
    assertEquals(0.5, speed.factor(), 0.05);
    observe(150, 10, 1);
    assertEquals(1, speed.factor(), 0.05);
  }

  @Test
  void aRecoveryIsSeenAsFast() {
    observe(200, 5, 1);
    observe(20, 5, 4);
    observe(20, 5, 1);
    assertEquals(1, speed.factor(), 0.2);
  }

  @Test
  void anHourInWhichTheMachineStoodStillIsForgottenSoon() {
    observe(200, 5, 1);
    speed.observe(5_000_000, 3_600_000_000_000L, 3_600_000_000_000L);
    speed.observe(5_000_000, 5_000_000, 3_600_000_000_000L);
    observe(50, 5, 1);
    assertEquals(1, speed.factor(), 0.15);
  }

  @Test
  void whatLastsPassesFromTheMomentToTheLongRunWithoutCountingTwice() {
    observe(200, 5, 1);
    for (int i = 0; i < 80; i++) {
      observe(50, 5, 4);
      assertEquals(0.25, speed.factor(), 0.1);
    }
  }

  @Test
  void aStallIsSeenThoughNoCallEnds() {
    observe(200, 5, 1);
    speed.tick(8);
    assertEquals(1, speed.factor(), 0.05);
    speed.tick(40);
    assertEquals(0.1, speed.factor(), 0.01);
    speed.tick(1e9);
    assertEquals(0.05, speed.factor());
  }

  @Test
  void aSlowMachineThatHasNothingToDoIsGivenAnotherChance() {
    observe(200, 5, 1);
    observe(20, 5, 4);
    for (int tick = 0; tick < 200; tick++) {
      speed.tick(0);
    }
    assertTrue(speed.factor() > 0.7, "is " + speed.factor());
  }

  @Test
  void theScatterOfSingleCallsHardlyMovesIt() {
    SplittableRandom random = new SplittableRandom(1);
    double least = 1;
    double most = 1;
    for (int tick = 0; tick < 2_000; tick++) {
      for (int call = 0; call < 10; call++) {
        long nanos = (long) (ESTIMATED * Math.exp(random.nextGaussian() / 2));
        speed.observe(ESTIMATED, nanos, nanos);
      }
      speed.tick(0);
      least = Math.min(least, speed.factor());
      most = Math.max(most, speed.factor());
    }
    assertTrue(least > 0.6 && most < 1.7, least + " to " + most);
  }

  @Test
  void neverSaysMoreThanTwiceAsFast() {
    observe(200, 5, 1);
    observe(50, 20, 0.01);
    assertEquals(2, speed.factor());
  }
}
