package dev.weir.proxy.admit.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class WindowMeterTest {

  private static final long MILLI = 1_000_000;

  @Test
  void addsUpWhatHappened() {
    WindowMeter meter = new WindowMeter(0);
    meter.started(0);
    meter.started(50 * MILLI);
    meter.served(60 * MILLI, 60 * MILLI, 40 * MILLI);
    meter.dropped(80 * MILLI);
    Window window = meter.close(100 * MILLI);
    assertEquals(100 * MILLI, window.durationNanos());
    assertEquals(1, window.samples());
    assertEquals(1, window.dropped());
    assertEquals(60 * MILLI, window.minNanos());
    assertEquals(60 * MILLI, window.maxNanos());
    assertEquals(60 * MILLI, window.meanNanos());
    assertEquals(0.9, window.meanInFlight(), 1e-9);
    assertEquals(2, window.maxInFlight());
    assertEquals(0.4, window.workRate(), 1e-9);
  }

  @Test
  void callsInFlightCarryOverIntoTheNextWindow() {
    WindowMeter meter = new WindowMeter(Long.MAX_VALUE - 5);
    meter.started(Long.MAX_VALUE - 5);
    meter.close(Long.MAX_VALUE + 5);
    Window second = meter.close(Long.MAX_VALUE + 15);
    assertEquals(10, second.durationNanos());
    assertEquals(1, second.maxInFlight());
    assertEquals(1, second.meanInFlight());
    assertEquals(0, second.samples());
    assertEquals(0, second.minNanos());
    assertEquals(0, second.p90Nanos());
  }

  @Test
  void percentilesAreAtMostThreePercentTooLow() {
    WindowMeter meter = new WindowMeter(0);
    for (int i = 1; i <= 1_000; i++) {
      meter.started(i);
      meter.served(i, i * 777L, 1);
    }
    Window window = meter.close(2_000);
    assertEquals(500 * 777, (double) window.p50Nanos(), 0.032 * 500 * 777);
    assertEquals(900 * 777, (double) window.p90Nanos(), 0.032 * 900 * 777);
    assertEquals(777, window.minNanos());
  }

  @Test
  void smallAndHugeLatenciesFindTheirPlace() {
    for (long nanos : new long[] {0, 1, 31, 32, 63, 64, 65, 1L << 40, Long.MAX_VALUE}) {
      WindowMeter meter = new WindowMeter(0);
      meter.started(0);
      meter.served(1, nanos, 1);
      assertEquals(nanos, meter.close(2).p50Nanos());
    }
  }
}
