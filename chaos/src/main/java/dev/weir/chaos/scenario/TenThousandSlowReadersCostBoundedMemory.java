package dev.weir.chaos.scenario;

import dev.weir.chaos.fault.Crowd;
import dev.weir.chaos.load.Manner;
import dev.weir.chaos.load.Question;
import dev.weir.chaos.load.Traffic;
import dev.weir.chaos.report.Series;
import dev.weir.chaos.server.Victim;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Answers that nobody takes are held by the server, but not without end. On loopback the kernel
 * takes some megabytes for each connection before it lets the server wait, so here little of that
 * bound is used; the tests of the transport use it up.
 */
final class TenThousandSlowReadersCostBoundedMemory implements Hypothesis {

  private static final int READERS = 10_000;
  private static final double MEBIBYTE = 1 << 20;
  private static final double PENDING_MEBIBYTES = 8;

  /** Of each connection: its objects, its buffers, and what the collector does not return. */
  private static final double MORE_MEBIBYTES = 400;

  /** Those computed at the time at which there is no more room. */
  private static final double LAST_MEBIBYTES = 4;

  @Override
  public Story story() {
    return new Story(
        "Callers ask half of what the server can do.",
        "Ten thousand others ask for a large table and a text and read nothing.",
        "Answers that wait for them take no more than they may (8 MiB, and the last ones)"
            + ", and the process no more than 400 MiB beyond what it had.",
        "They are cut off; then goodput is as before.");
  }

  @Override
  public void tryOut(Trial trial) throws Exception {
    Victim victim =
        trial.pacedServer(
            "http: {max-pending-answers: 8MiB, read-timeout: 3s, idle-timeout: 10s}\n");
    Traffic traffic =
        trial.traffic(victim, trial.questions(victim), Manner.calm(Duration.ofSeconds(1)));
    double steady = trial.steady(traffic, 0.5 * trial.peak(traffic), Duration.ofSeconds(2));
    double before = victim.footprint().residentBytes() / MEBIBYTE;

    trial.timeline().begin("slow readers");
    Crowd readers = trial.keep(new Crowd(victim.address(), false));
    readers.join(READERS, greedy(trial.questions(victim).getFirst()));
    trial.checkSoon(
        Duration.ofSeconds(15), "all readers have come", () -> readers.opened() == READERS);
    double pending = 0;
    long fromMillis = trial.timeline().nowMillis();
    while (trial.timeline().nowMillis() - fromMillis < 6_000) {
      trial.pass(Duration.ofMillis(100));
      double now = victim.admin().metrics().sum("weir_http_pending_answer_bytes") / MEBIBYTE;
      pending = Math.max(pending, now);
    }
    trial.check(
        pending <= PENDING_MEBIBYTES + LAST_MEBIBYTES,
        "at most %.1f MiB of answers waited",
        pending);
    double most = trial.timeline().most(Series.RESIDENT_MEBIBYTES, fromMillis);
    trial.check(
        most <= before + MORE_MEBIBYTES,
        "resident memory rose from %.0f to %.0f MiB",
        before,
        most);

    trial.checkSoon(
        Duration.ofSeconds(30),
        "the slow readers are cut off",
        () -> victim.admin().metrics().sum("weir_http_connections_open") < READERS / 10.0);
    trial.timeline().end("slow readers");
    trial.checkRecovers(Duration.ofSeconds(1), steady);
  }

  /** A table of the whole map from where a route begins, and a text that costs no search. */
  private static byte[] greedy(Question route) {
    String target = route.target();
    int from = target.indexOf("point=");
    String point = target.substring(from, target.indexOf('&', from));
    return ("GET /spt?profile=car&time_limit=3600&columns=longitude,latitude,time,distance,"
            + "prev_longitude,prev_latitude,prev_time,prev_distance,node_id,prev_node_id,edge_id&"
            + point
            + " HTTP/1.1\r\nHost: weir\r\n\r\nGET /i18n/en HTTP/1.1\r\nHost: weir\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }
}
