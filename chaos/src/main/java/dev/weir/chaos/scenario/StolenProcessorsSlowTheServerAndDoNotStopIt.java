package dev.weir.chaos.scenario;

import dev.weir.chaos.load.Fate;
import dev.weir.chaos.load.Manner;
import dev.weir.chaos.load.Traffic;
import dev.weir.chaos.server.Victim;
import java.time.Duration;

/** A neighbour that computes on every processor, and takes most of the memory besides. */
final class StolenProcessorsSlowTheServerAndDoNotStopIt implements Hypothesis {

  @Override
  public Story story() {
    return new Story(
        "Callers ask four fifths of what the server can do.",
        "Twice as many threads as there are processors burn, and 200 of 512 MiB are taken, for"
            + " four seconds.",
        "A third of the goodput is left.",
        "Three seconds later it is nine tenths of what it was.");
  }

  @Override
  public void tryOut(Trial trial) throws Exception {
    Victim victim = trial.pacedServer("");
    Traffic traffic =
        trial.traffic(victim, trial.questions(victim), Manner.calm(Duration.ofSeconds(1)));
    double steady = trial.steady(traffic, 0.8 * trial.peak(traffic), Duration.ofSeconds(2));

    int threads = 2 * Runtime.getRuntime().availableProcessors();
    trial.fault(victim, "cpu-theft", "threads=" + threads);
    trial.fault(victim, "heap-pressure", "mebibytes=200");
    double meanwhile = trial.goodWithin(Duration.ofSeconds(4));
    trial.heal(victim, "cpu-theft");
    trial.heal(victim, "heap-pressure");
    trial.checkLeft("meanwhile", meanwhile, 1.0 / 3, steady);

    trial.checkRecovers(Duration.ofSeconds(3), steady);
    trial.check(trial.timeline().count(Fate.WRONG) == 0, "no answer was wrong");
  }
}
