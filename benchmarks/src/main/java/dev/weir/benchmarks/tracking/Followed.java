package dev.weir.benchmarks.tracking;

import com.google.errorprone.annotations.FormatMethod;
import dev.weir.benchmarks.load.Tally.Latency;
import dev.weir.benchmarks.load.Usage;
import dev.weir.benchmarks.riders.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came of a run: an element of the JSON report. Rates are of the counted time, per second; all
 * else is of the whole run.
 *
 * @param rides that were wanted
 * @param underWay that followed a route when the counted time began
 * @param routes after the first ones
 * @param firstRoutes from when a ride's first position was due
 * @param otherRoutes from when the position was due that was off the route
 * @param lag of the generator, from when positions were due to when they were sent
 * @param failures rides that were refused or broke off, by reason
 * @param memory of the server
 */
record Followed(
    int rides,
    long underWay,
    double seconds,
    double positions,
    double progress,
    double routes,
    double notices,
    Latency firstRoutes,
    Latency otherRoutes,
    Latency lag,
    long ends,
    Map<String, Long> failures,
    Usage.Share cpu,
    Memory memory,
    Claim claim,
    List<Beat> beats) {

  private static final double KIB_PER_MIB = 1_024;

  Followed {
    failures = Map.copyOf(failures);
    beats = List.copyOf(beats);
  }

  /** Resident, in MiB: before the first ride, when the counted time began, and at its end. */
  record Memory(double before, double begun, double end) {}

  /** More at the end than before the first ride, garbage included. */
  double kibPerRide() {
    return (memory.end() - memory.before()) * KIB_PER_MIB / rides;
  }

  /** As a table for the terminal. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(text("%d of %d rides under way when it began to count", underWay, rides));
    lines.add(
        text(
            "positions %.0f/s, progress told %.0f/s, other routes %.0f/s, no other route for now"
                + " %.0f/s",
            positions, progress, routes, notices));
    lines.add(latency("first routes", firstRoutes));
    lines.add(latency("other routes", otherRoutes));
    lines.add(
        text(
            "server: %.0f %% of a processor, resident %.0f MiB before, %.0f when all had begun,"
                + " %.0f at the end (%.1f KiB more per ride); steal %.1f %%",
            cpu.serverPercent(),
            memory.before(),
            memory.begun(),
            memory.end(),
            kibPerRide(),
            cpu.stealPercent()));
    lines.add(text("ended by the server %d, refused or broken off: %s", ends, failed()));
    lines.add(claim.sentence());
    return lines;
  }

  private String failed() {
    return failures.isEmpty() ? "none" : failures.toString();
  }

  private static String latency(String what, Latency of) {
    return text(
        "%s: %d, p50 %.1f ms, p99 %.1f ms, max %.1f ms",
        what, of.recorded(), of.p50Millis(), of.p99Millis(), of.maxMillis());
  }

  @FormatMethod
  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
