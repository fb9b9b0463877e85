package dev.weir.proxy.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.path.Answered;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.Spent;
import dev.weir.proxy.transport.FakeApplication.Visit;
import dev.weir.proxy.transport.NoLeaks;
import dev.weir.proxy.transport.http.RawClient.Response;
import dev.weir.routing.Paths;
import dev.weir.routing.Rendered;
import dev.weir.routing.Rendered.Media;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What requests are called, and what is told of them afterwards. */
@ExtendWith(NoLeaks.class)
final class NamesTest {

  private static final String ROUTE = "/route?point=1,2&point=3,4&profile=car";
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "Traceparent: 00-" + TRACE + "-b7ad6b7169203331-01";
  private static final Refusal FULL = new Refusal(Reason.QUEUE_FULL, Duration.ofSeconds(1));
  private static final Reply ROUTED = new Reply.Routed(new Rendered(Media.JSON, new byte[2], 1));

  private final TestServer server = new TestServer();

  @AfterEach
  void stop() {
    server.close();
  }

  private Response get(String target, String... headers) throws Exception {
    try (RawClient client = server.client()) {
      return client.get(target, headers).receive();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ROUTE,
        "/route?type=gpx",
        "/isochrone?point=1,2",
        "/info",
        "/health",
        "/nothing",
        "/mvt",
        "/openapi.json",
        "/v1/quotes",
        "/v1/nothing",
        "/weir.v1.RoutingService/GetRoute"
      })
  void everyAnswerIsCalledAsTheCallerSays(String target) throws Exception {
    server.application.answerWith(ROUTED);
    assertEquals("my-id", get(target, "X-Request-Id: my-id").header("x-request-id"));

    server.application.refuseWith(FULL);
    server.application.disownWith(FULL);
    assertEquals("my-id", get(target, "X-Request-Id: my-id").header("x-request-id"));
  }

  @Test
  void whoSaysNothingIsGivenAnIdEachTime() throws Exception {
    server.application.refuseWith(FULL);
    try (RawClient client = server.client()) {
      String first = client.get(ROUTE).receive().header("x-request-id");
      String second = client.get(ROUTE).receive().header("x-request-id");

      assertNotNull(first);
      assertTrue(first.matches("[0-9a-f]{16}"), first);
      assertNotEquals(first, second);
      assertEquals(first, server.observer.nextAnswer().trace().requestId());
    }
  }

  @Test
  void anIdThatIsNotWellFormedIsNotSentBack() throws Exception {
    String id = get("/health", "X-Request-Id: <script>").header("x-request-id");

    assertNotNull(id);
    assertTrue(id.matches("[0-9a-f]{16}"), id);
  }

  @Test
  void whatCannotBeReadHasAnIdToo() throws Exception {
    try (RawClient client = server.client()) {
      Response response = client.send("GET /route HTTP/1.1\nHost: a\r\n\r\n").receive();

      assertEquals(400, response.status());
      assertNotNull(response.header("x-request-id"));
    }
  }

  @Test
  void itsTraceReachesTheCoreAndIsToldOf() throws Exception {
    try (RawClient client = server.client()) {
      client.get(ROUTE, PARENT);
      Visit visit = server.application.next();
      assertEquals(TRACE, visit.call().trace().traceId());
      visit.sink().spent(new Spent(5, 7));
      visit.sink().reply(ROUTED);
      client.receive();
    }

    Answered answered = server.observer.nextAnswer();
    assertEquals(TRACE, answered.trace().traceId());
    assertEquals(new Spent(5, 7), answered.spent());
    assertNull(answered.reason());
  }

  @Test
  void itsCallerIsToldWhereItsTimeWent() throws Exception {
    try (RawClient client = server.client()) {
      client.get(ROUTE);
      Visit visit = server.application.next();
      visit.sink().spent(new Spent(5_000, 1_234_567_890, 1_070_000_000, null));
      visit.sink().reply(ROUTED);

      assertEquals(
          "estimate;dur=1070.000, queue;dur=0.005, engine;dur=1234.567",
          client.receive().header("server-timing"));

      server.application.answerWith(ROUTED);
      assertNull(client.get(ROUTE).receive().header("server-timing"));
    }
  }

