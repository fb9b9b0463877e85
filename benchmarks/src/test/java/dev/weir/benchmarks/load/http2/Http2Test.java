package dev.weir.benchmarks.load.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.benchmarks.load.ClosedLoop;
import dev.weir.benchmarks.load.LoadException;
import dev.weir.benchmarks.load.Remarks;
import dev.weir.benchmarks.load.Requests;
import dev.weir.benchmarks.load.Rig;
import dev.weir.benchmarks.load.TinyServer;
import dev.weir.benchmarks.load.Wire;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a server of Netty's. */
final class Http2Test {
  private static final List<Requests.Plain> QUESTIONS =
      List.of(
          new Requests.Plain("/route?a", List.of("X-Weir-Priority: batch"), "\"paths\""),
          new Requests.Plain("/isochrone?b", List.of(), "\"polygons\""));
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Rig rig = new Rig(4);

  @AfterEach
  void stop() {
    rig.close();
  }

  /** How a request ended. */
  private record Ended(int status, boolean right, long bytes, Remarks remarks) {}

  private Wire open(TinyHttp2 server, int riders, int perConnection) throws Exception {
    return new Http2(rig, server.address(), riders, perConnection, new Plain(QUESTIONS));
  }

  private CompletableFuture<Ended> ask(Wire wire, int question) {
    CompletableFuture<Ended> ended = new CompletableFuture<>();
    rig.generator()
        .execute(
            () -> {
              Wire.Line line =
                  wire.ask(
                      question,
                      (status, right, bytes, remarks) ->
                          ended.complete(new Ended(status, right, bytes, remarks)));
              if (line == null) {
                ended.completeExceptionally(new IllegalStateException("no rider is free"));
              }
            });
    return ended;
  }

  private static boolean noRiderIsFree(CompletableFuture<Ended> asked) throws Exception {
    try {
      asked.get(30, TimeUnit.SECONDS);
      return false;
    } catch (ExecutionException refused) {
      return true;
    }
  }

  private Ended asked(int question, Function<String, String> answers) throws Exception {
    try (TinyHttp2 server = new TinyHttp2(100, answers);
        Wire wire = open(server, 1, 1)) {
      return ask(wire, question).get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void knowsARightAnswerByItsMark() throws Exception {
    Ended right = asked(0, path -> TinyServer.ROUTE);
    assertEquals(200, right.status());
    assertTrue(right.right());
    assertEquals("{\"hints\":{},\"paths\":[{}]}".length(), right.bytes());
    assertEquals(Remarks.NONE, right.remarks());
    assertEquals(false, asked(1, path -> TinyServer.ROUTE).right());
  }

  @Test
  void hearsWhatIsSaidBesideTheStatus() throws Exception {
    String refusal =
        TinyServer.response(
            "503 Service Unavailable",
            "{\"hints\":[{\"reason\":\"queue_full\"}]}",
            "Retry-After: 3");
    Ended refused = asked(0, path -> refusal);
    assertEquals(503, refused.status());
    assertEquals(new Remarks(3_000, "queue_full", ""), refused.remarks());
    String less = TinyServer.response("200 OK", "{\"paths\":[]}", "X-Weir-Degraded: output");
    assertEquals("output", asked(0, path -> less).remarks().degraded());
  }

  @Test
  void aStreamThatIsRefusedIsARefusal() throws Exception {
    Ended refused = asked(0, path -> TinyHttp2.RESET);
    assertEquals(503, refused.status());
    assertEquals("refused_stream", refused.remarks().reason());
  }

  @Test
  void aConnectionThatIsToldToGoIsReplaced() throws Exception {
    AtomicBoolean told = new AtomicBoolean();
    try (TinyHttp2 server =
            new TinyHttp2(
                100,
                path -> told.compareAndSet(false, true) ? TinyHttp2.GO_AWAY : TinyServer.ROUTE);
        Wire wire = open(server, 1, 1)) {
      assertEquals(200, ask(wire, 0).get(30, TimeUnit.SECONDS).status());
      CompletableFuture<Ended> next = ask(wire, 0);
      for (int tries = 0; noRiderIsFree(next); tries++) { // until the new one has greeted
        assertTrue(tries < 1_000_000, "no new connection");
        next = ask(wire, 0);
      }
      assertEquals(200, next.get(30, TimeUnit.SECONDS).status());
      assertEquals(2, server.connections());
    }
  }

  @Test
  void ridersShareConnectionsAndEachHasOneStreamAtATime() throws Exception {
    try (TinyHttp2 server = new TinyHttp2(3, path -> TinyHttp2.SILENCE);
        Wire wire = open(server, 5, 3)) {
      assertEquals(6, wire.connected());
      assertEquals(2, server.connections());
      for (int i = 0; i < 6; i++) {
        CompletableFuture<Ended> waiting = ask(wire, 0);
        assertTrue(!waiting.isDone());
      }
      CompletableFuture<Ended> seventh = ask(wire, 0);
      assertThrows(Exception.class, () -> seventh.get(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void whoHangsUpIsFreeAgainOnTheSameConnection() throws Exception {
    try (TinyHttp2 server =
            new TinyHttp2(
                100, path -> path.startsWith("/route") ? TinyHttp2.SILENCE : TinyServer.ROUTE);
        Wire wire = open(server, 1, 1)) {
      CompletableFuture<Void> left = new CompletableFuture<>();
      rig.generator()
          .execute(
              () -> {
                Wire.Line line = wire.ask(0, (status, right, bytes, remarks) -> {});
                if (line != null) {
                  line.hangUp();
                }
                left.complete(null);
              });
      left.get(30, TimeUnit.SECONDS);
      assertEquals(200, ask(wire, 1).get(30, TimeUnit.SECONDS).status());
      assertEquals(1, server.left());
      assertEquals(1, server.connections());
    }
  }

  @Test
  void calmLoadGoesOverIt() throws Exception {
    try (TinyHttp2 server = new TinyHttp2(100, path -> TinyServer.ROUTE);
        Wire wire = open(server, 8, 4)) {
      ClosedLoop.Outcome calm = rig.calm(wire, 100, LONG);
      assertEquals(100, calm.answered());
      assertEquals(50, calm.good());
    }
  }

  @Test
  void aServerOfFewStreamsSaysSo() {
    try (TinyHttp2 server = new TinyHttp2(3, path -> TinyServer.ROUTE)) {
      LoadException wrong = assertThrows(LoadException.class, () -> open(server, 8, 4));
      assertEquals("the server takes 3 calls at a time on a connection, not 4", wrong.getMessage());
    }
  }
}
