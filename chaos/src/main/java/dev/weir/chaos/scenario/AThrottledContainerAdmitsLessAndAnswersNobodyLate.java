package dev.weir.chaos.scenario;

import dev.weir.chaos.load.Fate;
import dev.weir.chaos.load.Manner;
import dev.weir.chaos.load.Traffic;
import dev.weir.chaos.report.Series;
import dev.weir.chaos.server.Victim;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The limit of a container, lowered while it runs. Here the processor is what is scarce. */
final class AThrottledContainerAdmitsLessAndAnswersNobodyLate implements Hypothesis {

  private static final int PERCENT = 40;
  private static final Duration THROTTLED = Duration.ofSeconds(6);

  /**
   * Of each search. The limit is kept by pauses of 60 ms in each 100 ms: of searches of less than a
   * millisecond, as on a small map, hardly one is hit, and the gate sees an engine as fast as ever.
   */
  private static final int BURNT_MILLIS = 20;

  /** A tool that may not limit anything has said so by then. */
  private static final long FAILS_MILLIS = 300;

  @Override
  public Story story() {
    return new Story(
        "Callers ask twice what the server can do, whose searches compute for 20 ms, one at a"
            + " time, with deadlines of half a second.",
        "A control group gives its process two fifths of a processor for six seconds.",
        "It takes itself for slower within a second; from then on a fifth of the goodput is left at"
            + " least, and one answer in twenty is late at most.",
        "Three seconds after the limit is lifted, goodput is nine tenths of what it was.");
  }

  @Override
  public void tryOut(Trial trial) throws Exception {
    Victim victim = trial.server(Trial.config(1));
    victim.admin().fault("engine-latency", "how=burn&millis=" + BURNT_MILLIS);
    Traffic traffic =
        trial.traffic(victim, trial.questions(victim), Manner.calm(Duration.ofMillis(500)));
    traffic.offer(2 * trial.peak(traffic));
    trial.pass(Duration.ofSeconds(2));
    double steady = trial.goodWithin(Duration.ofSeconds(3));
    double fast = trial.latest(Series.EFFECTIVE_PROCESSORS);

    trial.timeline().begin("processor time limited");
    Process limit = trial.keep(victim.throttle(PERCENT, THROTTLED)).process();
    if (limit.waitFor(FAILS_MILLIS, TimeUnit.MILLISECONDS) && limit.exitValue() != 0) {
      trial.check(true, "not tried: no control group can be made here");
      return;
    }
    trial.checkSoon(
        Duration.ofSeconds(1),
        "the server takes itself for slower",
        () -> trial.latest(Series.EFFECTIVE_PROCESSORS) < 0.8 * fast);
    long fromMillis = trial.timeline().nowMillis();
    double meanwhile = trial.goodWithin(Duration.ofSeconds(3));
    long late = trial.timeline().count(Fate.LATE, fromMillis, trial.timeline().nowMillis());
    trial.checkLeft("meanwhile", meanwhile, 1.0 / 5, steady);
    trial.check(
        late <= trial.arena().leniency() * 3 * meanwhile / 20,
        "%d answers were late in these three seconds",
        late);
    limit.waitFor();
    trial.timeline().end("processor time limited");
    trial.checkRecovers(Duration.ofSeconds(3), steady);
  }
}
