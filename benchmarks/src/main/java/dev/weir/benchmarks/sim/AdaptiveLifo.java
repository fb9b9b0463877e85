package dev.weir.benchmarks.sim;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Facebook's controlled delay with adaptive LIFO [1]:
 *
 * <pre>
 *   queue last empty more than N = 100 ms ago   newest first, a new job may wait for M = 5 ms
 *   else                                        oldest first, a new job may wait for N
 * </pre>
 *
 * It keeps the machine useful in any flood, and is not Weir's default because it knows neither what
 * a job costs nor whose it is: one expensive job that comes at the right moment goes before a
 * hundred cheap ones.
 *
 * <p>[1] B. Maurer, "Fail at Scale", ACM Queue 13(8), 2015; after K. Nichols and V. Jacobson,
 * "Controlling Queue Delay", ACM Queue 10(5), 2012.
 */
final class AdaptiveLifo implements WaitingLine {

  private static final long M_NANOS = Duration.ofMillis(5).toNanos();
  private static final long N_NANOS = Duration.ofMillis(100).toNanos();

  private record Waiting(Job job, long untilNanos) {

    boolean hopeless(long nowNanos) {
      return nowNanos >= untilNanos || job.gone(nowNanos);
    }
  }

  private final ArrayDeque<Waiting> jobs = new ArrayDeque<>();
  private long lastEmptyNanos;

  private boolean stands(long nowNanos) {
    if (jobs.isEmpty()) {
      lastEmptyNanos = nowNanos;
    }
    return lastEmptyNanos < nowNanos - N_NANOS;
  }

  @Override
  public boolean add(Job job, long nowNanos) {
    jobs.addLast(new Waiting(job, nowNanos + (stands(nowNanos) ? M_NANOS : N_NANOS)));
    return true;
  }

  @Override
  public @Nullable Job take(long nowNanos, Consumer<Job> shed) {
    while (true) {
      Waiting next = stands(nowNanos) ? jobs.pollLast() : jobs.pollFirst();
      if (next == null) {
        return null;
      }
      if (!next.hopeless(nowNanos)) {
        return next.job;
      }
      shed.accept(next.job);
    }
  }

  /** Old jobs at the bottom must not be forgotten there, nor make the queue look full. */
  @Override
  public void sweep(long nowNanos, Consumer<Job> shed) {
    for (Waiting oldest = jobs.peekFirst();
        oldest != null && oldest.hopeless(nowNanos);
        oldest = jobs.peekFirst()) {
      shed.accept(jobs.removeFirst().job);
    }
  }
}
