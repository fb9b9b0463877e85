package dev.weir.chaos.scenario;

import dev.weir.chaos.fault.Crowd;
import dev.weir.chaos.fault.Frames;
import dev.weir.chaos.load.Manner;
import dev.weir.chaos.load.Question;
import dev.weir.chaos.load.Traffic;
import dev.weir.chaos.report.Series;
import dev.weir.chaos.server.MetricsPage;
import dev.weir.chaos.server.Victim;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;

/**
 * A caller by HTTP/2 that opens no window for an answer leaves all of it to the server, whatever
 * the kernel would take.
 */
final class SlowReadersByGrpcCostBoundedMemory implements Hypothesis {

  private static final int CONNECTIONS = 500;
  private static final int CALLS = 20;
  private static final double KIBIBYTE = 1 << 10;
  private static final double PENDING_KIBIBYTES = 64;

  /** Those that are computed at the time at which there is no more room. */
  private static final double LAST_KIBIBYTES = 64;

  private static final double MORE_MEBIBYTES = 150;
  private static final String PENDING = "weir_http_pending_answer_bytes";

  @Override
  public Story story() {
    return new Story(
        "Callers ask half of what the server can do, by gRPC.",
        "Five hundred connections that let the server send nothing ask for twenty routes each.",
        "Answers that wait for them take no more than they may (64 KiB, and the last ones), and the"
            + " process no more than 150 MiB beyond what it had.",
        "They are given up some time after their deadlines; then goodput is as before.");
  }

  @Override
  public void tryOut(Trial trial) throws Exception {
    Victim victim =
        trial.pacedServer(
            """
            grpc: {max-pending-answers: 64KiB, read-timeout: 1s, max-connection-idle: 1s}
            deadline: {standard: 1s}
            """);
    List<Question> calls = trial.calls(victim);
    Traffic traffic = trial.grpcTraffic(victim, calls, Manner.calm(Duration.ofSeconds(1)));
    double steady = trial.steady(traffic, 0.5 * trial.peak(traffic), Duration.ofSeconds(2));
    double before = trial.latest(Series.RESIDENT_MEBIBYTES);
    MetricsPage then = victim.admin().metrics();
    long fromMillis = trial.timeline().nowMillis();

    trial.timeline().begin("slow readers");
    Crowd readers = trial.keep(new Crowd(victim.grpcAddress(), true));
    readers.join(CONNECTIONS, greedy(calls));
    double pending = 0;
    while (trial.timeline().nowMillis() - fromMillis < 3_000) {
      trial.pass(Duration.ofMillis(20));
      pending = Math.max(pending, victim.admin().metrics().sum(PENDING) / KIBIBYTE);
    }
    trial.check(readers.opened() == CONNECTIONS, "%d slow readers came", readers.opened());
    trial.check(
        pending > PENDING_KIBIBYTES / 2 && pending <= PENDING_KIBIBYTES + LAST_KIBIBYTES,
        "at most %.1f KiB of answers waited",
        pending);
    trial.checkSoon(
        Duration.ofSeconds(5),
        "no answer waits any more",
        () -> victim.admin().metrics().sum(PENDING) < PENDING_KIBIBYTES * KIBIBYTE / 4);
    double cut =
        victim.admin().metrics().more(then, "weir_http_connections_cut_total", "slow_call");
    trial.check(cut > 0, "%.0f calls were given up", cut);
    trial.timeline().end("slow readers");
    trial.checkRecovers(Duration.ofSeconds(3), steady);
    trial.checkSoon(Wire.GONE, "they are gone", () -> readers.ended() == CONNECTIONS);
    double most = trial.timeline().most(Series.RESIDENT_MEBIBYTES, fromMillis);
    trial.check(
        most <= before + MORE_MEBIBYTES,
        "resident memory rose from %.0f to %.0f MiB",
        before,
        most);
  }

  private static byte[] greedy(List<Question> calls) {
    ByteArrayOutputStream words = new ByteArrayOutputStream();
    words.writeBytes(Frames.hello(Frames.INITIAL_WINDOW_SIZE, 0));
    for (int i = 0; i < CALLS; i++) {
      words.writeBytes(Wire.call(2 * i + 1, calls.get(i % calls.size())));
    }
    return words.toByteArray();
  }
}
