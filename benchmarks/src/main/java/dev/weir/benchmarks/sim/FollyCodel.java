package dev.weir.benchmarks.sim;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * CoDel as in Facebook's Folly [1], oldest first: if the <em>shortest</em> wait of the last 100 ms
 * was above 5 ms there is overload, and whoever has waited for more than 10 ms is given up.
 *
 * <p>Not Weir's default because it works on first-come-first-served alone: with the newest first
 * the shortest wait is always tiny, and it sees no overload ever.
 *
 * <p>[1] {@code folly/executors/Codel.h}, re-implemented.
 */
final class FollyCodel implements WaitingLine {

  private static final long TARGET_NANOS = Duration.ofMillis(5).toNanos();
  private static final long INTERVAL_NANOS = Duration.ofMillis(100).toNanos();

  private final ArrayDeque<Job> jobs = new ArrayDeque<>();
  private long intervalEndNanos;
  private long shortestNanos = Long.MAX_VALUE;
  private boolean overloaded;

  @Override
  public boolean add(Job job, long nowNanos) {
    jobs.addLast(job);
    return true;
  }

  @Override
  public @Nullable Job take(long nowNanos, Consumer<Job> shed) {
    while (true) {
      Job job = jobs.pollFirst();
      if (job == null) {
        return null;
      }
      boolean slough = slough(nowNanos, nowNanos - job.arrivedNanos());
      if (!slough && !job.gone(nowNanos)) {
        return job;
      }
      shed.accept(job);
    }
  }

  private boolean slough(long nowNanos, long waitedNanos) {
    if (nowNanos >= intervalEndNanos) {
      overloaded = shortestNanos != Long.MAX_VALUE && shortestNanos > TARGET_NANOS;
      intervalEndNanos = nowNanos + INTERVAL_NANOS;
      shortestNanos = waitedNanos;
    }
    shortestNanos = Math.min(shortestNanos, waitedNanos);
    return overloaded && waitedNanos > 2 * TARGET_NANOS;
  }
}
