package dev.weir.benchmarks.peers;

import dev.weir.benchmarks.peers.Peer.Candidate;
import dev.weir.benchmarks.peers.Peer.Ground;
import dev.weir.benchmarks.peers.ThreadPerRequest.Limiter;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Who takes part on the real engine. */
final class Candidates {

  private Candidates() {}

  static List<Candidate> all() {
    return List.of(
        pooled("no-control", ground -> Libraries.none()),
        pooled("fifo-timeout-d", g -> Libraries.fifo(g.processors(), g.deadline())),
        pooled("fifo-timeout-d5", g -> Libraries.fifo(g.processors(), g.deadline().dividedBy(5))),
        new Candidate("lifo", ground -> new NewestFirst(ground.processors())),
        pooled("netflix-gradient2", ground -> Libraries.gradient2()),
        pooled("netflix-gradient2-lifo", ground -> Libraries.gradient2Lifo()),
        pooled("netflix-vegas", ground -> Libraries.vegas()),
        pooled("netflix-aimd", ground -> Libraries.aimd()),
        pooled("r4j-no-wait", g -> Libraries.bulkhead(g.processors(), Duration.ZERO)),
        pooled("r4j-wait-d5", g -> Libraries.bulkhead(g.processors(), g.deadline().dividedBy(5))),
        pooled("sentinel-threads", ground -> Sentinel.threads(ground.processors())),
        pooled("helidon-aimd", ground -> Libraries.helidonAimd()),
        pooled(
            "helidon-fixed-d5",
            g -> Libraries.helidonFixed(g.processors(), g.deadline().dividedBy(5))));
  }

  private static Candidate pooled(String name, Function<Ground, Limiter> limiter) {
    return new Candidate(name, ground -> new ThreadPerRequest(limiter.apply(ground)));
  }
}
