package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.proxy.path.Answered;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.Step;
import dev.weir.proxy.path.TransportObserver.Cut;
import dev.weir.proxy.path.TransportObserver.Resource;
import dev.weir.proxy.transport.FakeApplication.Visit;
import dev.weir.proxy.transport.NoLeaks;
import dev.weir.proxy.transport.http.RawClient.Response;
import dev.weir.routing.Coordinate;
import dev.weir.routing.Legs;
import dev.weir.routing.Paths;
import dev.weir.routing.Problem;
import dev.weir.routing.RouteQuery;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several answers to one request by REST over HTTP/1.1. */
@ExtendWith(NoLeaks.class)
final class StreamTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROUTES = "/v1/profiles/car/route:stream";
  private static final String MATRIX = "/v1/profiles/car/matrix:stream";
  private static final byte[] TWO_VARIANTS =
      """
      {"route": {"origin": {"latitude": 43.7, "longitude": 7.4},
                 "destination": {"latitude": 43.8, "longitude": 7.5}},
       "viaPoints": {"locations": [{"latitude": 1, "longitude": 1}, {"latitude": 2, "longitude": 2}]}}
      """
          .getBytes(UTF_8);
  private static final byte[] TWO_ROWS =
      """
      {"origins": [{"latitude": 1}, {"latitude": 2}], "destinations": [{"latitude": 3}]}
      """
          .getBytes(UTF_8);
  private static final Paths.Path PATH =
      new Paths.Path(1_234.5, 98_765, "_p~iF~ps|U", null, List.of(), List.of());
  private static final Reply ANSWER = new Reply.Routed(new Paths(List.of(PATH), 1));
  private static final Reply ROW =
      new Reply.Routed(new Legs(List.of(new Legs.Leg(1_234.5, 98_765)), 1));
  private static final Reply NO_WAY =
      new Reply.Unreachable(Problem.of(Problem.Kind.ENGINE, "no way", null));
  private static final Reply SHED =
      new Reply.Refused(new Refusal(Reason.OVER_CAPACITY, Duration.ofMillis(600)));

  private static final int SMALL_BUFFER = 4_096;

  /** A row of so many cells is more than all buffers between two sockets of one machine hold. */
  private static final int MANY_CELLS = 400_000;

  private static JsonNode json(String text) throws IOException {
    return JSON.readTree(text);
  }

  private static Visit next(TestServer server) throws InterruptedException {
    return server.application.next();
  }

  private static Reply largeRow() {
    return new Reply.Routed(
        new Legs(Collections.nCopies(MANY_CELLS, new Legs.Leg(1_234.5, 98_765)), 1));
  }

  @Test
  void eachAnswerIsALineThatIsSentAsSoonAsItIsThere() throws Exception {
    try (TestServer server = new TestServer();
        RawClient client = server.client()) {
      client.post(ROUTES, TWO_VARIANTS);
      next(server).sink().reply(ANSWER);

      Response head = client.receive(false);
      assertEquals(200, head.status());
      assertEquals("application/x-ndjson", head.header("content-type"));
      assertEquals("chunked", head.header("transfer-encoding"));
      assertNull(head.header("content-length"));
      assertNull(head.header("connection"));
      assertEquals("0.00", head.header("x-weir-load"));
      String first = client.chunk();
      assertTrue(first.endsWith("}\n"), first);
      assertEquals(1_234.5, json(first).at("/route/distanceMeters").doubleValue());

      next(server).sink().reply(NO_WAY);
      Visit last = next(server);
      RouteQuery.Route asked = (RouteQuery.Route) last.call().query().read();
      assertEquals(
          List.of(new Coordinate(43.7, 7.4), new Coordinate(2, 2), new Coordinate(43.8, 7.5)),
          asked.points());
      last.sink().reply(ANSWER);
      String second = client.chunks();
      assertEquals(2, json(second).get("variant").intValue());

      Answered answered = server.observer.nextAnswer();
      assertEquals(Resource.STREAM_ROUTES, answered.resource());
      assertEquals(200, answered.status());
      assertEquals(first.length() + second.length(), answered.bytes());
      assertTrue(server.observer.answers.isEmpty());
      assertEquals("OK", client.get("/health").receive().body());
      assertEquals(0, server.observer.pendingBytes.get());
    }
  }

  @Test
  void eventsAreForWhoeverAsksForThem() throws Exception {
    try (TestServer server = new TestServer();
        RawClient client = server.client()) {
      server.application.answerWith(ROW);
      client.post(MATRIX, TWO_ROWS, "Accept: text/event-stream");

      Response head = client.receive(false);
      assertEquals("text/event-stream", head.header("content-type"));
      assertEquals("no-cache", head.header("cache-control"));
      String events = client.chunks();
      assertTrue(events.startsWith("event: row\nid: 0\ndata: {"), events);
      assertTrue(events.contains("\n\nevent: row\nid: 1\ndata: {\"origin\":1,"), events);
      assertTrue(events.endsWith("}\n\nevent: end\nid: end\ndata: {}\n\n"), events);
    }
  }

  @Test
  void eventsThatTakeLongHaveCommentsInBetween() throws Exception {
    Duration soon = Duration.ofSeconds(2);
    try (TestServer server =
            new TestServer(
                limits ->
                    limits.withTimes(TestServer.LONG, TestServer.LONG, TestServer.LONG, soon));
        RawClient client = server.client()) {
      client.post(MATRIX, TWO_ROWS, "Accept: text/event-stream");
      next(server).sink().reply(ROW);
      assertEquals(200, client.receive(false).status());
      String first = client.chunk();
      assertTrue(first.startsWith("event: row\nid: 0\n"), first);

      assertEquals(":\n\n", client.chunk());
      assertEquals(":\n\n", client.chunk());
      next(server).sink().reply(ROW);
      String rest = client.chunks();
      assertTrue(rest.endsWith("event: end\nid: end\ndata: {}\n\n"), rest);
      assertTrue(client.closed(), "it was idle");
    }
  }

  @Test
  void aPageAsksByQueryAndIsToldToStopWhenItHasSeenTheEnd() throws Exception {
    String query =
        ROUTES
            + "?route.origin.latitude=43.7&route.destination.latitude=43.8&maxAlternatives=2&key=k1";
    try (TestServer server = new TestServer();
        RawClient client = server.client()) {
      client.get(query, "Accept: text/event-stream");
      Visit best = next(server);
      assertEquals("k1", best.call().caller().credential());
      best.sink().reply(ANSWER);
      next(server).sink().reply(new Reply.Routed(new Paths(List.of(PATH, PATH), 1)));
      assertEquals(200, client.receive(false).status());
      String events = client.chunks();
      assertTrue(events.contains("\"variant\":1}\n\nevent: end\n"), events);

      client.get(query, "Accept: text/event-stream", "Last-Event-ID: end");
      Response stop = client.receive();
      assertEquals(204, stop.status());
      assertNull(stop.header("content-length"));
      assertFalse(server.application.hasArrivals());

      client.get(query, "Accept: text/event-stream", "Last-Event-ID: 0");
      next(server).sink().reply(SHED);
      assertEquals(503, client.receive().status());
    }
  }

  @Test
  void anArrayIsForThoseWhoReadJsonOnly() throws Exception {
    try (TestServer server = new TestServer();
        RawClient client = server.client()) {
      server.application.answerWith(ROW);
      client.post(MATRIX, TWO_ROWS, "Accept: application/json");

      assertEquals("application/json", client.receive(false).header("content-type"));
      JsonNode rows = json(client.chunks());
      assertEquals(2, rows.size());
      assertEquals(1, rows.at("/1/origin").intValue());
    }
  }

  @Test
  void whatIsWrongBeforeTheFirstAnswerIsAnErrorLikeAnyOther() throws Exception {
    try (TestServer server = new TestServer();
        RawClient client = server.client()) {
      client.post(ROUTES, TWO_VARIANTS);
      next(server).sink().reply(NO_WAY);
      Response none = client.receive();
      assertEquals(404, none.status());
      assertEquals("application/json", none.header("content-type"));
      assertEquals(5, json(none.body()).get("code").intValue());
      assertEquals(404, server.observer.nextAnswer().status());

      client.post(ROUTES, TWO_VARIANTS);
      next(server).sink().reply(SHED);
      Response shed = client.receive();
      assertEquals(503, shed.status());
      assertTrue(Integer.parseInt(String.valueOf(shed.header("retry-after"))) > 0);

      server.application.answerWith(ROW);
      for (String wrong : List.of("{}", "{\"origins\":[{\"latitude\":91}]}")) {
        client.post(MATRIX, wrong.getBytes(UTF_8));
        Response invalid = client.receive();
        assertEquals(400, invalid.status());
        assertTrue(invalid.body().contains("INVALID_FIELD"), invalid.body());
      }
      client.post(MATRIX, "{".getBytes(UTF_8));
      assertTrue(client.receive().body().contains("MALFORMED"));
    }
  }

  @Test
  void whoIsRefusedByTheHeadIsSoAtOnce() throws Exception {
    try (TestServer server = new TestServer();
        RawClient client = server.client()) {
      server.application.refuseWith(new Refusal(Reason.OVER_SHARE, Duration.ofSeconds(1)));

      assertEquals(429, client.post(MATRIX, TWO_ROWS).receive().status());
      assertFalse(server.application.hasArrivals());
    }
  }

  @Test
  void whatIsWrongAfterTheFirstAnswerIsTheLastLine() throws Exception {
    try (TestServer server = new TestServer();
        RawClient client = server.client()) {
      client.post(MATRIX, TWO_ROWS);
      next(server).sink().reply(ROW);
      assertEquals(200, client.receive(false).status());
      assertEquals(1_234.5, json(client.chunk()).at("/cells/0/distanceMeters").doubleValue());

      next(server).sink().reply(SHED);
      JsonNode error = json(client.chunks()).get("error");
      assertEquals(14, error.get("code").intValue());
      assertEquals("OVER_CAPACITY", error.at("/details/0/reason").textValue());
      assertTrue(error.at("/details/1/retryDelay").textValue().endsWith("s"), error::toString);
      assertEquals(503, server.observer.nextAnswer().status());
      assertEquals("OK", client.get("/health").receive().body());
    }
  }

  @Test
  void alternativesThatThereIsNoRoomForEndTheStreamWithThatReason() throws Exception {
    try (TestServer server = new TestServer();
        RawClient client = server.client()) {
      client.post(
          ROUTES,
          "{\"route\":{\"origin\":{\"latitude\":1},\"destination\":{}},\"maxAlternatives\":3}"
              .getBytes(UTF_8),
          "Accept: text/event-stream");
      next(server).sink().reply(ANSWER);
      next(server)
          .sink()
          .reply(new Reply.Routed(new Paths(List.of(PATH), 3), Set.of(Step.ALTERNATIVES)));

      assertEquals(200, client.receive(false).status());
      String events = client.chunks();
      assertTrue(events.contains("\n\nevent: error\ndata: {\"code\":14,"), events);
      assertFalse(events.contains("event: end"), events);
    }
  }

  @Test
  void aLongQuestionIsReadByAWorkerAndCheckedBeforeItsTurnsAreCounted() throws Exception {
    String places = "{\"latitude\": 5.123456, \"longitude\": 6.123456},".repeat(100);
    String origins = "\"origins\":[" + places.substring(0, places.length() - 1) + "]";
    try (TestServer server = new TestServer();
        RawClient client = server.client()) {
      server.application.answerWith(ROW);
      client.post(MATRIX, ("{" + origins + ",\"destinations\":[{}]}").getBytes(UTF_8));

      assertEquals(200, client.receive(false).status());
      assertEquals(100, client.chunks().lines().count());

      String tooMany = "{" + origins.replace("]", ",{}]") + ",\"destinations\":[{}]}";
      client.post(MATRIX, tooMany.getBytes(UTF_8));
      assertTrue(client.receive().body().contains("\"field\":\"origins\""));
    }
  }

  @Test
  void toCallersOfHttp10TheEndOfTheConnectionIsThatOfTheStream() throws Exception {
    try (TestServer server = new TestServer();
        RawClient client = server.client()) {
      server.application.answerWith(ROW);
      client
          .head(
              "POST " + MATRIX + " HTTP/1.0",
              "Connection: keep-alive",
              "Content-Type: application/json",
              "Content-Length: " + TWO_ROWS.length)
          .send(TWO_ROWS);

      Response head = client.receive(false);
      assertNull(head.header("transfer-encoding"));
      assertEquals("close", head.header("connection"));
      List<String> lines = client.rest().lines().toList();
      assertEquals(2, lines.size());
      assertEquals(1, json(lines.getLast()).get("origin").intValue());
    }
  }

  @Test
  void ofHeadOnlyTheFirstAnswerIsAskedFor() throws Exception {
    try (TestServer server = new TestServer();
        RawClient client = server.client()) {
      server.application.answerWith(ANSWER);
      client.head(
          "HEAD "
              + ROUTES
              + "?route.origin.latitude=1&route.destination.latitude=2&maxAlternatives=2 HTTP/1.1");

      assertEquals(200, client.receive(false).status());
      assertEquals("OK", client.get("/health").receive().body());
      next(server);
      assertFalse(server.application.hasArrivals());
    }
  }

  @Test
  void whoLeavesIsNotComputedForAnyMore() throws Exception {
    try (TestServer server = new TestServer();
        RawClient client = server.client()) {
      client.post(MATRIX, TWO_ROWS);
      next(server).sink().reply(ROW);
      assertEquals(200, client.receive(false).status());
      Visit second = next(server);
      assertFalse(second.sink().abandoned());

      client.close();

      server.awaitEnd();
      assertTrue(second.sink().abandoned());
      second.sink().reply(ROW);
      assertEquals(0, server.observer.pendingBytes.get());
    }
  }

  @Test
  void theNextAnswerIsComputedWhenTheCallerHasRoomForIt() throws Exception {
    try (TestServer server = new TestServer();
        RawClient client = new RawClient(server.server.port(), SMALL_BUFFER)) {
      client.post(MATRIX, TWO_ROWS);
      next(server).sink().reply(largeRow());
      assertEquals(200, client.receive(false).status());
      try (RawClient other = server.client()) {
        assertEquals("OK", other.get("/health").receive().body());
      }
      assertFalse(server.application.hasArrivals());
      assertTrue(server.observer.pendingBytes.get() > MANY_CELLS);

      String first = client.chunk();
      assertEquals(MANY_CELLS, json(first).get("cells").size());
      next(server).sink().reply(ROW);
      assertEquals(1, client.chunks().lines().count());
    }
  }

  @Test
  void aCallerThatReadsNothingIsCutOff() throws Exception {
    Duration soon = Duration.ofMillis(30);
    try (TestServer server =
            new TestServer(
                limits ->
                    limits.withTimes(TestServer.LONG, TestServer.LONG, soon, TestServer.LONG));
        RawClient client = new RawClient(server.server.port(), SMALL_BUFFER)) {
      client.post(MATRIX, TWO_ROWS);
      next(server).sink().reply(largeRow());

      assertEquals(Cut.SLOW_READER, server.observer.nextCut());
      server.awaitEnd();
      assertFalse(server.application.hasArrivals());
      assertEquals(0, server.observer.pendingBytes.get());
    }
  }

  @Test
  void anAnswerThatThereIsNoMemoryForEndsTheStream() throws Exception {
    try (TestServer server = new TestServer(limits -> limits.withPendingBytes(1 << 20));
        RawClient client = server.client()) {
      client.post(MATRIX, TWO_ROWS);
      next(server).sink().reply(ROW);
      assertEquals(200, client.receive(false).status());
      assertEquals(1, client.chunk().lines().count());
      next(server).sink().reply(largeRow());

      JsonNode error = json(client.chunks()).get("error");
      assertEquals("SLOW_READERS", error.at("/details/0/reason").textValue());

      client.post(MATRIX, TWO_ROWS);
      next(server).sink().reply(largeRow());
      assertEquals(503, client.receive().status());
    }
  }

  @Test
  void aServerThatStopsFinishesTheStream() throws Exception {
    try (TestServer server = new TestServer();
        RawClient client = server.client()) {
      client.post(MATRIX, TWO_ROWS);
      next(server).sink().reply(ROW);
      assertEquals(200, client.receive(false).status());
      Visit second = next(server);

      server.server.stopAccepting();

      second.sink().reply(ROW);
      assertEquals(2, client.chunks().lines().count());
      assertTrue(client.closed());
      server.server.drained().get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void requestsThatWereSentAheadWaitForTheEnd() throws Exception {
    try (TestServer server = new TestServer();
        RawClient client = server.client()) {
      client.post(MATRIX, TWO_ROWS).get("/health");
      next(server).sink().reply(ROW);
      assertEquals(200, client.receive(false).status());
      next(server).sink().reply(ROW);

      assertEquals(2, client.chunks().lines().count());
      assertEquals("OK", client.receive().body());
    }
  }
}
