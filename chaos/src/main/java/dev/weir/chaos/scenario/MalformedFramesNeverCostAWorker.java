package dev.weir.chaos.scenario;

import dev.weir.chaos.fault.Crowd;
import dev.weir.chaos.fault.FrameMutator;
import dev.weir.chaos.fault.Frames;
import dev.weir.chaos.load.Manner;
import dev.weir.chaos.load.Question;
import dev.weir.chaos.load.Traffic;
import dev.weir.chaos.server.MetricsPage;
import dev.weir.chaos.server.Victim;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * What is not HTTP/2, or not gRPC in it, or none of the contract in that, ends where it is read.
 */
final class MalformedFramesNeverCostAWorker implements Hypothesis {

  private static final int EACH = 1_000;

  /**
   * gRPC takes a message that cannot be parsed for a fault of ours and tells of it with a trace,
   * five times a second at most.
   */
  private static final long MOST_LINES = 4_000;

  @Override
  public Story story() {
    return new Story(
        "The server is idle; later callers ask half of what it can do, by gRPC.",
        "A thousand connections each to the port for gRPC and to the one for HTTP say what is"
            + " nearly a request by HTTP/2, each something else: wrong prefaces, frames, settings,"
            + " HPACK, heads, lengths, encodings, messages.",
        "Workers begin less than a quarter, since some are requests after all; nothing fails"
            + " inside, and the log does not fill with it.",
        "All of them are gone within the time a call may take, and goodput is as ever.");
  }

  @Override
  public void tryOut(Trial trial) throws Exception {
    Victim victim = trial.pacedServer(Wire.HASTY + Wire.HASTY_HTTP);
    List<Question> calls = trial.calls(victim);
    Traffic traffic = trial.grpcTraffic(victim, calls, Manner.calm(Duration.ofSeconds(1)));
    double peak = trial.peak(traffic);
    double steady = trial.steady(traffic, 0.5 * peak, Duration.ofSeconds(2));
    traffic.offer(0);
    trial.pass(Duration.ofSeconds(1));
    String target = trial.questions(victim).getFirst().target();
    MetricsPage before = victim.admin().metrics();
    long linesBefore = victim.linesSaid();

    trial.timeline().begin("malformed frames");
    Crowd byGrpc =
        crowd(trial, victim.grpcAddress(), Wire.GET_ROUTE, Wire.message(calls.getFirst()));
    Crowd byHttp = crowd(trial, victim.address(), Frames.getHead(target), new byte[0]);
    trial.checkSoon(
        Wire.GONE,
        "all of them have been cut off",
        () -> byGrpc.ended() == EACH && byHttp.ended() == EACH);
    for (Crowd crowd : List.of(byGrpc, byHttp)) {
      trial.check(
          crowd.opened() > 0 && crowd.answered() > 0,
          "of %d that were made, %d were answered, and %d ended",
          crowd.opened(),
          crowd.answered(),
          crowd.ended());
    }
    trial.timeline().end("malformed frames");
    MetricsPage after = victim.admin().metrics();
    double begun = after.more(before, "weir_engine_time_seconds_count", "");
    trial.check(begun > 0 && begun < 2 * EACH / 4.0, "workers began %.0f of them", begun);
    double faults = after.more(before, "weir_faults_total", "");
    trial.check(faults == 0, "nothing failed inside: %.0f faults", faults);
    long lines = victim.linesSaid() - linesBefore;
    trial.check(lines < MOST_LINES, "the log has %d lines more", lines);

    traffic.offer(0.5 * peak);
    trial.checkRecovers(Duration.ofSeconds(1), steady);
  }

  private static Crowd crowd(
      Trial trial, InetSocketAddress port, List<String> head, byte[] message) {
    FrameMutator mutator = new FrameMutator(head, message, trial.arena().seed());
    Crowd crowd = trial.keep(new Crowd(port, true));
    for (int i = 0; i < EACH; i++) {
      crowd.join(1, mutator.next());
    }
    return crowd;
  }
}
