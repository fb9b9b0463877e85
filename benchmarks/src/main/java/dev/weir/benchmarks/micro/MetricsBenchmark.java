package dev.weir.benchmarks.micro;

import dev.weir.proxy.config.LogSettings;
import dev.weir.proxy.observe.Logging;
import dev.weir.proxy.observe.Observations;
import dev.weir.proxy.path.Answered;
import dev.weir.proxy.path.Estimate;
import dev.weir.proxy.path.PathObserver.Outcome;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Times;
import dev.weir.proxy.path.Trace;
import dev.weir.proxy.path.TransportObserver.Resource;
import dev.weir.routing.RequestKind;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to count all that is counted of a call, with the log as it is by default. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MetricsBenchmark {

  private static final int ANSWER_BYTES = 4_096;
  private static final Trace TRACE = new Trace(null, 0, 1, 1);

  private final Logging logging =
      Logging.start(new LogSettings(LogSettings.Format.TEXT, false, 100, false), System::nanoTime);
  private final Observations observations = new Observations("benchmark");
  private final Estimate estimate = new Estimate(0, 0, 1_000_000, 4_000_000);
  private int calls;

  /** Up to 32 ms, so that more than one bucket is met. */
  private long nextNanos() {
    return 1_000L << (calls++ & 15);
  }

  @TearDown
  public void close() {
    observations.close();
    logging.close();
  }

  @Benchmark
  public void countRefusal() {
    observations.decided(Priority.DEFAULT, Reason.OVER_CAPACITY);
    observations.refused(RequestKind.ROUTE, Reason.OVER_CAPACITY);
    observations.answered(answer(503, Reason.OVER_CAPACITY, 200, nextNanos()));
  }

  @Benchmark
  public void countAnswer() {
    long nanos = nextNanos();
    observations.decided(Priority.DEFAULT, null);
    observations.estimated(RequestKind.ROUTE, estimate, nanos);
    observations.ended(RequestKind.ROUTE, TRACE, Outcome.ROUTED, nanos, nanos, 2 * nanos);
    observations.pendingAnswerBytes(ANSWER_BYTES);
    observations.answered(answer(200, null, ANSWER_BYTES, 2 * nanos));
    observations.pendingAnswerBytes(-ANSWER_BYTES);
  }

  /** As a transport makes it. */
  private Answered answer(int status, @Nullable Reason reason, long bytes, long nanos) {
    return new Answered(
        TRACE,
        Resource.ROUTE,
        "GET",
        status,
        reason,
        bytes,
        Times.of(0, nanos),
        null,
        "127.0.0.1",
        false,
        () -> null);
  }
}
