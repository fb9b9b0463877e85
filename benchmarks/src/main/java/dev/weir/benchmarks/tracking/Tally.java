package dev.weir.benchmarks.tracking;

import io.grpc.Status;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** What riders hear. Thread-safe. */
final class Tally {

  private static final long MOST_MICROS = 60_000_000;

  /** From a position that needs a route to the route, in microseconds. */
  private final Histogram firstRoutes = new ConcurrentHistogram(MOST_MICROS, 3);

  private final Histogram otherRoutes = new ConcurrentHistogram(MOST_MICROS, 3);
  private final LongAdder positions = new LongAdder();
  private final LongAdder progress = new LongAdder();
  private final LongAdder notices = new LongAdder();
  private final LongAdder ends = new LongAdder();
  private final LongAdder following = new LongAdder();
  private final Map<Status.Code, LongAdder> failures = new ConcurrentHashMap<>();

  void position() {
    positions.increment();
  }

  void route(boolean first, long nanos) {
    (first ? firstRoutes : otherRoutes).recordValue(Math.min(nanos / 1_000, MOST_MICROS));
    if (first) {
      following.increment();
    }
  }

  void progress() {
    progress.increment();
  }

  void notice() {
    notices.increment();
  }

  void end() {
    ends.increment();
  }

  void failure(Status.Code code) {
    failures.computeIfAbsent(code, _ -> new LongAdder()).increment();
  }

  long positions() {
    return positions.sum();
  }

  long told() {
    return progress.sum();
  }

  long notices() {
    return notices.sum();
  }

  long ends() {
    return ends.sum();
  }

  /** Rides that got a route. */
  long following() {
    return following.sum();
  }

  Map<Status.Code, LongAdder> failures() {
    return failures;
  }

  Histogram firstRoutes() {
    return firstRoutes;
  }

  Histogram otherRoutes() {
    return otherRoutes;
  }
}
