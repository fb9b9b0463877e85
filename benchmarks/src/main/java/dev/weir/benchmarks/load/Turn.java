package dev.weir.benchmarks.load;

import dev.weir.benchmarks.load.Measurement.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One server's turn under load, with all connections open: estimate, climb the ladder of offered
 * rates, and at the end, as often as asked, the best of them and the flood. Used by one thread,
 * which waits meanwhile.
 *
 * <p>The estimate is taken anew in every turn, because the machine is not equally fast all the
 * time.
 */
final class Turn {
  private static final Duration CALM = Duration.ofSeconds(2);
  private static final int SETTLE_TRIES = 10;

  /** Below this part of the calm rate a server still works on what was asked before. */
  private static final double SETTLED = 0.7;

  /** Once good answers fell to this part of the best step, more load does not raise them again. */
  private static final double BEYOND_PEAK = 0.7;

  private final Rig rig;
  private final ServerProcess server;
  private final List<ServerProcess> rivals;
  private final Requests requests;
  private final Plan plan;
  private final int pair;
  private final Consumer<Measurement> live;
  private int step;

  /**
   * @param rivals the servers that should be idle meanwhile
   * @param live told about every stage when it is over
   */
  Turn(
      Rig rig,
      ServerProcess server,
      List<ServerProcess> rivals,
      Requests requests,
      Plan plan,
      int pair,
      Consumer<Measurement> live) {
    this.rig = rig;
    this.server = server;
    this.rivals = List.copyOf(rivals);
    this.requests = requests;
    this.plan = plan;
    this.pair = pair;
    this.live = live;
  }

  /**
   * Runs it.
   *
   * @param floods each follows the best rate offered once more, for comparison: a machine is not
   *     equally fast for long
   * @return all stages in their order
   * @throws LoadException if the server does not take the connections, or answers nothing when calm
   */
  List<Measurement> run(int floods) throws InterruptedException {
    ConnectionPool<Connection> pool = rig.open(server.address(), plan.connections());
    try {
      double calmPerSecond = calmPerSecond(pool);
      if (calmPerSecond <= 0) {
        throw new LoadException(server.name() + " answers nothing even under calm load");
      }
      List<Measurement> stages = new ArrayList<>(climb(pool, calmPerSecond));
      Measurement best =
          stages.stream().max(Comparator.comparingDouble(Measurement::goodPerSecond)).orElseThrow();
      double floodPerSecond = plan.overload() * best.goodPerSecond();
      for (int flood = 1; flood <= floods; flood++) {
        stages.add(measure(pool, Role.REFERENCE, best.factor(), best.offeredPerSecond()));
        stages.add(measure(pool, Role.FLOOD, plan.overload(), floodPerSecond));
        if (flood < floods) {
          settle(pool, calmPerSecond);
        }
      }
      return stages;
    } finally {
      rig.close(pool);
    }
  }

  private List<Measurement> climb(ConnectionPool<Connection> pool, double calmPerSecond)
      throws InterruptedException {
    List<Measurement> steps = new ArrayList<>();
    for (double factor : plan.ladder()) {
      Measurement last = measure(pool, Role.STEP, factor, factor * calmPerSecond);
      steps.add(last);
      settle(pool, calmPerSecond);
      if (last.goodPerSecond() < BEYOND_PEAK * Comparison.peak(steps)) {
        break;
      }
    }
    return steps;
  }

  private Measurement measure(
      ConnectionPool<Connection> pool, Role role, double factor, double perSecond)
      throws InterruptedException {
    Stage stage = plan.stage(perSecond, pair, step++);
    int open = rig.openNow(pool);
    System.gc(); // now, so that there is none while the stage lasts
    CompletableFuture<Tally> running = rig.start(pool, requests, stage);
    TimeUnit.NANOSECONDS.sleep(stage.leadIn().toNanos());
    Usage before = Usage.now(server, rivals);
    TimeUnit.NANOSECONDS.sleep(stage.counted().toNanos());
    Usage.Share cpu = Usage.now(server, rivals).since(before);
    Tally tally = rig.result(running, stage);
    Measurement measurement =
        Measurement.of(
            new Measurement.Label(server.name(), pair, role, factor), stage, tally, cpu, open);
    live.accept(measurement);
    return measurement;
  }

  /** Waits, for a bounded time, until what an overload left behind in the server is done. */
  private void settle(ConnectionPool<Connection> pool, double calmPerSecond)
      throws InterruptedException {
    for (int i = 0; i < SETTLE_TRIES; i++) {
      if (calmPerSecond(pool) >= SETTLED * calmPerSecond) {
        return;
      }
    }
  }

  private double calmPerSecond(ConnectionPool<Connection> pool) throws InterruptedException {
    return rig.calm(new Http1(rig, pool, requests), Long.MAX_VALUE, CALM).goodPerSecond();
  }
}
