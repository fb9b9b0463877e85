package dev.weir.chaos.scenario;

import dev.weir.chaos.load.Manner;
import dev.weir.chaos.load.Traffic;
import dev.weir.chaos.server.Victim;
import java.time.Duration;

/**
 * A new process has nothing compiled and an empty heap. Here nothing is added to the engine: it is
 * as fast as the machine is.
 */
final class AColdRestartAtFiveTimesTheLoadNeverCollapses implements Hypothesis {

  /** What the server warms up for, and as long again. */
  private static final Duration WARM = Duration.ofSeconds(20);

  @Override
  public Story story() {
    return new Story(
        "Callers ask five times what the server can do, and get what it can do.",
        "The process is killed (kill -9) and started again; the callers stay.",
        "From its first two seconds on, the new process always does a third of what the old one"
            + " did.",
        "Within twenty seconds it does nine tenths.");
  }

  @Override
  public void tryOut(Trial trial) throws Exception {
    Victim victim = trial.server("gate: {permits: 1}\nwarm-up: {at-most: 5s}\n");
    Traffic traffic =
        trial.traffic(victim, trial.questions(victim), Manner.calm(Duration.ofMillis(500)));
    double peak = trial.peak(traffic);
    traffic.offer(5 * peak);
    trial.pass(Duration.ofSeconds(2));
    double steady = trial.goodWithin(Duration.ofSeconds(4));
    trial.check(steady > 0, "at five times the load %.0f good answers come in a second", steady);

    trial.timeline().begin("no server");
    victim.kill();
    Victim next = trial.keep(victim.again());
    trial.timeline().end("no server");
    trial.watch(next);
    trial.pass(Duration.ofSeconds(2));
    double least = Double.MAX_VALUE;
    double last = 0;
    long fromMillis = trial.timeline().nowMillis();
    long boundMillis = WARM.toMillis() * trial.arena().leniency();
    while (last < 0.9 * steady && trial.timeline().nowMillis() - fromMillis < boundMillis) {
      last = trial.goodWithin(Duration.ofSeconds(2));
      least = Math.min(least, last);
    }
    trial.checkLeft("at its least", least, 1.0 / 3, steady);
    trial.check(
        last >= 0.9 * steady,
        "after %d ms it does %.0f in a second, of %.0f before",
        trial.timeline().nowMillis() - fromMillis,
        last,
        steady);
  }
}
