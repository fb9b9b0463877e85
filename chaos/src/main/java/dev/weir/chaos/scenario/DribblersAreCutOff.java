package dev.weir.chaos.scenario;

import dev.weir.chaos.fault.Crowd;
import dev.weir.chaos.load.Manner;
import dev.weir.chaos.load.Traffic;
import dev.weir.chaos.server.Victim;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Who sends a byte at a time, or half a request and then nothing, is not waited for. */
final class DribblersAreCutOff implements Hypothesis {

  private static final int EACH = 300;
  private static final byte[] HEAD = bytes("GET /route?point=1,2 HTTP/1.1\r\nHost: weir\r\nX-A: ");
  private static final byte[] BODY =
      bytes(
          "POST /route HTTP/1.1\r\nHost: weir\r\nContent-Type: application/json\r\n"
              + "Content-Length: 1000\r\n\r\n{");
  private static final byte[] DRIBBLE = bytes("x".repeat(60));
  private static final long EVERY_MILLIS = 100;

  @Override
  public Story story() {
    return new Story(
        "Callers ask half of what the server can do.",
        "Three hundred connections each send headers a byte at a time, a body a byte at a time,"
            + " half a header and then nothing, or nothing at all.",
        "Goodput is at least four fifths of what it was.",
        "Each is cut off when its time is over, whatever it still sends.");
  }

  @Override
  public void tryOut(Trial trial) throws Exception {
    Victim victim =
        trial.pacedServer("http: {header-timeout: 1s, body-timeout: 1s, idle-timeout: 2s}\n");
    Traffic traffic =
        trial.traffic(victim, trial.questions(victim), Manner.calm(Duration.ofSeconds(1)));
    double steady = trial.steady(traffic, 0.5 * trial.peak(traffic), Duration.ofSeconds(2));

    trial.timeline().begin("dribblers");
    Crowd heads = join(trial, victim, HEAD);
    Crowd bodies = join(trial, victim, BODY);
    Crowd halves = join(trial, victim, HEAD);
    Crowd silent = join(trial, victim, new byte[0]);
    heads.dribble(DRIBBLE, EVERY_MILLIS);
    bodies.dribble(DRIBBLE, EVERY_MILLIS);
    double meanwhile = trial.goodWithin(Duration.ofSeconds(2));
    trial.checkLeft("meanwhile", meanwhile, 0.8, steady);
    gone(trial, heads, "those who dribble headers are gone");
    gone(trial, bodies, "those who dribble a body are gone");
    gone(trial, halves, "those who stop within their headers are gone");
    gone(trial, silent, "those who say nothing are gone");
    trial.timeline().end("dribblers");
  }

  private static Crowd join(Trial trial, Victim victim, byte[] words) {
    Crowd crowd = trial.keep(new Crowd(victim.address(), true));
    crowd.join(EACH, words);
    return crowd;
  }

  private static void gone(Trial trial, Crowd crowd, String what) throws Exception {
    trial.checkSoon(
        Duration.ofSeconds(8), what, () -> crowd.opened() == EACH && crowd.ended() == EACH);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
