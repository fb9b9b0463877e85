package dev.weir.routing.graphhopper;

import dev.weir.routing.StopSignal;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

/**
 * Never stops, but measures the longest stretch between two looks at it, in CPU time of the
 * computing thread: what a computation burns at most after it was stopped, whenever that happens
 * and however busy the machine is. For one computation on one thread.
 */
final class LongestGap implements StopSignal {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private long lastNanos = THREADS.getCurrentThreadCpuTime();
  private long longestNanos;

  @Override
  public @Nullable Cause cause() {
    long nanos = THREADS.getCurrentThreadCpuTime();
    longestNanos = Math.max(longestNanos, nanos - lastNanos);
    lastNanos = nanos;
    return null;
  }

  @Override
  public long remainingNanos() {
    return Long.MAX_VALUE;
  }

  /** To be asked once, after the computation; the way from the last look to the end counts too. */
  double millis() {
    return Math.max(longestNanos, THREADS.getCurrentThreadCpuTime() - lastNanos) / 1e6;
  }
}
