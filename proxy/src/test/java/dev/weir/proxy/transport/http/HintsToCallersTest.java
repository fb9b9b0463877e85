package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.Step;
import dev.weir.proxy.transport.FakeApplication;
import dev.weir.proxy.transport.NoLeaks;
import dev.weir.proxy.transport.http.RawClient.Response;
import dev.weir.routing.Rendered;
import dev.weir.routing.Rendered.Media;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What answers tell beside the answer. */
@ExtendWith(NoLeaks.class)
final class HintsToCallersTest {

  private static final String ROUTE = "/route?point=1,2&point=3,4&profile=car";

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
  @CsvSource({
    "-5, BATCH, 0.00, all",
    "4, SHEDDABLE, 0.00, sheddable",
    "99, DEFAULT, 0.95, default",
    "100, CRITICAL, 1.00, critical",
    "130, , 1.25, none",
    "1000000, BATCH, 10.00, all"
  })
  void tellOfTheLoadInSteps(int percent, @Nullable Priority lowest, String load, String admission)
      throws Exception {
    server.load.percent = percent;
    server.load.lowest = lowest;
    server.application.refuseWith(new Refusal(Reason.QUEUE_FULL, Duration.ofSeconds(1)));

    Response refused = get(ROUTE);
    assertEquals(503, refused.status());
    assertEquals(load, refused.header("x-weir-load"));
    assertEquals(admission, refused.header("x-weir-admission"));

    server.application.refuseWith(null);
    server.application.answerWith(Media.JSON, "{}");
    Response answered = get(ROUTE);
    assertEquals(200, answered.status());
    assertEquals(load, answered.header("x-weir-load"));
    assertEquals(admission, answered.header("x-weir-admission"));
  }

  @Test
  void whatIsNotComputedSaysNothingOfTheLoad() throws Exception {
    assertNull(get("/info").header("x-weir-load"));
    assertNull(get("/health").header("x-weir-load"));
    assertNull(get("/nothing").header("x-weir-load"));
  }

  @Test
  void tellWhatTheyDoWithoutInTheOrderOfTheSteps() throws Exception {
    server.application.answerWith(
        new Reply.Routed(
            new Rendered(Media.JSON, "{}".getBytes(UTF_8), 1),
            EnumSet.of(Step.OUTPUT, Step.ALTERNATIVES)));

    Response answered = get(ROUTE);
    assertEquals("alternatives, output", answered.header("x-weir-degraded"));
    assertEquals("X-Weir-Degraded", answered.header("access-control-expose-headers"));
  }

  @Test
  void sayNothingOfWhatIsAsAskedFor() throws Exception {
    server.application.answerWith(Media.JSON, "{}");

    assertNull(get(ROUTE).header("x-weir-degraded"));
  }

  @Test
  void doNotGuessWhatAPriorityMeans() throws Exception {
    Response response = get(ROUTE, "X-Weir-Priority: urgent");

    assertEquals(400, response.status());
    assertTrue(
        response.body().contains("must be one of critical, default, sheddable, batch"),
        response.body());
  }

  @Test
  void handOverWhatACallerClaims() throws Exception {
    try (RawClient client = server.client()) {
      client.post("/route?key=none", "{}".getBytes(UTF_8), "X-API-Key: abc", "X-Weir-User: me");

      FakeApplication.Visit visit = server.application.next();
      assertEquals("abc", visit.call().caller().credential());
      assertEquals("me", visit.call().caller().user());
      visit.sink().reply(new Reply.Routed(new Rendered(Media.JSON, "{}".getBytes(UTF_8), 1)));
      assertEquals(List.of(200), List.of(client.receive().status()));
    }
  }
}
