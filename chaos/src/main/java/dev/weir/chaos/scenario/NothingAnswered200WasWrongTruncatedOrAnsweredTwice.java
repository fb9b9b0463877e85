package dev.weir.chaos.scenario;

import dev.weir.chaos.fault.Crowd;
import dev.weir.chaos.fault.Frames;
import dev.weir.chaos.load.Fate;
import dev.weir.chaos.load.Manner;
import dev.weir.chaos.load.Question;
import dev.weir.chaos.load.Traffic;
import dev.weir.chaos.server.Victim;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Every answer, by HTTP/1.1, HTTP/2 and gRPC, is compared with the one of calm times, byte by byte,
 * but for the time it took.
 */
final class NothingAnswered200WasWrongTruncatedOrAnsweredTwice implements Hypothesis {

  private static final List<String> FAULTS =
      List.of(
          "engine-errors?part=0.2&for=0.5",
          "engine-latency?millis=60",
          "engine-hang?next=1&for=2.5",
          "stall?millis=150&what=all",
          "cpu-theft?threads=2&for=0.5",
          "heap-pressure?mebibytes=128&for=0.5",
          "clock-jump?millis=5000&for=0.3");

  private static final int ROUNDS = 20;
  private static final int RESETTERS = 20;

  @Override
  public Story story() {
    return new Story(
        "Callers ask one and a half times what the server can do, half of them by gRPC,"
            + " a quarter by HTTP/2.",
        "One fault after the other, by lot: the engine fails, is slow or hangs, loops and workers"
            + " stand still, processor and memory are taken, the clock jumps; and others hang up in"
            + " the middle of their answers.",
        "Whatever is answered with 200, or OK by gRPC, is whole, is what was answered in calm"
            + " times, and comes once.",
        "Goodput is as before.");
  }

  @Override
  public void tryOut(Trial trial) throws Exception {
    Victim victim = trial.pacedServer("");
    List<Question> questions = trial.questions(victim);
    Traffic traffic = trial.traffic(victim, questions, Manner.calm(Duration.ofSeconds(1)));
    Traffic byHttp2 = trial.http2Traffic(victim, questions, Manner.calm(Duration.ofSeconds(1)));
    List<Question> calls = trial.calls(victim);
    Traffic byGrpc = trial.grpcTraffic(victim, calls, Manner.calm(Duration.ofSeconds(1)));
    double offered = 1.5 * trial.peak(traffic);
    traffic.offer(offered / 4);
    byHttp2.offer(offered / 4);
    byGrpc.offer(offered / 2);
    double steady = trial.goodWithin(Duration.ofSeconds(2));
    SplittableRandom random = new SplittableRandom(trial.arena().seed());
    byte[] request =
        ("GET " + questions.getFirst().target() + " HTTP/1.1\r\nHost: weir\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] call = Frames.join(Frames.hello(), Wire.call(1, calls.getFirst()));
    trial.timeline().begin("everything");
    for (int i = 0; i < ROUNDS; i++) {
      String[] fault = FAULTS.get(random.nextInt(FAULTS.size())).split("\\?", 2);
      victim.admin().fault(fault[0], fault[1]);
      boolean http = random.nextBoolean();
      try (Crowd hasty = new Crowd(http ? victim.address() : victim.grpcAddress(), true)) {
        hasty.join(RESETTERS, http ? request : call);
        trial.pass(Duration.ofMillis(100 + random.nextInt(400)));
        hasty.reset();
      }
      if (fault[0].equals("engine-latency")) {
        trial.pace(victim);
      }
    }
    trial.timeline().end("everything");
    long good = trial.timeline().count(Fate.GOOD) + trial.timeline().count(Fate.LATE);
    trial.check(good > 0, "%d answers were compared", good);
    trial.check(trial.timeline().count(Fate.WRONG) == 0, "none was wrong");
    trial.check(trial.timeline().count(Fate.TRUNCATED) == 0, "none was truncated");
    trial.check(trial.timeline().surpluses() == 0, "none came twice");
    trial.checkRecovers(Duration.ofSeconds(3), steady);
  }
}
