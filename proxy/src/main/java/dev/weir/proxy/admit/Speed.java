package dev.weir.proxy.admit;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How fast the machine is now, compared with what estimates were learned from: 1 as usual, 0.5 if
 * everything takes twice as long (a throttled container, a noisy neighbour, code that is not
 * compiled yet). Observed from any thread, updated by {@link #tick} from one.
 *
 * <p>It is the product of three. What processors gave: processor time ÷ the time in which calls had
 * a right to it, of the last {@link #GIVEN_NANOS} of that. In the long run, of some thousands of
 * calls, the sum of estimates ÷ the sum of processor times. For the moment, since costs are
 * heavy-tailed and a sum of few of them says little, the mean logarithm of actual ÷ estimated, of
 * the last hundreds of calls against that of the same thousands; or of those since it changed, if
 * the last dozens differ too much from them for that to be chance. The last two forget by calls
 * alike, so that a lasting change passes from one to the other.
 */
final class Speed {

  private static final double LAST_CALLS = 24;
  private static final double STEADY_CALLS = 256;

  /** In such a difference of logarithms, chance has no part: five deviations of the last calls. */
  private static final double SUDDEN = 0.5;

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

  private static final double MOST = Math.exp(MOST_LOG);

  /** Time on processors after which what they gave before counts for a third. */
  private static final double GIVEN_NANOS = 2e8;

  private static final double FIXED_POINT = 1 << 20;

  /** Believed in before anything was seen: estimates, for half a second of work. */
  private static final double PRIOR_NANOS = 5e8;

  private static final double SLOWEST = 0.05;
  private static final double FASTEST = 2;

  private final AtomicLong logs = new AtomicLong();
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong estimated = new AtomicLong();
  private final AtomicLong actual = new AtomicLong();
  private final AtomicLong given = new AtomicLong();
  private final AtomicLong due = new AtomicLong();
  private double givenSum = GIVEN_NANOS;
  private double dueSum = GIVEN_NANOS;
  private double lastMean;
  private double steadyMean;
  private double steadyCalls;
  private double longMean;
  private double seen;
  private double estimatedSum = PRIOR_NANOS;
  private double actualSum = PRIOR_NANOS;
  private volatile double factor = 1;

  /**
   * A call has been computed.
   *
   * @param actualNanos processor time that it took
   * @param dueNanos that it would have had on a machine that does nothing else
   */
  void observe(long estimatedNanos, long actualNanos, long dueNanos) {
    long mostNanos = (long) (Math.max(estimatedNanos, actualNanos) * MOST);
    given.addAndGet(actualNanos);
    due.addAndGet(Math.min(dueNanos, mostNanos));
    double log = Math.log((double) Math.max(1, actualNanos) / Math.max(1, estimatedNanos));
    double believed = Math.clamp(log, -MOST_LOG, MOST_LOG);
    logs.addAndGet(Math.round(believed * FIXED_POINT));
    calls.incrementAndGet();
    estimated.addAndGet(estimatedNanos);
    actual.addAndGet(Math.min(actualNanos, (long) (estimatedNanos * MOST)));
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
      seen += weight;
      longMean += (mean - longMean) * Math.max((double) count / LONG_CALLS, weight / seen);
      follow(mean, weight);
    } else if (overrun < 1) {
      lastMean += (longMean - lastMean) / LAST_CALLS;
      steadyMean += (longMean - steadyMean) / LAST_CALLS;
    }
    double kept = Math.pow(1 - 1 / LONG_CALLS, (double) count);
    estimatedSum = estimatedSum * kept + estimated.getAndSet(0);
    actualSum = actualSum * kept + actual.getAndSet(0);
    double slow = Math.exp(longMean - steadyMean) * estimatedSum / Math.max(1, actualSum);
    slow *= given(overrun);
    if (count == 0 && overrun > STALLED) {
      slow = Math.min(slow, STALLED / 2 / overrun);
    }
    factor = Math.clamp(slow, SLOWEST, FASTEST);
  }

  private void follow(double mean, double weight) {
    lastMean += (mean - lastMean) * Math.min(1, Math.max(weight / LAST_CALLS, weight / seen));
    steadyCalls = Math.min(STEADY_CALLS, steadyCalls + weight);
    steadyMean += (mean - steadyMean) * weight / steadyCalls;
    if (Math.abs(lastMean - steadyMean) > SUDDEN) {
      steadyMean = lastMean;
      steadyCalls = LAST_CALLS;
    }
  }

  /** Part of their time that processors gave; beyond 1 is chance. */
  private double given(double overrun) {
    double newlyDue = due.getAndSet(0);
    double forgotten = Math.exp(-newlyDue / GIVEN_NANOS);
    dueSum = dueSum * forgotten + newlyDue;
    givenSum = givenSum * forgotten + given.getAndSet(0);
    if (newlyDue == 0 && overrun < 1) {
      givenSum += (dueSum - givenSum) / LAST_CALLS;
    }
    return Math.min(1, givenSum / dueSum);
  }

  double factor() {
    return factor;
  }
}
