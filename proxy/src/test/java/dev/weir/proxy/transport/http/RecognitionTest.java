package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.path.Proof;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.transport.FakeApplication.Held;
import dev.weir.proxy.transport.FrameClient;
import dev.weir.proxy.transport.NoLeaks;
import dev.weir.proxy.transport.http.RawClient.Response;
import dev.weir.routing.Rendered.Media;
import io.netty.handler.codec.http2.Http2Headers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests that wait until it is known whose they are. */
@ExtendWith(NoLeaks.class)
final class RecognitionTest {

  private static final String BEARER = "Authorization: Bearer a.b.c";
  private static final Refusal INVALID = new Refusal(Reason.TOKEN_INVALID, Duration.ZERO);

  private final TestServer server = new TestServer();

  @BeforeEach
  void hold() {
    server.application.holdTokens();
    server.application.answerWith(Media.JSON, "{}");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void isServedWhenItsTokenIsVerified() throws Exception {
    try (RawClient client = server.client()) {
      client.get("/route?point=1,2", BEARER);
      Held held = server.application.nextHeld();
      assertEquals("a.b.c", held.caller().credential());
      assertFalse(server.application.hasArrivals());

      held.verified("rider-7");

      assertEquals(200, client.receive().status());
      Proof proof = server.application.next().call().caller().proof();
      assertEquals("rider-7", proof instanceof Proof.Verified token ? token.claim() : "");
    }
  }

  @Test
  void isRefusedWhenItsTokenProvesNothingAndTheConnectionGoesOn() throws Exception {
    try (RawClient client = server.client()) {
      client.post("/route", new byte[1_000], BEARER);
      server.application.nextHeld().refused(INVALID);

      Response refused = client.receive();
      assertEquals(401, refused.status());
      assertEquals("Bearer error=\"invalid_token\"", refused.header("www-authenticate"));
      assertTrue(refused.body().contains("\"reason\":\"token_invalid\""), refused::body);
      assertEquals("OK", client.get("/health").receive().body());
      assertFalse(server.application.hasArrivals());
    }
  }

  @Test
  void keepsTheBodyThatComesMeanwhile() throws Exception {
    byte[] body = "{\"points\":[[7,43],[7,44]]}".repeat(1_000).getBytes(UTF_8);
    try (RawClient client = server.client()) {
      client.post("/route", body, BEARER);
      client.get("/route?point=3,4", BEARER);
      server.application.nextHeld().verified("rider-7");
      assertEquals(200, client.receive().status());

      server.application.nextHeld().verified("rider-8"); // sent ahead
      assertEquals(200, client.receive().status());
    }
  }

  @Test
  void invitesABodyOnlyWhenItIsKnownWhoseItIs() throws Exception {
    try (RawClient client = server.client()) {
      client.head(
          "POST /route HTTP/1.1",
          BEARER,
          "Content-Type: application/json",
          "Content-Length: 2",
          "Expect: 100-continue");
      server.application.nextHeld().verified("rider-7");

      assertEquals(100, client.receive(false).status());
      assertEquals(200, client.send("{}").receive().status());
    }
  }

  @Test
  void whoeverHasGoneIsForgotten() throws Exception {
    Held held;
    try (RawClient client = server.client()) {
      client.get("/route?point=1,2", BEARER);
      held = server.application.nextHeld();
    }
    server.awaitEnd();

    held.verified("rider-7");
    try (RawClient other = server.client()) {
      assertEquals("OK", other.get("/health").receive().body());
    }
    assertFalse(server.application.hasArrivals());
  }

  @Test
  void quotesAreListedToWhoeverTheTokenSays() throws Exception {
    try (RawClient client = server.client()) {
      client.get("/v1/quotes", BEARER);
      server.application.nextHeld().verified("rider-7");
      assertEquals(200, client.receive().status());

      client.get("/v1/quotes", BEARER);
      server.application.nextHeld().refused(INVALID);
      Response refused = client.receive();
      assertEquals(401, refused.status());
      assertTrue(refused.body().contains("\"reason\":\"TOKEN_INVALID\""), refused::body);
    }
  }

  @Test
  void overHttp2OneRequestWaitsAndOthersDoNot() throws Exception {
    try (FrameClient client = new FrameClient(server.server.port()).greet()) {
      Http2Headers head = FrameClient.request("POST", "/route", "authorization", "Bearer a.b.c");
      int id = client.open(head.add("content-type", "application/json"), false);
      client.data(id, "{}".getBytes(UTF_8), true);
      Held held = server.application.nextHeld();
      assertEquals("OK", client.get("/health").body());
      assertFalse(server.application.hasArrivals());

      held.verified("rider-7");

      assertEquals(200, client.receive(id).status());
      Proof proof = server.application.next().call().caller().proof();
      assertEquals("rider-7", proof instanceof Proof.Verified token ? token.claim() : "");
    }
  }
}
