package dev.weir.chaos.scenario;

import dev.weir.chaos.fault.Crowd;
import dev.weir.chaos.fault.Frames;
import dev.weir.chaos.load.Manner;
import dev.weir.chaos.load.Traffic;
import dev.weir.chaos.report.Series;
import dev.weir.chaos.server.Victim;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Connections beyond the bound are closed at once; those below it do not notice. */
final class AConnectionFloodLeavesThoseWhoAreInAlone implements Hypothesis {

  private static final int BOUND = 1_000;
  private static final int FLOOD = 8_000;

  /** They may have left connections to the other port behind. */
  private static final int CALLERS = 4;

  private static final byte[] HEALTH =
      "GET /health HTTP/1.1\r\nHost: weir\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  @Override
  public Story story() {
    return new Story(
        "A few callers with connections of their own ask, wait and ask again.",
        "Eight thousand connections come, where a thousand are allowed, to the port for HTTP and"
            + " then to the one for gRPC.",
        "There are never more than a thousand, and the callers get at least four fifths of their"
            + " answers.",
        "When the flood is gone newcomers are welcome.");
  }

  @Override
  public void tryOut(Trial trial) throws Exception {
    Victim victim =
        trial.pacedServer(
            """
            http: {max-connections: 1000, max-connections-per-address: 1000}
            grpc: {max-connections: 1000, max-connections-per-address: 1000}
            """);
    Manner manner = Manner.calm(Duration.ofSeconds(1));
    try (Traffic traffic = trial.traffic(victim, trial.questions(victim), manner)) {
      flood(trial, victim, victim.address(), traffic, HEALTH);
    }
    try (Traffic traffic = trial.grpcTraffic(victim, trial.calls(victim), manner)) {
      flood(trial, victim, victim.grpcAddress(), traffic, Frames.hello());
    }
  }

  private static void flood(
      Trial trial, Victim victim, InetSocketAddress port, Traffic traffic, byte[] greeting)
      throws Exception {
    trial.peak(traffic);
    traffic.keep(CALLERS);
    double steady = trial.goodWithin(Duration.ofSeconds(2));

    trial.timeline().begin("connection flood");
    Crowd flood = trial.keep(new Crowd(port, true));
    long fromMillis = trial.timeline().nowMillis();
    flood.join(FLOOD, new byte[0]);
    double meanwhile = trial.goodWithin(Duration.ofSeconds(3));
    trial.checkSoon(
        Duration.ofSeconds(20), "all of the flood has come", () -> flood.tried() == FLOOD);
    double open = trial.timeline().most(Series.CONNECTIONS, fromMillis);
    trial.check(
        open > BOUND / 2.0 && open <= BOUND + CALLERS, "at most %.0f connections were open", open);
    trial.checkLeft("meanwhile", meanwhile, 0.8, steady);
    flood.close();
    trial.timeline().end("connection flood");
    try (Crowd newcomer = new Crowd(port, true)) {
      trial.checkSoon(
          Duration.ofSeconds(10),
          "the flood is gone",
          () -> victim.admin().metrics().sum("weir_http_connections_open") < BOUND / 2.0);
      newcomer.join(1, greeting);
      trial.checkSoon(
          Duration.ofSeconds(5), "a newcomer is answered", () -> newcomer.answered() == 1);
    }
  }
}
