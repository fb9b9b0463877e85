package dev.weir.benchmarks.micro;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The yardstick: work that has nothing to do with Weir, is always the same, and that no compiler
 * makes shorter: each step needs the one before. Scores are told in multiples of its time, so that
 * those of a slow machine, or a slow hour, can be compared with others.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReferenceBenchmark {

  /** About 100 ns. */
  private static final int STEPS = 64;

  private long state = 1;

  /** Xorshift (Marsaglia, J. Stat. Softw. 2003) with a multiplication in each step. */
  @Benchmark
  public long reference() {
    long x = state;
    for (int i = 0; i < STEPS; i++) {
      x ^= x << 13;
      x ^= x >>> 7;
      x *= 0x2545f4914f6cdd1dL;
    }
    state = x;
    return x;
  }
}
