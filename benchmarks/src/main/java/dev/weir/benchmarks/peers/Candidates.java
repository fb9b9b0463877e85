package dev.weir.benchmarks.peers;

import dev.weir.benchmarks.peers.Peer.Candidate;
import dev.weir.benchmarks.peers.Peer.Ground;
import dev.weir.benchmarks.peers.ThreadPerRequest.Limiter;
import dev.weir.proxy.classify.LearnedCosts;
import dev.weir.proxy.path.Estimate;
import dev.weir.proxy.path.Sketch;
import dev.weir.routing.EngineSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who takes part on the real engine. */
final class Candidates {

  private static final String WEIR = "weir";
  private static final String LIFO = "lifo";

  /** Libraries before threads of their own, in the order of the tables. */
  private static final List<Pooled> POOLED =
      List.of(
          new Pooled("no-control", ground -> Libraries.none()),
          new Pooled("fifo-timeout-d", g -> Libraries.fifo(g.processors(), g.deadline())),
          new Pooled(
              "fifo-timeout-d5", g -> Libraries.fifo(g.processors(), g.deadline().dividedBy(5))),
          new Pooled("netflix-gradient2", ground -> Libraries.gradient2()),
          new Pooled("netflix-gradient2-lifo", ground -> Libraries.gradient2Lifo()),
          new Pooled("netflix-vegas", ground -> Libraries.vegas()),
          new Pooled("netflix-aimd", ground -> Libraries.aimd()),
          new Pooled("r4j-no-wait", g -> Libraries.bulkhead(g.processors(), Duration.ZERO)),
          new Pooled(
              "r4j-wait-d5", g -> Libraries.bulkhead(g.processors(), g.deadline().dividedBy(5))),
          new Pooled("sentinel-threads", ground -> Sentinel.threads(ground.processors())),
          new Pooled("helidon-aimd", ground -> Libraries.helidonAimd()),
          new Pooled(
              "helidon-fixed-d5",
              g -> Libraries.helidonFixed(g.processors(), g.deadline().dividedBy(5))));

  private record Pooled(String name, Function<Ground, Limiter> limiter) {}

  private Candidates() {}

  static List<String> names() {
    return Stream.concat(Stream.of(WEIR, LIFO), POOLED.stream().map(Pooled::name)).toList();
  }

  /**
   * @param settings of the engine that they are going to use
   * @param questions that were measured: what a server learns while it warms up
   */
  static List<Candidate> all(EngineSettings settings, Questions questions) {
    List<Candidate> all = new ArrayList<>();
    all.add(new Candidate(WEIR, new Weir(settings, questions)));
    all.add(new Candidate(LIFO, ground -> new NewestFirst(ground.processors())));
    for (Pooled pooled : POOLED) {
      all.add(
          new Candidate(pooled.name, ground -> new ThreadPerRequest(pooled.limiter.apply(ground))));
    }
    return List.copyOf(all);
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
    return List.of(WEIR, LIFO, "fifo-timeout-d5").contains(candidate.name());
  }
}
