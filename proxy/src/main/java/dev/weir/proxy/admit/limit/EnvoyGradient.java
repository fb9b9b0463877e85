package dev.weir.proxy.admit.limit;

/**
 * The gradient controller of Envoy's adaptive concurrency filter [1]: compares the median latency
 * with one that it measures now and then at a limit of 3.
 *
 * <pre>
 *   minRTT  median of at least 50 calls computed at L = 3, once a minute
 *           and after 5 windows at the least limit
 *   g  = clamp(1.25 × minRTT / p50, 0.5, 2)
 *   L' = g L + √(g L),  in [3, 1000]
 * </pre>
 *
 * Not the default because of where it rests on work that is all computing: with C processors at K +
 * √K where K = 1.25 max(C, 3), which on two of them makes every answer 2.8 times as slow as it need
 * be; and because it throttles a big machine to 3 calls while it measures.
 *
 * <p>Envoy adds up to 15 % jitter to the minute so that many servers do not measure at the same
 * time; one gate alone does without.
 *
 * <p>[1] Envoy 1.3x, {@code adaptive_concurrency/controller/gradient_controller.cc}.
 */
public final class EnvoyGradient implements LimitPolicy {

  private static final double LEAST = 3;
  private static final double MOST = 1000;
  private static final int SAMPLES = 50;
  private static final long INTERVAL_NANOS = 60_000_000_000L;
  private static final int WINDOWS_AT_LEAST = 5;
  private static final double BUFFER = 1.25;

  private boolean measuring = true;
  private double resumeAt = LEAST;
  private long measuredSamples;
  private double measuredNanos;
  private double minRttNanos;
  private long sinceMeasuredNanos;
  private int windowsAtLeast;

  @Override
  public double initial() {
    return LEAST;
  }

  @Override
  public double next(double limit, Window window) {
    if (measuring) {
      return measure(window);
    }
    sinceMeasuredNanos += window.durationNanos();
    if (window.samples() == 0) {
      return limit;
    }
    double gradient =
        Math.clamp(BUFFER * minRttNanos / Math.max(1, (double) window.p50Nanos()), 0.5, 2.0);
    double next = Math.clamp(gradient * limit + Math.sqrt(gradient * limit), LEAST, MOST);
    windowsAtLeast = next <= LEAST ? windowsAtLeast + 1 : 0;
    if (sinceMeasuredNanos >= INTERVAL_NANOS || windowsAtLeast >= WINDOWS_AT_LEAST) {
      measuring = true;
      resumeAt = next;
      measuredSamples = 0;
      measuredNanos = 0;
      return LEAST;
    }
    return next;
  }

  /** The windows of a measurement count by their samples. */
  private double measure(Window window) {
    measuredSamples += window.samples();
    measuredNanos += (double) window.p50Nanos() * window.samples();
    if (measuredSamples < SAMPLES) {
      return LEAST;
    }
    minRttNanos = measuredNanos / measuredSamples;
    measuring = false;
    sinceMeasuredNanos = 0;
    windowsAtLeast = 0;
    return resumeAt;
  }
}
