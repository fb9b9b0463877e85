package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.Standing;
import dev.weir.proxy.path.Standing.Allowance;
import dev.weir.proxy.transport.FrameClient;
import dev.weir.proxy.transport.NoLeaks;
import dev.weir.proxy.transport.http.RawClient.Response;
import dev.weir.routing.Legs;
import dev.weir.routing.Rendered.Media;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tenants are told of their quotas. */
@ExtendWith(NoLeaks.class)
final class QuotaHeadersTest {

  private static final String ROUTE = "/route?point=1,2&point=3,4&profile=car";
  private static final Allowance SECOND = new Allowance(1_000, 10, 250, 8);
  private static final Allowance DAY = new Allowance(5_000_000, 86_400, 4_321_000, 64_305);

  private final TestServer server = new TestServer();

  @AfterEach
  void stop() {
    server.close();
  }

  private Response get(String target) throws Exception {
    try (RawClient client = server.client()) {
      return client.get(target).receive();
    }
  }

  private static void assertTold(Response response) {
    assertEquals(
        "\"second\";q=1000;w=10;qu=\"cost-units\", \"day\";q=5000000;w=86400;qu=\"cost-units\"",
        response.header("ratelimit-policy"));
    assertEquals("\"second\";r=250;t=8, \"day\";r=4321000;t=64305", response.header("ratelimit"));
    assertEquals("5000000", response.header("x-ratelimit-limit"));
    assertEquals("4321000", response.header("x-ratelimit-remaining"));
    assertEquals("64305", response.header("x-ratelimit-reset"));
  }

  @Test
  void everyAnswerAndEveryRefusalSaysWhatIsLeft() throws Exception {
    server.application.standWith(new Standing(SECOND, DAY));
    server.application.answerWith(Media.JSON, "{}");

    assertTold(get(ROUTE));
    assertTold(get("/v1/quotes"));
    Response invalid = get("/v1/profiles/car/route");
    assertEquals(400, invalid.status());
    assertTold(invalid);
    server.application.refuseWith(new Refusal(Reason.QUEUE_FULL, Duration.ofSeconds(1)));
    Response refused = get(ROUTE);
    assertEquals(503, refused.status());
    assertTold(refused);
    assertEquals("0.00", refused.header("x-weir-load"));
  }

  @Test
  void theSameIsSaidOverHttp2() throws Exception {
    server.application.standWith(new Standing(SECOND, DAY));
    server.application.answerWith(Media.JSON, "{}");
    try (FrameClient client = new FrameClient(server.server.port()).greet()) {
      FrameClient.Response answered = client.get(ROUTE);
      assertEquals(200, answered.status());
      assertEquals(
          "\"second\";r=250;t=8, \"day\";r=4321000;t=64305", answered.headers().get("ratelimit"));
      assertEquals("4321000", answered.headers().get("x-ratelimit-remaining"));

      server.application.refuseWith(
          new Refusal(Reason.QUOTA_EXHAUSTED, Duration.ofMillis(64_304_500)));
      FrameClient.Response refused = client.get(ROUTE);
      assertEquals(429, refused.status());
      assertEquals("64305", refused.headers().get("x-ratelimit-reset"));
    }
  }

  @Test
  void aStreamSaysItAtItsHead() throws Exception {
    server.application.standWith(new Standing(SECOND, null));
    server.application.answerWith(
        new Reply.Routed(new Legs(List.of(new Legs.Leg(1_234.5, 98_765)), 1)));
    try (RawClient client = server.client()) {
      byte[] body =
          ("{\"origins\":[{\"latitude\":1,\"longitude\":2}],"
                  + "\"destinations\":[{\"latitude\":3,\"longitude\":4}]}")
              .getBytes(UTF_8);
      client.post("/v1/profiles/car/matrix:stream", body);
      Response head = client.receive(false);
      assertEquals(200, head.status());
      assertEquals("\"second\";r=250;t=8", head.header("ratelimit"));
      assertTrue(client.chunks().contains("1234.5"));
    }
  }

  @Test
  void aQuotaOfOneKindIsToldOfAlone() throws Exception {
    server.application.answerWith(Media.JSON, "{}");

    server.application.standWith(new Standing(SECOND, null));
    Response second = get(ROUTE);
    assertEquals("\"second\";r=250;t=8", second.header("ratelimit"));
    assertNull(second.header("x-ratelimit-limit"));
    server.application.standWith(new Standing(null, DAY));
    Response day = get(ROUTE);
    assertEquals("\"day\";r=4321000;t=64305", day.header("ratelimit"));
    assertEquals("4321000", day.header("x-ratelimit-remaining"));
  }

  @Test
  void whoHasNoQuotaIsToldOfNone() throws Exception {
    server.application.answerWith(Media.JSON, "{}");

    Response response = get(ROUTE);
    assertNull(response.header("ratelimit"));
    assertNull(response.header("ratelimit-policy"));
    assertNull(response.header("x-ratelimit-limit"));
    assertNull(response.header("access-control-expose-headers"));
  }

  @ParameterizedTest
  @ValueSource(strings = {ROUTE, ROUTE + "&type=gpx", "/v1/profiles/car/route"})
  void whoHasNothingLeftForTodayIsAskedBackTomorrow(String target) throws Exception {
    server.application.standWith(new Standing(null, DAY));
    server.application.refuseWith(
        new Refusal(Reason.QUOTA_EXHAUSTED, Duration.ofMillis(64_304_500)));

    Response refused = get(target);
    assertEquals(429, refused.status());
    int after = Integer.parseInt(String.valueOf(refused.header("retry-after")));
    assertTrue(after >= 64_305 && after < 64_365, () -> after + " s");
    assertEquals("\"day\";r=4321000;t=64305", refused.header("ratelimit"));
    assertTrue(refused.body().contains(String.valueOf(after)), refused.body());
    assertTrue(refused.body().toLowerCase(Locale.ROOT).contains("quota_exhausted"));
  }

  @Test
  void theBodyOfWhoHasNothingLeftIsNotReadAndTheConnectionGoesOn() throws Exception {
    server.application.refuseWith(new Refusal(Reason.QUOTA_EXHAUSTED, Duration.ofSeconds(2)));
    try (RawClient client = server.client()) {
      Response refused = client.post("/route", new byte[10_000]).receive();
      assertEquals(429, refused.status());
      int after = Integer.parseInt(String.valueOf(refused.header("retry-after")));
      assertTrue(after >= 2 && after <= 3, () -> after + " s");
      assertEquals("OK", client.get("/health").receive().body());
    }
    assertTrue(!server.application.hasArrivals());
  }

  @Test
  void nobodyHearsOfTheQuotaOfWhoAskedBeforeOnTheSameConnection() throws Exception {
    server.application.standWith(new Standing(SECOND, null));
    server.application.answerWith(Media.JSON, "{}");
    try (RawClient client = server.client()) {
      assertEquals(
          "\"second\";r=250;t=8", client.get(ROUTE + "&key=one").receive().header("ratelimit"));
      assertNull(client.get("/health").receive().header("ratelimit"));
      assertNull(client.get(ROUTE, "X-Weir-Priority: urgent").receive().header("ratelimit"));
      byte[] body = "{}".getBytes(UTF_8);
      assertNull(client.post("/nothing", body).receive().header("ratelimit"));
    }
  }
}
