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
        "A worker begins only what is answered with 200, a good request after all; nothing fails"
            + " inside.",
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
    same(trial, before, after, "weir_requests_total", "no worker had anything to do");
    same(trial, before, after, "weir_faults_total", "nothing failed inside");

    traffic.offer(0.5 * peak);
    trial.checkRecovers(Duration.ofSeconds(1), steady);
  }

  private static void same(
      Trial trial, MetricsPage before, MetricsPage after, String metric, String sentence) {
    double more = after.sum(metric) - before.sum(metric);
    trial.check(more == 0, "%s: %s rose by %.0f", sentence, metric, more);
  }
}
