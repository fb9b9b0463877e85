package dev.weir.chaos.scenario;

import dev.weir.chaos.load.Fate;
import dev.weir.chaos.load.Manner;
import dev.weir.chaos.load.Traffic;
import dev.weir.chaos.server.Victim;
import java.io.IOException;
import java.time.Duration;

/** A search that neither ends nor listens is given up long after its deadline. */
final class AHungSearchCostsOnePermitUntilItIsCutOffNeverThePool implements Hypothesis {

  /** Ten times the deadline of 400 ms, and time for the machine. */
  private static final Duration CUT_OFF = Duration.ofSeconds(8);

  @Override
  public Story story() {
    return new Story(
        "Callers ask a quarter of what the server can do, of which one permit does half.",
        "One search hangs and burns a processor; then, when that is over, as many as there are"
            + " permits hang, asleep.",
        "One that hangs costs one permit: the other does all there is to do. All that hang are cut"
            + " off ten times their deadline later, and goodput is as before while they still"
            + " hang.",
        "When they return no thread is lost any more.");
  }

  @Override
  public void tryOut(Trial trial) throws Exception {
    Victim victim = trial.pacedServer("");
    Traffic traffic =
        trial.traffic(victim, trial.questions(victim), Manner.calm(Duration.ofMillis(400)));
    double steady = trial.steady(traffic, 0.25 * trial.peak(traffic), Duration.ofSeconds(2));

    trial.fault(victim, "engine-hang", "next=1&how=burn");
    double beside = trial.goodWithin(Duration.ofSeconds(2));
    trial.checkLeft("beside a search that hangs", beside, 0.8, steady);
    trial.checkSoon(CUT_OFF, "it is cut off", () -> lost(victim) == 1);
    trial.heal(victim, "engine-hang");
    trial.checkSoon(CUT_OFF, "its thread is back", () -> lost(victim) == 0);

    trial.fault(victim, "engine-hang", "next=2");
    trial.checkSoon(CUT_OFF, "two are cut off", () -> lost(victim) == 2);
    trial.checkRecovers(Duration.ofSeconds(1), steady);
    trial.check(victim.admin().healthy("live"), "the server need not be started anew");
    trial.heal(victim, "engine-hang");
    trial.checkSoon(CUT_OFF, "no thread is lost", () -> lost(victim) == 0);
    trial.checkRecovers(Duration.ofSeconds(1), steady);
    trial.check(
        trial.timeline().count(Fate.WRONG) + trial.timeline().surpluses() == 0,
        "what the searches found in the end was told to nobody: no answer was wrong or came twice");
  }

  private static double lost(Victim victim) throws IOException {
    return victim.admin().metrics().sum("weir_workers_lost");
  }
}
