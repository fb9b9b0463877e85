package dev.weir.benchmarks.tracking;

import dev.weir.benchmarks.load.Tally.Latency;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What riders say and hear. On the event loop, and for anybody when all is over. */
final class Tally {
  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);
  private static final int DIGITS = 3;

  /** Names that a server gives to reasons are its own; more of them are counted together. */
  private static final int REASONS_AT_MOST = 24;

  private final Histogram firstRoutes = new Histogram(LONGEST_MICROS, DIGITS);
  private final Histogram otherRoutes = new Histogram(LONGEST_MICROS, DIGITS);
  private final Histogram lag = new Histogram(LONGEST_MICROS, DIGITS);
  private final Map<String, Long> failures = new TreeMap<>();
  private long positions;
  private long progress;
  private long notices;
  private long ends;
  private long underWay;

  /**
   * Counts until now.
   *
   * @param underWay rides that follow a route at this moment
   * @param routes after the first ones
   * @param progress how far it still is, told to riders
   * @param notices that there is no other route for now
   * @param ends by the server, with a reason
   */
  record Counts(
      long underWay, long positions, long routes, long progress, long notices, long ends) {}

  Counts counts() {
    return new Counts(underWay, positions, otherRoutes.getTotalCount(), progress, notices, ends);
  }

  void position(long lagNanos) {
    positions++;
    lag.recordValue(micros(lagNanos));
  }

  void firstRoute(long nanos) {
    underWay++;
    firstRoutes.recordValue(micros(nanos));
  }

  void otherRoute(long nanos) {
    otherRoutes.recordValue(micros(nanos));
  }

  void progress() {
    progress++;
  }

  void notice() {
    notices++;
  }

  void end() {
    ends++;
  }

  /** A ride that followed a route does so no more. */
  void over() {
    underWay--;
  }

  void failed(String reason) {
    boolean known = failures.containsKey(reason) || failures.size() < REASONS_AT_MOST;
    failures.merge(known ? reason : "others", 1L, Long::sum);
  }

  private static long micros(long nanos) {
    return Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 0, LONGEST_MICROS);
  }

  /** Rides that were refused or broke off, by reason. */
  Map<String, Long> failures() {
    return failures;
  }

  /** From when the first position was due to the first route. */
  Latency firstRoutes() {
    return Latency.of(firstRoutes);
  }

  /** From when the position was due that was off the route to the next one. */
  Latency otherRoutes() {
    return Latency.of(otherRoutes);
  }

  /** From when positions were due to when they were sent. */
  Latency lag() {
    return Latency.of(lag);
  }

  /** All of them, by name. */
  Map<String, Histogram> histograms() {
    return Map.of("first-routes", firstRoutes, "other-routes", otherRoutes, "lag", lag);
  }
}
