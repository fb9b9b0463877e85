package dev.weir.chaos.scenario;

import dev.weir.chaos.load.Manner;
import dev.weir.chaos.load.Traffic;
import dev.weir.chaos.server.Victim;
import java.time.Duration;

/**
 * Callers who ask again at once keep a server down that they have once brought down, unless it
 * throws away what nobody can use (Bronson et al., Metastable failures in distributed systems).
 */
final class ARetryStormDoesNotBecomeMetastable implements Hypothesis {

  private static final int RETRIES = 3;

  @Override
  public Story story() {
    return new Story(
        "Callers ask four fifths of what the server can do, and again at once, three times, when"
            + " they do not get an answer in time.",
        "For five seconds there are three times as many as can be served.",
        "What can be done is done: goodput stays above seven tenths of the peak.",
        "When the load is back at four fifths, so is goodput within five seconds, though callers"
            + " still retry.");
  }

  @Override
  public void tryOut(Trial trial) throws Exception {
    Victim victim = trial.pacedServer("");
    Manner manner = Manner.calm(Duration.ofMillis(500)).retrying(RETRIES);
    Traffic traffic = trial.traffic(victim, trial.questions(victim), manner);
    double peak = trial.peak(traffic);
    double steady = trial.steady(traffic, 0.8 * peak, Duration.ofSeconds(2));

    trial.timeline().begin("three times as many callers");
    traffic.offer(3 * peak);
    trial.pass(Duration.ofSeconds(1));
    double stormy = trial.goodWithin(Duration.ofSeconds(4));
    trial.checkLeft("in the storm", stormy, 0.7, peak);
    traffic.offer(0.8 * peak);
    trial.timeline().end("three times as many callers");

    trial.checkRecovers(Duration.ofSeconds(5), steady);
  }
}
