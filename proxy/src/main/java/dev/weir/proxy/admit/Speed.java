package dev.weir.proxy.admit;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How fast the machine is now, compared with what estimates were learned from: 1 as usual, 0.5 if
 * everything takes twice as long (a throttled container, a noisy neighbour, code that is not
 * compiled yet). Observed from any thread, updated by {@link #tick} from one.
 *
 * <p>It is the product of two. In the long run, of some thousands of calls, the sum of estimates ÷
 * the sum of times. For the moment, since costs are heavy-tailed and a sum of few of them says
 * little, the mean logarithm of actual ÷ estimated, of the last dozens of calls against that of the
 * same thousands. Both forget by calls alike, so that a lasting change passes from one to the
 * other.
 */
final class Speed {

  /** Of the short mean: follows within some dozens of calls. */
  private static final double SHORT_CALLS = 24;

  private static final double LONG_CALLS = 4096;

  /** One tick counts for so many calls at most, so that a burst of one kind does not decide. */
  private static final double MOST_PER_TICK = 24;

  /** Estimates are rarely wrong by more than this factor. */
  private static final double STALLED = 8;

  /**
   * A call that took more than e³ times its estimate, or less than so small a part of it, was held
   * up, by a pause of the machine say; an hour of that must not count for thousands of calls.
   */
  private static final double MOST_LOG = 3;

  private static final double FIXED_POINT = 1 << 20;

  /** Believed in before anything was seen: estimates, for half a second of work. */
  private static final double PRIOR_NANOS = 5e8;

  private static final double SLOWEST = 0.05;
  private static final double FASTEST = 2;

  private final AtomicLong logs = new AtomicLong();
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong estimated = new AtomicLong();
  private final AtomicLong actual = new AtomicLong();
  private double shortMean;
  private double longMean;
  private double seen;
  private double estimatedSum = PRIOR_NANOS;
  private double actualSum = PRIOR_NANOS;
  private volatile double factor = 1;

  void observe(long estimatedNanos, long actualNanos) {
    double log = Math.log((double) Math.max(1, actualNanos) / Math.max(1, estimatedNanos));
    double believed = Math.clamp(log, -MOST_LOG, MOST_LOG);
    logs.addAndGet(Math.round(believed * FIXED_POINT));
    calls.incrementAndGet();
    estimated.addAndGet(estimatedNanos);
    actual.addAndGet(Math.min(actualNanos, (long) (estimatedNanos * Math.exp(MOST_LOG))));
  }

  /**
   * @param overrun how many times its estimate the call has run that exceeds it most; where calls
   *     do not even end, this is all there is to see
   */
  void tick(double overrun) {
    long count = calls.getAndSet(0);
    double mean = count == 0 ? 0 : logs.getAndSet(0) / FIXED_POINT / (double) count;
    if (count > 0) {
      double weight = Math.min((double) count, MOST_PER_TICK);
      shortMean += (mean - shortMean) * (1 - Math.pow(1 - 1 / SHORT_CALLS, weight));
      seen += weight;
      longMean += (mean - longMean) * Math.max((double) count / LONG_CALLS, weight / seen);
      if (seen <= weight) {
        shortMean = mean;
      }
    } else if (overrun < 1) {
      shortMean += (longMean - shortMean) / SHORT_CALLS;
    }
    double kept = Math.pow(1 - 1 / LONG_CALLS, (double) count);
    estimatedSum = estimatedSum * kept + estimated.getAndSet(0);
    actualSum = actualSum * kept + actual.getAndSet(0);
    double slow = Math.exp(longMean - shortMean) * estimatedSum / Math.max(1, actualSum);
    if (count == 0 && overrun > STALLED) {
      slow = Math.min(slow, STALLED / 2 / overrun);
    }
    factor = Math.clamp(slow, SLOWEST, FASTEST);
  }

  double factor() {
    return factor;
  }
}
