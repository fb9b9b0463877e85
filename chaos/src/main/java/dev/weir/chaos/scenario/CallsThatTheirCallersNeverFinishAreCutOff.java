package dev.weir.chaos.scenario;

import dev.weir.chaos.fault.Crowd;
import dev.weir.chaos.fault.Frames;
import dev.weir.chaos.load.Manner;
import dev.weir.chaos.load.Question;
import dev.weir.chaos.load.Traffic;
import dev.weir.chaos.server.MetricsPage;
import dev.weir.chaos.server.Victim;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Who sends frames a byte at a time, or half a call and then nothing, is not waited for. */
final class CallsThatTheirCallersNeverFinishAreCutOff implements Hypothesis {

  private static final int EACH = 300;
  private static final int LONG = 1_000;
  private static final int DRIBBLED = 60;
  private static final long EVERY_MILLIS = 100;

  @Override
  public Story story() {
    return new Story(
        "Callers ask half of what the server can do, by gRPC.",
        "Three hundred connections each say nothing, send a preface a byte at a time, a head a byte"
            + " at a time, a message a byte at a time, or half a call and then nothing.",
        "Goodput is at least four fifths of what it was.",
        "Calls are cut off when their time is over, whatever is still sent of them; then their"
            + " connections go, too.");
  }

  @Override
  public void tryOut(Trial trial) throws Exception {
    Victim victim = trial.pacedServer(Wire.HASTY);
    List<Question> calls = trial.calls(victim);
    Traffic traffic = trial.grpcTraffic(victim, calls, Manner.calm(Duration.ofSeconds(1)));
    double steady = trial.steady(traffic, 0.5 * trial.peak(traffic), Duration.ofSeconds(2));
    MetricsPage before = victim.admin().metrics();

    trial.timeline().begin("half calls");
    byte[] hello = Frames.hello();
    byte[] head = Frames.headers(1, false, Frames.fields(Wire.GET_ROUTE));
    byte[] longBody = Frames.data(1, true, Frames.message(0, LONG, new byte[LONG]));
    byte[] bytes = Frames.times(DRIBBLED, Frames.data(1, false, new byte[1]));
    Crowd silent = join(trial, victim, new byte[0]);
    Crowd prefaces = join(trial, victim, Arrays.copyOf(hello, 3));
    Crowd heads = join(trial, victim, Frames.join(hello, Arrays.copyOf(head, 12)));
    Crowd bodies = join(trial, victim, Frames.join(hello, head));
    Crowd halves = join(trial, victim, Frames.join(hello, head, Arrays.copyOf(longBody, 100)));
    prefaces.dribble(Arrays.copyOfRange(hello, 3, hello.length), EVERY_MILLIS);
    heads.dribble(Arrays.copyOfRange(head, 12, 12 + DRIBBLED), EVERY_MILLIS);
    bodies.dribble(bytes, EVERY_MILLIS);
    double meanwhile = trial.goodWithin(Duration.ofSeconds(2));
    trial.checkLeft("meanwhile", meanwhile, 0.8, steady);
    gone(trial, silent, "those who say nothing are gone");
    gone(trial, prefaces, "those who dribble a preface are gone");
    gone(trial, heads, "those who dribble a head are gone");
    gone(trial, bodies, "those who dribble a message are gone");
    gone(trial, halves, "those who stop within a message are gone");
    trial.timeline().end("half calls");
    double cut =
        victim.admin().metrics().more(before, "weir_http_connections_cut_total", "slow_call");
    trial.check(cut >= EACH, "%.0f calls were cut off; others were refused before", cut);
  }

  private static Crowd join(Trial trial, Victim victim, byte[] words) {
    Crowd crowd = trial.keep(new Crowd(victim.grpcAddress(), true));
    crowd.join(EACH, words);
    return crowd;
  }

  private static void gone(Trial trial, Crowd crowd, String what) throws Exception {
    trial.checkSoon(Wire.GONE, what, () -> crowd.opened() == EACH && crowd.ended() == EACH);
  }
}
