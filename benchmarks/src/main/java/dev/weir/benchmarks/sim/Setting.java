package dev.weir.benchmarks.sim;

import java.time.Duration;
import java.util.List;

/**
 * Where and how long a workload is run.
 *
 * @param warmUp time before anything is counted
 * @param counted calls that arrive in this time after it are counted
 * @param stopsLate the machine stops a job at its deadline, whatever the policy; otherwise only if
 *     the contestant does that itself
 * @param frontEndNanos processor time that each call costs before anything is decided
 * @param refusalNanos processor time that each refusal costs
 * @param throttles slow-downs of the machine, in order of time, not overlapping
 */
public record Setting(
    int processors,
    LoadShape load,
    Duration warmUp,
    Duration counted,
    long seed,
    boolean stopsLate,
    long frontEndNanos,
    long refusalNanos,
    List<Throttle> throttles) {

  /**
   * @param speed of the machine meanwhile; 1 is normal
   */
  public record Throttle(Duration from, Duration until, double speed) {}

  public Setting {
    throttles = List.copyOf(throttles);
    if (processors < 1 || counted.isZero() || counted.isNegative() || warmUp.isNegative()) {
      throw new IllegalArgumentException("needs a processor and time to count in");
    }
  }

  /** Costs nothing to decide, never throttled. */
  public static Setting of(
      int processors, LoadShape load, Duration warmUp, Duration counted, long seed) {
    return new Setting(processors, load, warmUp, counted, seed, false, 0, 0, List.of());
  }

  /** The same with two seconds of warm-up. */
  public static Setting of(int processors, LoadShape load, Duration counted, long seed) {
    return of(processors, load, Duration.ofSeconds(2), counted, seed);
  }

  /** The same, with jobs stopped at their deadlines. */
  public Setting stoppingLate() {
    return new Setting(
        processors, load, warmUp, counted, seed, true, frontEndNanos, refusalNanos, throttles);
  }

  /** The same with prices for looking at a call and for refusing it. */
  public Setting charging(long frontEnd, long refusal) {
    return new Setting(
        processors, load, warmUp, counted, seed, stopsLate, frontEnd, refusal, throttles);
  }

  /** The same on a machine that is slower at times. */
  public Setting throttled(Throttle... at) {
    return new Setting(
        processors,
        load,
        warmUp,
        counted,
        seed,
        stopsLate,
        frontEndNanos,
        refusalNanos,
        List.of(at));
  }

  long warmUpNanos() {
    return warmUp.toNanos();
  }

  long endNanos() {
    return warmUp.plus(counted).toNanos();
  }
}
