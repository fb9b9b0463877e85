package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.transport.NoLeaks;
import dev.weir.proxy.transport.http.RawClient.Response;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What callers hear who are not served. */
@ExtendWith(NoLeaks.class)
final class RefusalTest {

  private static final Refusal FULL = new Refusal(Reason.QUEUE_FULL, Duration.ofMillis(1_200));

  private final TestServer server = new TestServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void tellsWhenToComeBackInAFormThatClientsRead() throws Exception {
    server.application.refuseWith(FULL);
    try (RawClient client = server.client()) {
      Response response = client.get("/route").receive();

      assertEquals("HTTP/1.1 503 Service Unavailable", response.statusLine());
      assertTrue(List.of("2", "3").contains(response.header("retry-after")));
      assertEquals("*", response.header("access-control-allow-origin"));
      assertEquals(
          "{\"message\":\"The server is at capacity.\",\"hints\":[{\"message\":\"The server is at"
              + " capacity.\",\"reason\":\"queue_full\","
              + "\"retry_after_ms\":N}]}",
          response.body().replaceAll("(2000|2500|3000)", "N"));
      assertFalse(server.application.hasArrivals());
      assertEquals(503, client.get("/nearest").receive().status());
    }
  }

  @Test
  void tellsItAsGpxToThoseWhoAskedForGpx() throws Exception {
    server.application.refuseWith(FULL);
    try (RawClient client = server.client()) {
      Response response = client.get("/route?type=gpx").receive();

      assertEquals("application/gpx+xml", response.header("content-type"));
      assertTrue(
          response
              .body()
              .replaceAll("(2000|2500|3000)", "N")
              .contains(
                  "<error message=\"The server is at capacity.\""
                      + " reason=\"queue_full\" retry_after_ms=\"N\"/>"));
    }
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void hasAStatusForEveryReason(Reason reason) throws Exception {
    try (RawClient client = server.client()) {
      client.get("/route");
      server.application.next().sink().reply(new Reply.Refused(new Refusal(reason, Duration.ZERO)));

      Response response = client.receive();

      int expected =
          switch (reason) {
            case KEY_REQUIRED, TOKEN_INVALID -> 401;
            case OVER_SHARE, QUOTA_EXHAUSTED, TOO_MANY_FAILURES -> 429;
            case EXPIRED_IN_QUEUE, TOO_LATE -> 504;
            case TOKENS_UNVERIFIABLE,
                QUEUE_FULL,
                DEADLINE_UNREACHABLE,
                OVER_CAPACITY,
                OVER_BUDGET,
                ENGINE_UNWELL,
                SLOW_READERS,
                DRAINING ->
                503;
          };
      assertEquals(expected, response.status());
      assertTrue(response.body().contains("\"reason\":\"" + reason.code() + "\""));
      boolean asksBack = expected == 503 || expected == 429;
      assertEquals(asksBack, response.header("retry-after") != null);
    }
  }

  @Test
  void doesNotReadTheBodyOfARefusedRequestButKeepsTheConnection() throws Exception {
    server.application.refuseWith(FULL);
    try (RawClient client = server.client()) {
      assertEquals(503, client.post("/route", new byte[10_000]).receive().status());
      assertEquals("OK", client.get("/health").receive().body());
    }
  }

  @Test
  void answersBeforeTheBodyIsThere() throws Exception {
    server.application.refuseWith(FULL);
    try (RawClient client = server.client()) {
      client.head("POST /route HTTP/1.1", "Content-Type: application/json", "Content-Length: 2");
      assertEquals(503, client.receive().status());
      assertEquals("OK", client.send("{}").get("/health").receive().body());
    }
  }

  @Test
  void closesRatherThanReadALargeBodyForNothing() throws Exception {
    server.application.refuseWith(FULL);
    try (RawClient client = server.client()) {
      Response response = client.post("/route", new byte[200_000]).receive();

      assertEquals(503, response.status());
      assertEquals("close", response.header("connection"));
      client.finishSending();
      assertTrue(client.closed());
    }
  }

  @Test
  void closesRatherThanReadAnEndlessBodyForNothing() throws Exception {
    server.application.refuseWith(FULL);
    try (RawClient client = server.client()) {
      client.head(
          "POST /route HTTP/1.1", "Content-Type: application/json", "Transfer-Encoding: chunked");
      assertEquals(503, client.receive().status());
      client.send(("2000\r\n" + "x".repeat(0x2000) + "\r\n").repeat(9));

      assertTrue(client.closed());
    }
  }

  @Test
  void doesNotInviteABodyItWillNotRead() throws Exception {
    server.application.refuseWith(FULL);
    try (RawClient client = server.client()) {
      client.head(
          "POST /route HTTP/1.1",
          "Content-Type: application/json",
          "Content-Length: 2",
          "Expect: 100-continue");
      Response response = client.receive();

      assertEquals(503, response.status());
      assertEquals("close", response.header("connection"));
    }
  }

  @Test
  void refusesAFloodOnOneConnectionInOrder() throws Exception {
    server.application.refuseWith(FULL);
    try (RawClient client = server.client()) {
      byte[] flood =
          "GET /route HTTP/1.1\r\nHost: a\r\n\r\nGET /health HTTP/1.1\r\nHost: a\r\n\r\n"
              .repeat(50)
              .getBytes(UTF_8);
      for (int i = 0; i < 10; i++) {
        client.send(flood);
      }

      for (int i = 0; i < 500; i++) {
        assertEquals(503, client.receive().status());
        assertEquals(200, client.receive().status());
      }
    }
  }

  @Test
  void sendsNoBodyToHead() throws Exception {
    server.application.refuseWith(FULL);
    try (RawClient client = server.client()) {
      Response response = client.head("HEAD /route HTTP/1.1").receive(false);

      assertEquals(503, response.status());
      assertNull(response.header("vary"));
      assertEquals("OK", client.get("/health").receive().body());
    }
  }
}
