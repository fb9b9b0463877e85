package dev.weir.proxy.transport;

import java.time.Duration;
import java.util.function.IntUnaryOperator;

/**
 * When refused callers are to come back: the time that is meant, rounded up to one of some steps,
 * or to one of the next, so that who is refused together does not come back together. Thread-safe.
 */
public final class RetrySteps {

  private static final int[] MILLIS = {
    0, 100, 150, 250, 400, 600, 1_000, 1_500, 2_000, 2_500, 3_000, 4_000, 5_000, 6_000, 8_000,
    10_000, 13_000, 16_000, 20_000, 25_000, 30_000, 40_000, 60_000
  };

  /** For refusals that do not say. */
  private static final int USUAL_MILLIS = 1_000;

  /** Callers are spread over so many steps: up to twice the time that is meant. */
  private static final int SPREAD_STEPS = 3;

  private final IntUnaryOperator spread;

  /**
   * @param spread a number from 0 to below its argument, another one each time; thread-safe
   */
  public RetrySteps(IntUnaryOperator spread) {
    this.spread = spread;
  }

  /** Steps there are; the first stands for no time at all. */
  public static int count() {
    return MILLIS.length;
  }

  /** The time of a step. */
  public static int millis(int step) {
    return MILLIS[step];
  }

  /** A step for a caller that is refused now. */
  public int next(Duration retryAfter) {
    long meant = retryAfter.toMillis();
    int step = step(meant == 0 ? USUAL_MILLIS : meant);
    return Math.min(step + spread.applyAsInt(SPREAD_STEPS), MILLIS.length - 1);
  }

  private static int step(long millis) {
    int step = 0;
    while (step < MILLIS.length - 1 && MILLIS[step] < millis) {
      step++;
    }
    return step;
  }
}