  @Test
  void severalParentsAreNone() throws Exception {
    get("/health", PARENT, PARENT);

    assertNotEquals(TRACE, server.observer.nextAnswer().trace().traceId());
  }

  @Test
  void aRefusalIsToldOfWithItsReasonAndWhoseItWas() throws Exception {
    server.application.refuseWith(FULL);
    try (RawClient client = server.client()) {
      client.get(ROUTE, "X-API-Key: taxi").receive();
      Answered answered = server.observer.nextAnswer();
      assertEquals(Reason.QUEUE_FULL, answered.reason());
      assertNull(answered.spent());
      assertEquals(Identity.of("taxi"), answered.asker().get());

      client.get("/nothing").receive();
      assertNull(server.observer.nextAnswer().asker().get());
    }
  }

  @Test
  void aFaultInAHandlerIsAnsweredAndToldOfOnceAndOthersGoOn() throws Exception {
    IllegalStateException planted = new IllegalStateException("planted");
    try (RawClient other = server.client()) {
      assertEquals(200, other.get("/health").receive().status());
      server.application.failWith(planted);
      Response graphHopper = get(ROUTE, "X-Request-Id: my-id");
      Response contract = get("/v1/profiles/car/route", "X-Request-Id: my-id");
      Response atOnce = get("/v1/quotes", "X-Request-Id: my-id");

      assertEquals(500, graphHopper.status());
      assertEquals("close", graphHopper.header("connection"));
      assertEquals("my-id", graphHopper.header("x-request-id"));
      assertTrue(graphHopper.body().contains("(ID my-id)"), graphHopper.body());
      for (Response response : new Response[] {contract, atOnce}) {
        assertEquals(500, response.status());
        assertTrue(response.body().contains("\"reason\":\"INTERNAL\""), response.body());
        assertTrue(response.body().contains("\"incident\":\"my-id\""), response.body());
      }
      assertEquals(3, server.observer.faults.size());
      assertSame(planted, server.observer.faults.remove().fault());
      assertEquals(200, other.get("/health").receive().status());
    }
  }

  @Test
  void aFaultAfterTheBodyCameIsAnsweredToo() throws Exception {
    try (RawClient client = server.client()) {
      client.head("POST /route HTTP/1.1", "Content-Type: application/json", "Content-Length: 2");
      client.send("{");
      try (RawClient other = server.client()) {
        other.get("/health").receive(); // the loop has taken what there is of the body
      }
      server.application.failWith(new IllegalStateException("planted"));

      assertEquals(500, client.send("}").receive().status());
      assertTrue(client.closed());
    }
  }

  @Test
  void aFaultInWritingAnAnswerIsAnsweredInItsPlace() throws Exception {
    // The path of GraphHopper has no words for structure.
    server.application.answerWith(new Reply.Routed(new Paths(List.of(), 1)));
    try (RawClient client = server.client()) {
      Response response = client.get(ROUTE, "X-Request-Id: my-id").receive();

      assertEquals(500, response.status());
      assertTrue(response.body().contains("(ID my-id)"), response.body());
      assertEquals("my-id", server.observer.faults.remove().trace().requestId());
      assertEquals(200, client.get("/health").receive().status());
    }
  }

  @Test
  void pagesMaySendBoth() throws Exception {
    try (RawClient client = server.client()) {
      Response response = client.head("OPTIONS /route HTTP/1.1").receive();

      String allowed = response.header("access-control-allow-headers");
      assertNotNull(allowed);
      assertTrue(allowed.contains("Traceparent") && allowed.contains("X-Request-Id"), allowed);
    }
  }
}
