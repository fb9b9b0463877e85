package dev.weir.benchmarks.sim;

import java.util.random.RandomGenerator;

/** A distribution of costs. */
public sealed interface Law {

  /** Expected value in nanoseconds. */
  double meanNanos();

  /** One value, at least 1. */
  long draw(RandomGenerator random);

  /** Always the same. */
  record Same(double meanNanos) implements Law {
    @Override
    public long draw(RandomGenerator random) {
      return Math.max(1, (long) meanNanos);
    }
  }

  /** Without memory, as in the textbook. */
  record Exponential(double meanNanos) implements Law {
    @Override
    public long draw(RandomGenerator random) {
      return Math.max(1, Math.round(random.nextExponential() * meanNanos));
    }
  }

  /**
   * @param sigma standard deviation of the logarithm
   */
  record Lognormal(double meanNanos, double sigma) implements Law {
    @Override
    public long draw(RandomGenerator random) {
      double exponent = sigma * random.nextGaussian() - sigma * sigma / 2;
      return Math.max(1, Math.round(meanNanos * Math.exp(exponent)));
    }
  }
}
