package dev.weir.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ArrivalsTest {
  private static final int MANY = 200_000;

  @Test
  void theSameSeedGivesTheSameSchedule() {
    Arrivals one = new Arrivals(500, 7);
    Arrivals other = new Arrivals(500, 7);
    for (int i = 0; i < 1_000; i++) {
      assertEquals(one.nextNanos(), other.nextNanos());
    }
  }

  @Test
  void anotherSeedGivesAnotherSchedule() {
    assertNotEquals(new Arrivals(500, 7).nextNanos(), new Arrivals(500, 8).nextNanos());
  }

  @Test
  void theMeanRateIsTheOneAskedFor() {
    long end = LongStream.of(schedule(3_500)).max().orElseThrow();
    assertEquals(3_500, MANY / (end / 1e9), 0.01 * 3_500);
  }

  @Test
  void timesNeverDecrease() {
    long[] times = schedule(1e6);
    for (int i = 1; i < times.length; i++) {
      assertTrue(times[i] >= times[i - 1]);
    }
  }

  @Test
  void theGapsAreExponentialAndNotRegular() {
    long[] times = schedule(1_000);
    double squares = 0;
    for (int i = 1; i < times.length; i++) {
      double gapMillis = (times[i] - times[i - 1]) / 1e6;
      squares += gapMillis * gapMillis;
    }
    // mean of the squares is twice the square of the mean, which is 1 ms; regular gaps would give 1
    assertEquals(2.0, squares / MANY, 0.05);
  }

  @Test
  void aRateOfNothingIsRejected() {
    assertThrows(IllegalArgumentException.class, () -> new Arrivals(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Arrivals(Double.NaN, 1));
  }

  private static long[] schedule(double perSecond) {
    Arrivals arrivals = new Arrivals(perSecond, 42);
    return LongStream.generate(arrivals::nextNanos).limit(MANY).toArray();
  }
}
