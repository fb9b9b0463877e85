package dev.weir.chaos.scenario;

import dev.weir.chaos.load.Fate;
import dev.weir.chaos.load.Manner;
import dev.weir.chaos.load.Traffic;
import dev.weir.chaos.report.Series;
import dev.weir.chaos.report.Timeline.Sample;
import dev.weir.chaos.server.Victim;
import java.time.Duration;

/** The gate notices an engine that has become slow by the calls of the next moment. */
final class AdaptiveLimitsShrinkWithin200MsOfTenfoldEngineLatencyAndRecoverWithin2s
    implements Hypothesis {

  private static final long SHRINKS_MILLIS = 200;

  /** A call that begins with the fault ends after this: before that there is nothing to notice. */
  private static final long FIRST_CALL_MILLIS = 30;

  /** Of a search, beyond what it takes anyway: many end in a moment, as on a real map. */
  private static final int PACE_MILLIS = 3;

  @Override
  public Story story() {
    return new Story(
        "Callers ask four fifths of what the server can do, some hundred calls in a second.",
        "Every search takes ten times as long, for three seconds.",
        "What the gate takes the engine for halves within 200 ms of the end of the first slow call;"
            + " calls are refused rather than left waiting.",
        "Within two seconds goodput is nine tenths of what it was.");
  }

  @Override
  public void tryOut(Trial trial) throws Exception {
    Victim victim = trial.server("gate: {permits: 4}\nwarm-up: {at-most: 0s}\n");
    trial.pace(victim, PACE_MILLIS);
    Traffic traffic =
        trial.traffic(victim, trial.questions(victim), Manner.calm(Duration.ofSeconds(1)));
    double steady = trial.steady(traffic, 0.8 * trial.peak(traffic), Duration.ofSeconds(2));
    double before = trial.latest(Series.EFFECTIVE_PROCESSORS);

    long fromMillis = trial.timeline().nowMillis();
    trial.fault(victim, "engine-latency", "factor=10&millis=" + 10 * PACE_MILLIS);
    trial.pass(Duration.ofSeconds(3));
    trial.timeline().end("engine-latency");
    trial.pace(victim, PACE_MILLIS);
    long tookMillis = shrunkAfterMillis(trial, fromMillis, before);
    trial.check(
        tookMillis <= SHRINKS_MILLIS * trial.arena().leniency() + FIRST_CALL_MILLIS,
        "effective processors are below half of %.2f after %d ms, %d of which the first call takes",
        before,
        tookMillis,
        FIRST_CALL_MILLIS);

    trial.checkRecovers(Duration.ofSeconds(2), steady);
    trial.check(trial.timeline().count(Fate.UNANSWERED) == 0, "nobody was left without an answer");
  }

  private static long shrunkAfterMillis(Trial trial, long fromMillis, double before) {
    for (Sample sample : trial.timeline().samples(Series.EFFECTIVE_PROCESSORS, fromMillis)) {
      if (sample.value() < before / 2) {
        return sample.atMillis() - fromMillis;
      }
    }
    return Long.MAX_VALUE;
  }
}
