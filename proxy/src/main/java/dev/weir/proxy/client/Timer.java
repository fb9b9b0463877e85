package dev.weir.proxy.client;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs tasks later. Thread-safe. */
@FunctionalInterface
public interface Timer {

  /**
   * Runs a task once, no earlier than in so many nanoseconds.
   *
   * @return what takes the task back, if it has not begun
   */
  Runnable schedule(Runnable task, long delayNanos);

  /** On the threads of an executor. Tasks are short and do not block. */
  static Timer of(ScheduledExecutorService executor) {
    return (task, delayNanos) -> {
      Future<?> scheduled = executor.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
      return () -> scheduled.cancel(false);
    };
  }
}
