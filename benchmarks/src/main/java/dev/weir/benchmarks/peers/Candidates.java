package dev.weir.benchmarks.peers;

import dev.weir.benchmarks.peers.Peer.Candidate;
import dev.weir.benchmarks.peers.Peer.Ground;
import dev.weir.benchmarks.peers.ThreadPerRequest.Limiter;
import dev.weir.proxy.classify.LearnedCosts;
import dev.weir.proxy.path.Estimate;
import dev.weir.proxy.path.Sketch;
import dev.weir.routing.EngineSettings;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who takes part on the real engine. */
final class Candidates {

  private Candidates() {}

  /**
   * @param settings of the engine that they are going to use
   * @param questions that were measured: what a server learns while it warms up
   */
  static List<Candidate> all(EngineSettings settings, Questions questions) {
    return List.of(
        new Candidate("weir", new Weir(settings, questions)),
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

  /** What it learns in one round it knows in the next, as a server does that is started again. */
  private static final class Weir implements Function<Ground, Peer> {
    private final EngineSettings settings;
    private final Questions questions;
    private @Nullable LearnedCosts costs;

    Weir(EngineSettings settings, Questions questions) {
      this.settings = settings;
      this.questions = questions;
    }

    @Override
    public Peer apply(Ground ground) {
      LearnedCosts learned = costs;
      if (learned == null) {
        learned =
            new LearnedCosts(
                settings.profiles(),
                String.valueOf(settings.map().getFileName()),
                ground.engine().nodes(),
                ground.engine()::nodesNear);
        warmUp(learned);
        costs = learned;
      }
      return new WeirPeer(ground, settings, learned);
    }

    private void warmUp(LearnedCosts learned) {
      for (Question question : questions.all()) {
        Estimate estimate = learned.estimate(Sketch.of(question.query()));
        learned.learn(estimate, question.costNanos(), 0);
      }
    }
  }

  /** Weir and the best that know neither tiers nor tenants: they show what those are worth. */
  static boolean tiered(Candidate candidate) {
    return List.of("weir", "lifo", "fifo-timeout-d5").contains(candidate.name());
  }

  private static Candidate pooled(String name, Function<Ground, Limiter> limiter) {
    return new Candidate(name, ground -> new ThreadPerRequest(limiter.apply(ground)));
  }
}
