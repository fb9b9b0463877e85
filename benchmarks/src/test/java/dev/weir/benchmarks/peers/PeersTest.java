package dev.weir.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.benchmarks.peers.Peer.Candidate;
import dev.weir.benchmarks.peers.Peer.Ground;
import dev.weir.benchmarks.sim.Workload;
import dev.weir.proxy.path.Priority;
import dev.weir.routing.EngineSettings;
import dev.weir.routing.EngineSettings.Caps;
import dev.weir.routing.EngineSettings.Elevation;
import dev.weir.routing.EngineSettings.ProfileSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever takes part ends every call that it is offered, once. */
final class PeersTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final int PROCESSORS = 2;

  private static final EngineSettings SETTINGS =
      new EngineSettings(
          Path.of("town.osm"),
          Path.of("graph"),
          List.of(
              new ProfileSettings(
                  "car", List.of("car.json"), false, -1, true, false, Caps.DEFAULT)),
          List.of(),
          0,
          List.of(),
          Elevation.NONE,
          false,
          1);

  @TempDir private static Path logs;

  @BeforeAll
  static void keepTheHomeClean() {
    Sentinel.logTo(logs);
  }

  static List<Candidate> candidates() {
    return Candidates.all(SETTINGS, Questions.measured(SpinningEngine.of(1_000), 1));
  }

  private static Ask ask(SpinningEngine engine, Duration deadline, Ledger ledger) {
    return ask(engine, 0, deadline, ledger);
  }

  private static Ask ask(SpinningEngine engine, int tenant, Duration deadline, Ledger ledger) {
    long nowNanos = System.nanoTime();
    Ask ask =
        new Ask(
            new Question(SpinningEngine.query(), 0, 1_000),
            Priority.DEFAULT,
            tenant,
            0,
            nowNanos,
            nowNanos + deadline.toNanos(),
            engine,
            false,
            ledger);
    ledger.offered(ask);
    return ask;
  }

  /** Of what is due within the next hours. */
  private static Ledger ledger() {
    long nowNanos = System.nanoTime();
    return new Ledger(nowNanos, nowNanos + Duration.ofHours(2).toNanos());
  }

  private static void awaitOpen(Ledger ledger, long most) {
    while (ledger.open() > most) {
      Thread.onSpinWait();
    }
  }

  private static Row row(Ledger ledger) {
    return ledger.row(new Row.Stage("", "", "", 1, 1), 1, PROCESSORS);
  }

  @ParameterizedTest
  @MethodSource("candidates")
  void answersWhatThereIsRoomFor(Candidate candidate) {
    SpinningEngine engine = SpinningEngine.of(1_000);
    Ledger ledger = ledger();
    try (Peer peer = candidate.open().apply(new Ground(engine, PROCESSORS, LONG, false))) {
      for (int i = 0; i < 20; i++) {
        peer.offer(ask(engine, LONG, ledger));
        awaitOpen(ledger, 0);
      }
    }
    // The library may not have counted the last call out when the next one comes.
    assertTrue(row(ledger).goodPerSecond() >= 10, candidate.name());
  }

  @ParameterizedTest
  @MethodSource("candidates")
  void endsEveryCallOfAFlood(Candidate candidate) {
    CountDownLatch gate = new CountDownLatch(1);
    SpinningEngine engine = new SpinningEngine(1_000, gate);
    Duration deadline = Duration.ofMillis(200);
    Ledger ledger = ledger();
    int offered = 1_000;
    try (Peer peer = candidate.open().apply(new Ground(engine, PROCESSORS, deadline, true))) {
      List<Ask> asks = new ArrayList<>();
      for (int i = 0; i < offered; i++) {
        Ask ask = ask(engine, deadline, ledger);
        asks.add(ask);
        peer.offer(ask);
      }
      gate.countDown();
      awaitOpen(ledger, 0);
      Row row = row(ledger);
      assertEquals(offered, row.classes().getFirst().offered());
      asks.forEach(Ask::refuse);
      assertEquals(0, ledger.open(), "an end after the end must not count");
    }
  }

  @Test
  void theNewestCallGoesFirst() throws InterruptedException {
    CountDownLatch gate = new CountDownLatch(1);
    SpinningEngine engine = new SpinningEngine(0, gate);
    Ledger ledger = ledger();
    try (Peer peer = new NewestFirst(1)) {
      peer.offer(ask(engine, Duration.ZERO, ledger));
      Ask good = ask(engine, LONG, ledger);
      peer.offer(good);
      gate.countDown();
      awaitOpen(ledger, 0);
    }
    Row row = row(ledger);
    assertEquals(1, row.goodPerSecond());
    assertEquals(0.5, row.refusedPart());
  }

  @Test
  void aCallThatIsAnsweredLateIsNotGood() {
    SpinningEngine engine = SpinningEngine.of(1_000_000);
    Ledger ledger = ledger();
    assertFalse(ask(engine, Duration.ofNanos(1_000), ledger).compute());
    assertTrue(ask(engine, LONG, ledger).compute());
    Row row = row(ledger);
    assertEquals(1, row.goodPerSecond());
    assertEquals(0, row.refusedPart());
  }

  @Test
  void whatIsDueAfterTheCountedTimeKeepsAContestantBusyAndIsNotCounted() {
    long nowNanos = System.nanoTime();
    Ledger ledger = new Ledger(nowNanos - 1, nowNanos);
    Ask ask = ask(SpinningEngine.of(1_000), LONG, ledger);
    assertEquals(1, ledger.open());
    assertTrue(ask.compute());
    assertEquals(0, ledger.open());
    assertEquals(0, row(ledger).goodPerSecond());
  }

  @Test
  void theTenantsThatDoNotFloodAreCountedApart() {
    SpinningEngine engine = SpinningEngine.of(1_000);
    Ledger ledger = ledger();
    ask(engine, 0, LONG, ledger).refuse();
    assertEquals(1, row(ledger).meekSuccess(), "only the first was there");
    ask(engine, 1, LONG, ledger).refuse();
    assertTrue(ask(engine, 2, LONG, ledger).compute());
    assertEquals(0.5, row(ledger).meekSuccess());
  }

  @Test
  void everyCandidateGoesThroughAllLoadsInEveryRound() throws InterruptedException {
    SpinningEngine engine = SpinningEngine.of(200_000);
    Questions questions = Questions.measured(engine, 1);
    Duration moment = Duration.ofMillis(50);
    Ground ground = new Ground(engine, PROCESSORS, moment, false);
    double capacity = Capacity.measured(ground, questions, Duration.ofSeconds(1), 1);
    assertTrue(capacity > 0 && Double.isFinite(capacity));
    EngineRun.Plan plan = new EngineRun.Plan(moment, List.of(0.05, 0.1), moment, moment, 2, 1);
    List<Candidate> two =
        Candidates.all(SETTINGS, Questions.measured(SpinningEngine.of(1_000), 1)).stream()
            .filter(c -> c.name().startsWith("helidon"))
            .toList();
    List<Row> heard = new ArrayList<>();
    EngineRun run = new EngineRun(ground, questions, plan, heard::add);
    List<Row> rows = run.run(two, Workload.mixed());
    assertEquals(heard, rows);
    assertEquals(8, rows.size());
    assertEquals(
        List.of(0.05, 0.05, 0.1, 0.1),
        rows.stream().map(row -> row.stage().load()).limit(4).toList());
  }
}
