package dev.weir.benchmarks.load;

import dev.weir.benchmarks.load.Requests.Area;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A whole run over servers that are up: find requests that all of them answer, warm all of them up
 * alike, then give them turns in pairs. Used by one thread.
 *
 * <p>The first server of a pair is the second of the next, so that neither always follows the
 * other. Weir is flooded several times in each of its turns; the stock server, which is of no more
 * use afterwards, once, in the very last stage of the run.
 */
final class Campaign {
  private static final Duration FILTER_PATIENCE = Duration.ofMinutes(3);

  /** A server is warmed up in slices, in turn with the others, so that none has time to cool. */
  private static final int WARM_UP_SLICES = 3;

  /** Each candidate is asked so often, in case a server has no time for it once. */
  private static final long ASKED = 2;

  private static final int FLOODS = 3;
  private static final int CALM_CONNECTIONS = 60;

  private final Rig rig;
  private final List<ServerProcess> servers;
  private final Plan plan;
  private final Report report;

  Campaign(Rig rig, List<ServerProcess> servers, Plan plan, Report report) {
    this.rig = rig;
    this.servers = List.copyOf(servers);
    this.plan = plan;
    this.report = report;
  }

  /**
   * Requests that every server answers with a route.
   *
   * @throws LoadException if there are none
   */
  Requests requests(int candidates) throws IOException, InterruptedException {
    Requests requests =
        Requests.randomRoutes(Area.of(servers.getFirst().get("/info")), candidates, plan.seed());
    for (ServerProcess server : servers) {
      try (Wire wire = new Http1(rig, server.address(), CALM_CONNECTIONS, requests)) {
        ClosedLoop.Outcome outcome = rig.calm(wire, ASKED * requests.size(), FILTER_PATIENCE);
        report.say(
            "%s answers %d of %d candidates with a route, %.0f bytes each",
            server.name(),
            outcome.routed().cardinality(),
            requests.size(),
            outcome.bytesPerRoute());
        requests = requests.only(outcome.routed());
      }
    }
    if (requests.size() == 0) {
      throw new LoadException("no request is answered by all servers");
    }
    return requests;
  }

  /** Calm load, the same time for every server. */
  void warmUp(Requests requests, Duration each) throws InterruptedException {
    for (int slice = 1; slice <= WARM_UP_SLICES; slice++) {
      for (ServerProcess server : servers) {
        try (Wire wire = new Http1(rig, server.address(), CALM_CONNECTIONS, requests)) {
          double perSecond =
              rig.calm(wire, Long.MAX_VALUE, each.dividedBy(WARM_UP_SLICES)).goodPerSecond();
          report.say("warm-up %d  %-5s %7.1f/s", slice, server.name(), perSecond);
        }
      }
    }
  }

  /** The pairs; returns all stages. */
  List<Measurement> run(Requests requests, int pairs) throws InterruptedException {
    List<Measurement> stages = new ArrayList<>();
    for (int pair = 1; pair <= pairs; pair++) {
      boolean last = pair == pairs;
      for (ServerProcess server : order(pair, pairs)) {
        List<ServerProcess> rivals = servers.stream().filter(s -> s != server).toList();
        int floods = server.name().equals(Contender.WEIR) ? FLOODS : last ? 1 : 0;
        Turn turn = new Turn(rig, server, rivals, requests, plan, pair, report::stage);
        stages.addAll(turn.run(floods));
      }
    }
    return stages;
  }

  /** Alternating, and such that the first of {@link #servers}, the stock one, ends the run. */
  private List<ServerProcess> order(int pair, int pairs) {
    return (pairs - pair) % 2 == 0 ? servers.reversed() : servers;
  }
}
