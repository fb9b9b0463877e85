package dev.weir.chaos.scenario;

import dev.weir.chaos.fault.Crowd;
import dev.weir.chaos.fault.Frames;
import dev.weir.chaos.load.Fate;
import dev.weir.chaos.load.Manner;
import dev.weir.chaos.load.Question;
import dev.weir.chaos.load.Traffic;
import dev.weir.chaos.report.Series;
import dev.weir.chaos.server.MetricsPage;
import dev.weir.chaos.server.Victim;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What costs its sender nothing is not worth much to the server either. */
final class FloodsOfFramesCostTheServerLittle implements Hypothesis {

  private static final int CONNECTIONS = 5;
  private static final int FRAMES = 20_000;
  private static final int CALLS = 2_000;
  private static final int BOMB_FRAMES = 400;
  private static final int BOMB_BYTES = 16_000;
  private static final double MORE_MEBIBYTES = 150;

  /** A tenth of the calls that are reset: some begin before the reset is read. */
  private static final double MORE_SEARCHES = 0.1 * CONNECTIONS * CALLS;

  @Override
  public Story story() {
    return new Story(
        "Callers ask half of what the server can do, by gRPC.",
        "Five connections send as fast as they can: calls that are reset at once, pings,"
            + " settings that are to be acknowledged to somebody who does not read, windows, empty"
            + " frames, and a head without end; two seconds each, to the port for gRPC and to the"
            + " one for HTTP.",
        "Callers get four fifths of their answers, resets begin hardly any search, and the process"
            + " takes no more than 150 MiB beyond what it had.",
        "Whoever reset calls, pinged or sent such a head is cut off; goodput is as before.");
  }

  @Override
  public void tryOut(Trial trial) throws Exception {
    Victim victim = trial.pacedServer(Wire.HASTY + Wire.HASTY_HTTP);
    List<String> head = Frames.getHead(trial.questions(victim).getFirst().target());
    List<Question> calls = trial.calls(victim);
    Traffic traffic = trial.grpcTraffic(victim, calls, Manner.calm(Duration.ofSeconds(1)));
    double steady = trial.steady(traffic, 0.5 * trial.peak(traffic), Duration.ofSeconds(2));
    double before = trial.latest(Series.RESIDENT_MEBIBYTES);
    long fromMillis = trial.timeline().nowMillis();

    byte[] message = Frames.message(Wire.message(calls.getFirst()));
    flood(trial, victim, victim.grpcAddress(), floods(Wire.GET_ROUTE, message), steady);
    flood(trial, victim, victim.address(), floods(head, new byte[0]), steady);
    double most = trial.timeline().most(Series.RESIDENT_MEBIBYTES, fromMillis);
    trial.check(
        most <= before + MORE_MEBIBYTES,
        "resident memory rose from %.0f to %.0f MiB",
        before,
        most);
    trial.checkRecovers(Duration.ofSeconds(1), steady);
  }

  private static void flood(
      Trial trial, Victim victim, InetSocketAddress port, Map<String, byte[]> floods, double steady)
      throws Exception {
    for (Map.Entry<String, byte[]> flood : floods.entrySet()) {
      String name = flood.getKey();
      trial.timeline().begin(name);
      long answered = answered(trial);
      MetricsPage then = victim.admin().metrics();
      try (Crowd crowd = new Crowd(port, !name.equals("settings"))) {
        crowd.join(CONNECTIONS, flood.getValue());
        double meanwhile = trial.goodWithin(Duration.ofSeconds(2));
        trial.checkLeft("beside a flood of " + name, meanwhile, 0.8, steady);
        if (List.of("resets", "pings", "heads").contains(name)) {
          trial.checkSoon(
              Duration.ofSeconds(5),
              "those who send " + name + " are cut off",
              () -> crowd.opened() == CONNECTIONS && crowd.ended() == CONNECTIONS);
        }
      }
      trial.timeline().end(name);
      double begun = victim.admin().metrics().more(then, "weir_engine_time_seconds_count", "");
      double more = begun - (answered(trial) - answered);
      trial.check(more <= MORE_SEARCHES, "%.0f searches began that nobody was answered for", more);
    }
  }

  private static long answered(Trial trial) {
    return trial.timeline().count(Fate.GOOD) + trial.timeline().count(Fate.LATE);
  }

  private static Map<String, byte[]> floods(List<String> call, byte[] message) {
    ByteArrayOutputStream resets = new ByteArrayOutputStream();
    for (int stream = 1; stream < 2 * CALLS; stream += 2) {
      resets.writeBytes(Frames.request(stream, call, message));
      resets.writeBytes(Frames.reset(stream));
    }
    byte[] open = Frames.headers(1, false, Frames.fields(call));
    byte[] head = Frames.fields("x-bomb", "x".repeat(BOMB_BYTES));
    Map<String, byte[]> floods = new LinkedHashMap<>();
    floods.put("resets", resets.toByteArray());
    floods.put("pings", Frames.times(FRAMES, Frames.ping()));
    floods.put("settings", Frames.times(FRAMES, Frames.settings(Frames.INITIAL_WINDOW_SIZE, 1)));
    floods.put("windows", Frames.times(FRAMES, Frames.windowUpdate(0, 1)));
    floods.put(
        "empty frames",
        Frames.join(open, Frames.times(FRAMES, Frames.data(1, false, new byte[0]))));
    floods.put(
        "heads",
        Frames.join(
            Frames.frame(Frames.HEADERS, 0, 1, head),
            Frames.times(BOMB_FRAMES, Frames.frame(Frames.CONTINUATION, 0, 1, head))));
    floods.replaceAll((_, frames) -> Frames.join(Frames.hello(), frames));
    return floods;
  }
}
