package dev.weir.benchmarks.peers;

import dev.weir.benchmarks.load.Arrivals;
import dev.weir.benchmarks.load.LoadException;
import dev.weir.benchmarks.peers.Peer.Candidate;
import dev.weir.benchmarks.peers.Peer.Ground;
import dev.weir.benchmarks.sim.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Candidates on the real engine, in this process. Each gets the same calls at the same times, from
 * one thread that does not wait for answers. All of them are there from the beginning to the end,
 * and at each load one follows the other within seconds, since a shared machine is a third faster
 * or slower some minutes later. What loads are multiples of is measured anew before each of them;
 * the order of candidates is another one each time. Before anything counts each has practised. Used
 * by one thread, which is the generator.
 */
final class EngineRun {

  static final String WORLD = "engine";

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long POLL_NANOS = Duration.ofMillis(2).toNanos();
  private static final int USERS = 1_000_000;

  private final Ground ground;
  private final Questions questions;
  private final Plan plan;
  private final Consumer<Row> progress;

  /**
   * @param calibration time for which {@link Capacity} is measured before a load
   * @param loads offered, over that capacity
   * @param leadIn time before anything is counted in a stage
   * @param counted time of a stage after that
   */
  record Plan(
      Duration calibration,
      List<Double> loads,
      Duration leadIn,
      Duration counted,
      int rounds,
      long seed) {}

  private record Entry(String name, Peer peer) {}

  EngineRun(Ground ground, Questions questions, Plan plan, Consumer<Row> progress) {
    this.ground = ground;
    this.questions = questions;
    this.plan = plan;
    this.progress = progress;
  }

  /**
   * @param workload whose tiers and tenants the calls are of; what they ask for is real
   */
  List<Row> run(List<Candidate> candidates, Workload workload) throws InterruptedException {
    List<Entry> entries = new ArrayList<>();
    Random order = new Random(plan.seed());
    try {
      candidates.forEach(c -> entries.add(new Entry(c.name(), c.open().apply(ground))));
      practise(entries, workload);
      List<Row> rows = new ArrayList<>();
      for (int round = 1; round <= plan.rounds(); round++) {
        for (double load : plan.loads()) {
          double capacity = Capacity.measured(ground, questions, plan.calibration(), plan.seed());
          Collections.shuffle(entries, order);
          for (Entry entry : entries) {
            var stage = new Row.Stage(WORLD, workload.name(), entry.name(), load, round);
            Row row = stage(entry.peer(), stage, workload, load * capacity);
            progress.accept(row);
            rows.add(row);
          }
        }
      }
      return rows;
    } finally {
      entries.forEach(entry -> entry.peer().close());
    }
  }

  /**
   * A stage of each at the highest load, which does not count: whoever meets a flood for the first
   * time meets it with code that is not compiled and costs that are not learned.
   */
  private void practise(List<Entry> entries, Workload workload) throws InterruptedException {
    double load = Collections.max(plan.loads());
    double capacity = Capacity.measured(ground, questions, plan.calibration(), plan.seed());
    for (Entry entry : entries) {
      stage(
          entry.peer(),
          new Row.Stage(WORLD, workload.name(), entry.name(), load, 0),
          workload,
          load * capacity);
    }
  }

  /**
   * Calls go on to come until the deadline of the last that counts: else whoever keeps many waiting
   * would have the processors for itself at the end, and serve a backlog that nobody adds to.
   */
  private Row stage(Peer peer, Row.Stage stage, Workload workload, double callsPerSecond) {
    long seed = plan.seed() + stage.round();
    Arrivals arrivals = new Arrivals(callsPerSecond, seed);
    SplittableRandom random = new SplittableRandom(seed);
    double[] tiers = workload.tierParts(stage.load());
    long startNanos = System.nanoTime();
    long countFromNanos = startNanos + plan.leadIn().toNanos();
    long countToNanos = countFromNanos + plan.counted().toNanos();
    long untilNanos = countToNanos + ground.deadline().toNanos();
    Ledger ledger = new Ledger(countFromNanos, countToNanos);
    for (long dueNanos = startNanos + arrivals.nextNanos();
        dueNanos - untilNanos < 0;
        dueNanos = startNanos + arrivals.nextNanos()) {
      Ask ask = ask(random, tiers, tenant(random, workload, stage.load()), dueNanos, ledger);
      awaitTime(dueNanos);
      ledger.offered(ask);
      peer.offer(ask);
    }
    awaitEnd(ledger, stage);
    return ledger.row(stage, plan.counted().toNanos() / 1e9, ground.processors());
  }

  private static int tenant(SplittableRandom random, Workload workload, double load) {
    boolean first = random.nextDouble() < workload.firstTenantPart(load);
    return first ? 0 : 1 + random.nextInt(workload.tenants() - 1);
  }

  private Ask ask(
      SplittableRandom random, double[] tiers, int tenant, long dueNanos, Ledger ledger) {
    Question question = questions.draw(random);
    double left = random.nextDouble();
    int tier = 0;
    while (tier < tiers.length - 1 && left >= tiers[tier]) {
      left -= tiers[tier];
      tier++;
    }
    return new Ask(
        question,
        Workload.TIERS.get(tier),
        tenant,
        random.nextInt(USERS),
        dueNanos,
        dueNanos + ground.deadline().toNanos(),
        ground.engine(),
        ground.stopsLate(),
        ledger);
  }

  private static void awaitTime(long dueNanos) {
    for (long left = dueNanos - System.nanoTime(); left > 0; left = dueNanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static void awaitEnd(Ledger ledger, Row.Stage stage) {
    long untilNanos = System.nanoTime() + PATIENCE.toNanos();
    while (ledger.open() > 0) {
      if (System.nanoTime() - untilNanos > 0) {
        throw new LoadException(
            stage.contestant()
                + " has not ended "
                + ledger.open()
                + " calls after their deadlines");
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}
