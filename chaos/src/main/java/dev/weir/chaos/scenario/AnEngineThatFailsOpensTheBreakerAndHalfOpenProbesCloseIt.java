package dev.weir.chaos.scenario;

import dev.weir.chaos.load.Fate;
import dev.weir.chaos.load.Manner;
import dev.weir.chaos.load.Traffic;
import dev.weir.chaos.report.Timeline;
import dev.weir.chaos.server.Victim;
import java.io.IOException;
import java.time.Duration;

/** Nobody waits for an engine that only fails. */
final class AnEngineThatFailsOpensTheBreakerAndHalfOpenProbesCloseIt implements Hypothesis {

  private static final double QUICK_MILLIS = 50;
  private static final int PROBES = 5;

  @Override
  public Story story() {
    return new Story(
        "Callers ask half of what the server can do.",
        "Every search fails, for some seconds.",
        "The breaker opens; callers get quick refusals; only probes reach the engine.",
        "Probes find the engine well and close the breaker; goodput is as before.");
  }

  @Override
  public void tryOut(Trial trial) throws Exception {
    Victim victim =
        trial.pacedServer("breaker: {window: 20, minimum-calls: 10, open-for: 1s, probes: 5}\n");
    Traffic traffic =
        trial.traffic(victim, trial.questions(victim), Manner.calm(Duration.ofSeconds(1)));
    double steady = trial.steady(traffic, 0.5 * trial.peak(traffic), Duration.ofSeconds(2));

    trial.fault(victim, "engine-errors", "part=1");
    trial.checkSoon(
        Duration.ofSeconds(5), "the breaker is open", () -> position(victim, "open") == 1);
    long countedMillis = trial.timeline().nowMillis();
    double faultsBefore = victim.admin().metrics().sum("weir_faults_total");
    // those that waited while the breaker opened are not of those it refuses
    long fromMillis = trial.timeline().nowMillis() + Timeline.BUCKET_MILLIS;
    trial.pass(Duration.ofSeconds(3));
    double probes = victim.admin().metrics().sum("weir_faults_total") - faultsBefore;
    long toMillis = trial.timeline().nowMillis();
    long tookMillis = toMillis - countedMillis;
    trial.check(
        probes <= PROBES * (2 + tookMillis / 1_000),
        "in %d ms only %.0f calls reached the engine",
        tookMillis,
        probes);
    double p99 = trial.timeline().latencyMillis(Fate.REFUSED, 99, fromMillis, toMillis);
    trial.check(
        trial.timeline().count(Fate.REFUSED, fromMillis, toMillis) > 0
            && p99 < QUICK_MILLIS * trial.arena().leniency(),
        "99 %% of refusals take less than %.0f ms: %.1f",
        QUICK_MILLIS,
        p99);

    trial.heal(victim, "engine-errors");
    trial.checkSoon(
        Duration.ofSeconds(10), "the breaker is closed", () -> position(victim, "closed") == 1);
    trial.checkRecovers(Duration.ofSeconds(1), steady);
  }

  private static double position(Victim victim, String name) throws IOException {
    return victim.admin().metrics().sum("weir_breaker_position", "position=\"" + name + "\"");
  }
}
