package dev.weir.benchmarks.peers;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.Limiter.Listener;
import com.netflix.concurrency.limits.limit.AIMDLimit;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import com.netflix.concurrency.limits.limit.VegasLimit;
import com.netflix.concurrency.limits.limit.WindowedLimit;
import com.netflix.concurrency.limits.limiter.LifoBlockingLimiter;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;
import dev.weir.benchmarks.peers.ThreadPerRequest.Limiter;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.helidon.common.concurrency.limits.AimdLimit;
import io.helidon.common.concurrency.limits.FixedLimit;
import io.helidon.common.concurrency.limits.LimitAlgorithm;
import io.helidon.common.concurrency.limits.LimitAlgorithm.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The limiters of known libraries, each used as its documentation says. */
final class Libraries {

  private Libraries() {}

  /** Netflix concurrency-limits; a call that is not done by its deadline is a drop. */
  static Limiter gradient2() {
    return netflix(SimpleLimiter.newBuilder().limit(windowed(Gradient2Limit.newDefault())).build());
  }

  static Limiter vegas() {
    return netflix(SimpleLimiter.newBuilder().limit(VegasLimit.newDefault()).build());
  }

  static Limiter aimd() {
    return netflix(SimpleLimiter.newBuilder().limit(AIMDLimit.newBuilder().build()).build());
  }

  /** Gradient2 behind Netflix' own queue, newest first: 100 calls, for a second. */
  static Limiter gradient2Lifo() {
    Limit limit = windowed(Gradient2Limit.newDefault());
    return netflix(
        LifoBlockingLimiter.<Ask>newBuilder(SimpleLimiter.newBuilder().limit(limit).build())
            .build());
  }

  private static Limit windowed(Limit limit) {
    return WindowedLimit.newBuilder().build(limit);
  }

  private static Limiter netflix(com.netflix.concurrency.limits.Limiter<Ask> limiter) {
    return ask -> {
      Optional<Listener> listener = limiter.acquire(ask);
      if (listener.isEmpty()) {
        ask.refuse();
      } else if (ask.compute()) {
        listener.get().onSuccess();
      } else {
        listener.get().onDropped();
      }
    };
  }

  /** Resilience4j: a fair semaphore. */
  static Limiter bulkhead(int processors, Duration wait) {
    BulkheadConfig config =
        BulkheadConfig.custom().maxConcurrentCalls(processors).maxWaitDuration(wait).build();
    Bulkhead bulkhead = Bulkhead.of("engine", config);
    return ask -> {
      if (!bulkhead.tryAcquirePermission()) {
        ask.refuse();
        return;
      }
      try {
        ask.compute();
      } finally {
        bulkhead.onComplete();
      }
    };
  }

  static Limiter helidonAimd() {
    return helidon(AimdLimit.create());
  }

  /** One per processor and a queue of 100, for a fifth of the deadline. */
  static Limiter helidonFixed(int processors, Duration wait) {
    return helidon(
        FixedLimit.create(
            config -> config.permits(processors).queueLength(100).queueTimeout(wait)));
  }

  private static Limiter helidon(LimitAlgorithm limit) {
    return ask -> {
      if (!(limit.tryAcquireOutcome(true) instanceof Outcome.Accepted accepted)) {
        ask.refuse();
      } else if (ask.compute()) {
        accepted.token().success();
      } else {
        accepted.token().dropped();
      }
    };
  }

  /** No library: a fair semaphore with a timeout. */
  static Limiter fifo(int processors, Duration wait) {
    Semaphore permits = new Semaphore(processors, true);
    return ask -> {
      if (!acquired(permits, wait)) {
        ask.refuse();
        return;
      }
      try {
        ask.compute();
      } finally {
        permits.release();
      }
    };
  }

  private static boolean acquired(Semaphore permits, Duration wait) {
    try {
      return permits.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** No library either: whoever has a thread computes. */
  static Limiter none() {
    return Ask::compute;
  }
}
