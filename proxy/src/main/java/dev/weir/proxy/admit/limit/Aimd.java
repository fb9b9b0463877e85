package dev.weir.proxy.admit.limit;

/**
 * Additive increase, multiplicative decrease [1], with the constants that Netflix
 * concurrency-limits and Helidon share [2]:
 *
 * <pre>
 *   a call was dropped, or took longer than 5 s   L' = 0.9 L
 *   else, if 2 × in flight ≥ L                    L' = L + 1
 *   L' in [20, 200], from 20
 * </pre>
 *
 * Not the default because it hears of load by failures alone: on work that is all computing it
 * raises the limit until answers come after their deadlines, and 20 calls on two processors make
 * each of them ten times as slow before the first failure.
 *
 * <p>The libraries take a step per call, this one per window; it climbs more slowly to the same
 * end.
 *
 * <p>[1] D.-M. Chiu and R. Jain, "Analysis of the Increase and Decrease Algorithms for Congestion
 * Avoidance in Computer Networks", Computer Networks and ISDN Systems 17, 1989. [2] {@code
 * AIMDLimit} of concurrency-limits 0.5, {@code AimdLimit} of Helidon 4.
 */
public final class Aimd implements LimitPolicy {

  private static final double BACK_OFF = 0.9;
  private static final long TIMEOUT_NANOS = 5_000_000_000L;
  private static final double LEAST = 20;
  private static final double MOST = 200;

  @Override
  public double initial() {
    return LEAST;
  }

  @Override
  public double next(double limit, Window window) {
    double next = limit;
    if (window.dropped() > 0 || window.maxNanos() > TIMEOUT_NANOS) {
      next = limit * BACK_OFF;
    } else if (2.0 * window.maxInFlight() >= limit) {
      next = limit + 1;
    }
    return Math.clamp(next, LEAST, MOST);
  }
}
