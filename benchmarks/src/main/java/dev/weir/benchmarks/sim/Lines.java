package dev.weir.benchmarks.sim;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The simple waiting lines. */
final class Lines {

  private Lines() {}

  /** Nobody waits. */
  static final class None implements WaitingLine {

    @Override
    public boolean add(Job job, long nowNanos) {
      return false;
    }

    @Override
    public @Nullable Job take(long nowNanos, Consumer<Job> shed) {
      return null;
    }
  }

  /** Oldest or newest first; who has waited for too long, or is awaited no more, is given up. */
  static final class ByAge implements WaitingLine {

    private final boolean newestFirst;
    private final long timeoutNanos;
    private final ArrayDeque<Job> jobs = new ArrayDeque<>();

    ByAge(boolean newestFirst, long timeoutNanos) {
      this.newestFirst = newestFirst;
      this.timeoutNanos = timeoutNanos;
    }

    @Override
    public boolean add(Job job, long nowNanos) {
      jobs.addLast(job);
      return true;
    }

    @Override
    public @Nullable Job take(long nowNanos, Consumer<Job> shed) {
      while (true) {
        Job job = newestFirst ? jobs.pollLast() : jobs.pollFirst();
        if (job == null || !hopeless(job, nowNanos)) {
          return job;
        }
        shed.accept(job);
      }
    }

    private boolean hopeless(Job job, long nowNanos) {
      return job.gone(nowNanos) || nowNanos - job.arrivedNanos() >= timeoutNanos;
    }

    @Override
    public void sweep(long nowNanos, Consumer<Job> shed) {
      for (Job oldest = jobs.peekFirst();
          oldest != null && hopeless(oldest, nowNanos);
          oldest = jobs.peekFirst()) {
        shed.accept(jobs.removeFirst());
      }
    }
  }

  /** Earliest deadline first, as long as it has not passed. */
  static final class ByDeadline implements WaitingLine {

    private final PriorityQueue<Job> jobs =
        new PriorityQueue<>(
            Comparator.comparingLong(Job::deadlineNanos).thenComparingLong(Job::number));

    @Override
    public boolean add(Job job, long nowNanos) {
      jobs.add(job);
      return true;
    }

    @Override
    public @Nullable Job take(long nowNanos, Consumer<Job> shed) {
      while (true) {
        Job job = jobs.poll();
        if (job == null || !job.gone(nowNanos)) {
          return job;
        }
        shed.accept(job);
      }
    }
  }
}
