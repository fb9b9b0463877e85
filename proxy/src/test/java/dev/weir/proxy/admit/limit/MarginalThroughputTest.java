package dev.weir.proxy.admit.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.DoubleSummaryStatistics;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MarginalThroughputTest {

  private static final int LONG = 5_000;

  private final SplittableRandom random = new SplittableRandom(1);

  /** The limits after a long time on a machine that makes use of so many calls at once. */
  private DoubleSummaryStatistics tail(int processors, double useful, double noise) {
    MarginalThroughput policy = new MarginalThroughput(processors);
    Machine machine = new Machine(processors, 10 * Machine.MILLI, 100 * Machine.MILLI);
    DoubleSummaryStatistics tail = new DoubleSummaryStatistics();
    double limit = policy.initial();
    for (int i = 0; i < LONG; i++) {
      limit = policy.next(limit, noisy(machine.at(limit, 1, useful), noise));
      if (i > LONG * 3 / 4) {
        tail.accept(limit);
      }
    }
    return tail;
  }

  private Window noisy(Window w, double noise) {
    double factor = 1 + noise * random.nextGaussian();
    return new Window(
        w.durationNanos(),
        w.samples(),
        0,
        w.minNanos(),
        w.meanNanos(),
        w.p50Nanos(),
        w.p90Nanos(),
        w.maxNanos(),
        w.meanInFlight(),
        w.maxInFlight(),
        (long) (w.workNanos() * factor));
  }

  private static int step(int processors) {
    return Math.max(1, processors / 8);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8, 64})
  void staysAtTheProcessorsWhereWorkIsAllComputing(int processors) {
    DoubleSummaryStatistics tail = tail(processors, processors, 0);
    assertEquals(processors, tail.getMin());
    assertEquals(processors + step(processors), tail.getMax());
    assertTrue(tail.getAverage() < processors + 0.25 * step(processors));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8, 64})
  void staysThereInNoise(int processors) {
    DoubleSummaryStatistics tail = tail(processors, processors, 0.1);
    assertEquals(processors, tail.getMin());
    assertTrue(tail.getAverage() < processors + 0.5 * step(processors));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8, 64})
  void findsTheLimitUpToWhichWorkThatWaitsIsHelped(int processors) {
    double useful = 1.5 * processors;
    DoubleSummaryStatistics tail = tail(processors, useful, 0.02);
    assertTrue(tail.getMin() >= useful - step(processors));
    assertEquals(useful, tail.getAverage(), 0.25 * step(processors));
  }

  @Test
  void neverGoesBeyondTwiceTheProcessors() {
    assertEquals(16, tail(8, 1_000, 0).getMax());
    assertEquals(2, tail(1, 1_000, 0).getMax());
  }

  @Test
  void comesBackWhenMoreNoLongerHelps() {
    MarginalThroughput policy = new MarginalThroughput(8);
    Machine machine = new Machine(8, 10 * Machine.MILLI, 100 * Machine.MILLI);
    double limit = policy.initial();
    for (int i = 0; i < LONG; i++) {
      limit = policy.next(limit, machine.at(limit, 1, 16));
    }
    assertTrue(limit >= 15);
    double least = limit;
    for (int i = 0; i < LONG; i++) {
      limit = policy.next(limit, machine.at(limit, 1, 8));
      least = Math.min(least, limit);
    }
    assertEquals(8, least);
    assertTrue(limit <= 9);
  }

  @Test
  void doesNotCareAboutLatency() {
    MarginalThroughput policy = new MarginalThroughput(8);
    Machine machine = new Machine(8, 10 * Machine.MILLI, 100 * Machine.MILLI);
    MarginalThroughput same = new MarginalThroughput(8);
    double limit = policy.initial();
    double other = limit;
    for (int i = 0; i < 1_000; i++) {
      Window w = machine.at(limit, 1, 12);
      Window slow =
          new Window(
              w.durationNanos(), 1, 0, i, 7L * i, i, i, 9L * i, limit, (int) limit, w.workNanos());
      limit = policy.next(limit, w);
      other = same.next(other, slow);
      assertEquals(limit, other);
    }
  }

  @Test
  void beginsAnewAfterCalm() {
    MarginalThroughput policy = new MarginalThroughput(8);
    Machine machine = new Machine(8, 10 * Machine.MILLI, 100 * Machine.MILLI);
    double limit = policy.initial();
    for (int i = 0; i < LONG; i++) {
      limit = policy.next(limit, machine.at(limit, 1, 16));
    }
    assertTrue(limit >= 15);
    for (int i = 0; i < 20; i++) {
      limit = policy.next(limit, machine.at(1));
    }
    assertEquals(8, limit);
  }
}
