package dev.weir.chaos.scenario;

import dev.weir.chaos.fault.Crowd;
import dev.weir.chaos.fault.Mutator;
import dev.weir.chaos.load.Manner;
import dev.weir.chaos.load.Question;
import dev.weir.chaos.load.Traffic;
import dev.weir.chaos.server.MetricsPage;
import dev.weir.chaos.server.Victim;
import java.time.Duration;
import java.util.List;

/** What is not HTTP is answered or cut off where it is read. */
final class MalformedInputNeverCostsAWorker implements Hypothesis {

  private static final int CONNECTIONS = 2_000;

  @Override
  public Story story() {
    return new Story(
        "The server is idle; later callers ask half of what it can do.",
        "Two thousand connections say what is nearly HTTP, each something else.",
        "Workers begin less than a tenth, since some are requests after all; nothing fails inside.",
        "All of them are gone within the time a request may take, and goodput is as ever.");
  }

  @Override
  public void tryOut(Trial trial) throws Exception {
    Victim victim =
        trial.pacedServer("http: {header-timeout: 1s, body-timeout: 1s, idle-timeout: 2s}\n");
    List<Question> questions = trial.questions(victim);
    Traffic traffic = trial.traffic(victim, questions, Manner.calm(Duration.ofSeconds(1)));
    double peak = trial.peak(traffic);
    double steady = trial.steady(traffic, 0.5 * peak, Duration.ofSeconds(2));
    traffic.offer(0);
    trial.pass(Duration.ofSeconds(1));
    MetricsPage before = victim.admin().metrics();

    trial.timeline().begin("malformed input");
    Mutator mutator = new Mutator(questions.getFirst().target(), trial.arena().seed());
    Crowd crowd = trial.keep(new Crowd(victim.address(), true));
    for (int i = 0; i < CONNECTIONS; i++) {
      crowd.join(1, mutator.next());
    }
    trial.checkSoon(
        Duration.ofSeconds(20),
        "all of them have been cut off",
        () -> crowd.opened() == CONNECTIONS && crowd.ended() == CONNECTIONS);
    trial.timeline().end("malformed input");
    MetricsPage after = victim.admin().metrics();
    trial.check(crowd.answered() > 0, "%d of them were answered before", crowd.answered());
    double begun = after.more(before, "weir_engine_time_seconds_count", "");
    double nowhere =
        after.more(before, "weir_requests_total", "outcome=\"unreachable\"")
            + after.more(before, "weir_requests_total", "outcome=\"invalid\"");
    // A bound on all: a mutation may leave a request as good as it was, or make it one that the
    // engine has to look at, and which of them did is not known from outside.
    trial.check(
        crowd.served() > 0 && begun < CONNECTIONS / 10.0,
        "workers began %.0f: %d had a route for an answer, %.0f were invalid or led nowhere",
        begun,
        crowd.served(),
        nowhere);
    double faults = after.more(before, "weir_faults_total", "");
    trial.check(faults == 0, "nothing failed inside: %.0f faults", faults);

    traffic.offer(0.5 * peak);
    trial.checkRecovers(Duration.ofSeconds(1), steady);
  }
}
