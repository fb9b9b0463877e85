package dev.weir.benchmarks.riders;

import dev.weir.benchmarks.load.LoadException;
import dev.weir.benchmarks.load.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the peak of a server: what four riders get who wait for their answers says about where it
 * is, and short open-loop stages at rising rates from below that say what it is, until it gives
 * good answers to far from all requests. The best stage's good answers per second are the peak.
 */
final class Climb {
  private static final double FIRST = 0.6;
  private static final double RISE = 1.2;

  /** The last one offers nine times what the first one does. */
  private static final int STEPS_AT_MOST = 13;

  /** Calm load between steps, until the server has done what was left over. */
  private static final int SETTLE_TRIES = 5;

  private static final double SETTLED = 0.7;

  /** Below this part of good answers a server has more to do than it can. */
  private static final double BEYOND_PEAK = 0.8;

  /** Between the peak and many times of it, in peaks. */
  private static final double[] BEYOND = {2, 5};

  /** Counted time of a usual step. */
  static final Duration STEP = Duration.ofSeconds(3);

  private final Trial trial;
  private final Wire wire;
  private final Host host;
  private final Duration step;

  /** Good answers per second to four who wait for them. */
  private double calm;

  /**
   * @param step counted time of a step
   */
  Climb(Trial trial, Wire wire, Host host, Duration step) {
    this.trial = trial;
    this.wire = wire;
    this.host = host;
    this.step = step;
  }

  /**
   * All steps; {@link #peak} is the best of them.
   *
   * @param script whose questions, manners, deadline and seed are taken
   * @throws LoadException if the server answers nothing, or everything
   */
  List<Outcome> run(Script script) throws InterruptedException {
    calm = trial.calm(wire, step);
    if (calm <= 0) {
      throw new LoadException(host.name() + " answers nothing even under calm load");
    }
    List<Outcome> steps = new ArrayList<>();
    double rate = FIRST * calm;
    for (int i = 0; i < STEPS_AT_MOST; i++, rate *= RISE) {
      Script next = step(script, rate, i);
      Outcome.Label label = new Outcome.Label(host.name(), 0, "climb", 0);
      Outcome last = trial.play(wire, host, next, label).outcome();
      steps.add(last);
      settle();
      if (last.goodPerSecond() < BEYOND_PEAK * last.offeredPerSecond()) {
        return steps;
      }
    }
    throw new LoadException(
        "the peak of " + host.name() + " was not found in " + STEPS_AT_MOST + " steps; --rate");
  }

  /**
   * Steps between the peak and the load that is to come, so that what becomes of goodput on the way
   * is seen; after {@link #run}.
   *
   * @param load to come, in peaks
   */
  List<Outcome> beyond(Script script, double peak, double load) throws InterruptedException {
    List<Outcome> steps = new ArrayList<>();
    for (double peaks : BEYOND) {
      if (peaks < load) {
        Script next = step(script, peaks * peak, STEPS_AT_MOST + steps.size());
        Outcome.Label label = new Outcome.Label(host.name(), 0, "beyond", peaks);
        steps.add(trial.play(wire, host, next, label).outcome());
        settle();
      }
    }
    return steps;
  }

  /**
   * Good answers per second in the best step, of those in which the generator was not the
   * bottleneck if there are any.
   */
  static double peak(List<Outcome> steps) {
    boolean some = claimed(steps);
    return steps.stream()
        .filter(step -> !some || step.claim().holds())
        .mapToDouble(Outcome::goodPerSecond)
        .max()
        .orElse(0);
  }

  /** Whether the peak is more than that of the generator. */
  static boolean claimed(List<Outcome> steps) {
    return steps.stream().anyMatch(step -> step.claim().holds());
  }

  private Script step(Script script, double rate, int number) {
    return new Script(
        Shape.constant(rate, step).after(step.dividedBy(3)),
        step.dividedBy(3),
        script.deadline(),
        script.questions(),
        script.manners(),
        0,
        script.seed() + 1_000 + number);
  }

  private void settle() throws InterruptedException {
    for (int i = 0; i < SETTLE_TRIES; i++) {
      if (trial.calm(wire, step.dividedBy(3)) >= SETTLED * calm) {
        return;
      }
    }
  }
}
