package dev.weir.chaos.scenario;

import dev.weir.chaos.load.Fate;
import dev.weir.chaos.load.Manner;
import dev.weir.chaos.load.Traffic;
import dev.weir.chaos.server.Victim;
import java.time.Duration;

/** What came meanwhile is not worked off if nobody can use it any more. */
final class AStallIsOverWhenItEnds implements Hypothesis {

  @Override
  public Story story() {
    return new Story(
        "Callers ask four fifths of what the server can do, with deadlines of half a second.",
        "All event loops stand still for a second; then, by a signal, the whole process does.",
        "Everybody is answered or refused in the end; nobody hangs for ever.",
        "Two seconds after each, goodput is nine tenths of what it was.");
  }

  @Override
  public void tryOut(Trial trial) throws Exception {
    Victim victim = trial.pacedServer("");
    Traffic traffic =
        trial.traffic(victim, trial.questions(victim), Manner.calm(Duration.ofMillis(500)));
    double steady = trial.steady(traffic, 0.8 * trial.peak(traffic), Duration.ofSeconds(2));

    trial.fault(victim, "stall", "millis=1000");
    trial.pass(Duration.ofSeconds(1));
    trial.timeline().end("stall");
    trial.checkRecovers(Duration.ofSeconds(2), steady);

    trial.timeline().begin("frozen process");
    victim.freeze();
    trial.pass(Duration.ofSeconds(1));
    victim.thaw();
    trial.timeline().end("frozen process");
    trial.checkRecovers(Duration.ofSeconds(2), steady);
    trial.check(trial.timeline().count(Fate.CUT) == 0, "no connection was cut");
    trial.check(trial.timeline().count(Fate.UNANSWERED) == 0, "nobody was left without an answer");
    trial.check(trial.timeline().count(Fate.UNSENT) == 0, "nobody lacked a connection");
    double lost = victim.admin().metrics().sum("weir_workers_lost");
    trial.check(lost == 0, "no thread is lost");
  }
}
