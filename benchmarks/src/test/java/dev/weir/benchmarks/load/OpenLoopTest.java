package dev.weir.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a real server on loopback. Bounds on times hold however slow the machine is. */
final class OpenLoopTest {
  private static final Requests REQUESTS = Requests.of(List.of("/route?a", "/route?b"));
  private static final Duration LONG = Duration.ofSeconds(60);

  private final Rig rig = new Rig(4);
  private final Generator generator = rig.generator();

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void everyDueRequestGetsExactlyOneVerdict() throws Exception {
    Stage stage = new Stage(400, Duration.ZERO, Duration.ofMillis(300), LONG, LONG, 3);
    Tally tally = run(stage, 64, path -> TinyServer.ROUTE);
    assertEquals(arrivals(stage), tally.due());
    assertEquals(tally.due(), tally.count(Verdict.GOOD) + tally.count(Verdict.NO_CONNECTION));
  }

  @Test
  void theLeadInIsOfferedButNotCounted() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Stage stage = new Stage(400, Duration.ofMillis(200), Duration.ofMillis(200), LONG, LONG, 3);
    Tally tally =
        run(
            stage,
            512,
            path -> {
              asked.incrementAndGet();
              return TinyServer.ROUTE;
            });
    assertTrue(tally.due() < arrivals(stage));
    assertEquals(arrivals(stage), asked.get());
  }

  @Test
  void latencyCountsFromWhenTheRequestWasDueAndNotFromWhenItWasSent() throws Exception {
    Stage stage = new Stage(1_000, Duration.ZERO, Duration.ofMillis(100), LONG, LONG, 5);
    try (TinyServer server = new TinyServer(path -> TinyServer.ROUTE)) {
      ConnectionPool<Connection> pool = open(server, 512);
      CompletableFuture<Void> bothQueued = new CompletableFuture<>();
      generator.execute(bothQueued::join);
      CompletableFuture<Tally> running = new OpenLoop(generator, pool, REQUESTS, stage).run();
      generator.execute(() -> spin(Duration.ofMillis(200)));
      bothQueued.complete(null);
      Tally tally = running.get();
      // everything was due within 100 ms, and could not be sent before 200 ms were over
      assertTrue(tally.sendLag().p50Millis() >= 99, () -> "lag " + tally.sendLag().p50Millis());
      assertTrue(tally.good().p50Millis() >= 99, () -> "latency " + tally.good().p50Millis());
    }
  }

  @Test
  void refusalsHaveTheirOwnLatency() throws Exception {
    Stage stage = new Stage(400, Duration.ZERO, Duration.ofMillis(200), LONG, LONG, 3);
    Tally tally =
        run(stage, 256, path -> path.endsWith("a") ? TinyServer.ROUTE : TinyServer.REFUSAL);
    assertTrue(tally.count(Verdict.REFUSED) > 0);
    assertTrue(tally.refused().p99Millis() > 0);
    assertEquals(arrivals(stage), tally.count(Verdict.REFUSED) + tally.count(Verdict.GOOD));
  }

  @Test
  void answersAfterTheObjectiveAreLate() throws Exception {
    Stage stage =
        new Stage(200, Duration.ZERO, Duration.ofMillis(100), Duration.ofNanos(1), LONG, 3);
    Tally tally = run(stage, 128, path -> TinyServer.ROUTE);
    assertEquals(tally.due(), tally.count(Verdict.LATE));
  }

  @Test
  void aSilentServerLeavesRequestsUnansweredAndThenNoConnectionIsFree() throws Exception {
    Stage stage =
        new Stage(400, Duration.ZERO, Duration.ofMillis(200), LONG, Duration.ofMillis(10), 3);
    Tally tally = run(stage, 8, path -> TinyServer.SILENCE);
    assertEquals(8, tally.count(Verdict.UNANSWERED));
    assertEquals(arrivals(stage) - 8, tally.count(Verdict.NO_CONNECTION));
  }

  @Test
  void aConnectionThatTheServerClosesIsReplaced() throws Exception {
    String last = TinyServer.response("200 OK", "{\"paths\":[]}", "Connection: close");
    Stage stage = new Stage(200, Duration.ZERO, Duration.ofSeconds(3), LONG, LONG, 3);
    try (TinyServer server = new TinyServer(path -> last)) {
      ConnectionPool<Connection> pool = open(server, 4);
      Tally tally = new OpenLoop(generator, pool, REQUESTS, stage).run().get();
      assertTrue(tally.count(Verdict.GOOD) > 4);
      assertEquals(0, tally.count(Verdict.ERROR));
    }
  }

  @Test
  void aConnectionCutWithoutAnswerIsAnError() throws Exception {
    Stage stage = new Stage(200, Duration.ZERO, Duration.ofMillis(100), LONG, LONG, 3);
    Tally tally = run(stage, 128, path -> "HTTP/1.1 200 OK\r\nConnection: close\r\n");
    assertEquals(arrivals(stage), tally.count(Verdict.ERROR));
  }

  private Tally run(Stage stage, int connections, Function<String, String> answers)
      throws Exception {
    try (TinyServer server = new TinyServer(answers)) {
      ConnectionPool<Connection> pool = open(server, connections);
      return new OpenLoop(generator, pool, REQUESTS, stage).run().get();
    }
  }

  private ConnectionPool<Connection> open(TinyServer server, int connections) throws Exception {
    return rig.open(server.address(), connections);
  }

  private static long arrivals(Stage stage) {
    Arrivals arrivals = new Arrivals(stage.perSecond(), stage.seed());
    long count = 0;
    while (arrivals.nextNanos() < stage.length().toNanos()) {
      count++;
    }
    return count;
  }

  private static void spin(Duration time) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < time.toNanos()) {
      Thread.onSpinWait();
    }
  }
}
