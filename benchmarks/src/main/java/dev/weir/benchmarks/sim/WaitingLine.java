package dev.weir.benchmarks.sim;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Jobs that wait for a permit: who is next, and who is given up. Used by one thread. */
interface WaitingLine {

  /** Takes the job, or not: then it is refused. */
  boolean add(Job job, long nowNanos);

  /**
   * The next job, {@code null} if there is none.
   *
   * @param shed takes those that are met on the way and given up
   */
  @Nullable Job take(long nowNanos, Consumer<Job> shed);

  /** Gives up jobs that need not be kept; called now and then. */
  default void sweep(long nowNanos, Consumer<Job> shed) {}
}
