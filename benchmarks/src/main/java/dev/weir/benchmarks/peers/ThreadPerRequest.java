package dev.weir.benchmarks.peers;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A servlet container in front of a limiter, as its users have it: each request takes a thread of a
 * bounded pool, asks the limiter there, and is computed there or refused. The numbers are Tomcat's
 * defaults: 200 threads, and 100 requests that wait for one.
 */
final class ThreadPerRequest implements Peer {

  private static final int THREADS = 200;
  private static final int BACKLOG = 100;

  /** A limiter. Thread-safe; may block. */
  @FunctionalInterface
  interface Limiter {

    /** Computes or refuses the call, and tells the library how it ended. */
    void pass(Ask ask);
  }

  private final Limiter limiter;
  private final ExecutorService threads;

  ThreadPerRequest(Limiter limiter) {
    this.limiter = limiter;
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(BACKLOG),
            Thread.ofPlatform().name("peer-", 0).daemon().factory());
  }

  @Override
  public void offer(Ask ask) {
    try {
      threads.execute(() -> limiter.pass(ask));
    } catch (RejectedExecutionException full) {
      ask.refuse();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
