package dev.weir.chaos.scenario;

import dev.weir.chaos.load.Manner;
import dev.weir.chaos.load.Traffic;
import dev.weir.chaos.server.Victim;
import java.time.Duration;

/** A machine that was suspended, or moved, comes back with another time. */
final class AClockThatJumpsCostsNoMoreThanTheCallsOfItsMoment implements Hypothesis {

  @Override
  public Story story() {
    return new Story(
        "Callers ask four fifths of what the server can do.",
        "The clock jumps an hour ahead, and then another ten seconds.",
        "Whoever is in the house at that moment may be refused; two seconds later goodput is nine"
            + " tenths of what it was.",
        "The same after the second jump, and no thread is lost.");
  }

  @Override
  public void tryOut(Trial trial) throws Exception {
    Victim victim = trial.pacedServer("");
    Traffic traffic =
        trial.traffic(victim, trial.questions(victim), Manner.calm(Duration.ofSeconds(1)));
    double steady = trial.steady(traffic, 0.8 * trial.peak(traffic), Duration.ofSeconds(2));

    trial.fault(victim, "clock-jump", "millis=3600000");
    trial.checkRecovers(Duration.ofSeconds(2), steady);
    trial.timeline().end("clock-jump");
    trial.fault(victim, "clock-jump", "millis=10000");
    trial.checkRecovers(Duration.ofSeconds(2), steady);
    trial.heal(victim, "clock-jump");
    double lost = victim.admin().metrics().sum("weir_workers_lost");
    trial.check(lost == 0, "no thread is lost");
  }
}
