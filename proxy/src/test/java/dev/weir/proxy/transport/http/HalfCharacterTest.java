package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.path.Reply;
import dev.weir.proxy.transport.http.RawClient.Response;
import dev.weir.routing.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * JSON lets callers write half of a surrogate pair, which is no character. What is said of a
 * mistake may repeat it: as a question mark, or as it was written.
 */
final class HalfCharacterTest {

  private static final String SENTENCE = "there is no profile '\ud800'";
  private static final Problem REPEATS_IT =
      new Problem(
          Problem.Kind.ENGINE, SENTENCE, List.of(new Problem.Hint(SENTENCE, null, Map.of())));

  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/route?profile=car&point=1,2&point=3,4",
        "/v1/profiles/car/route?origin.latitude=1&destination.latitude=2"
      })
  void isNoFaultInAnAnswer(String target) throws Exception {
    try (RawClient client = server.client()) {
      client.get(target);
      server.application.next().sink().reply(new Reply.Invalid(REPEATS_IT));

      assertTold(client.receive());
    }
  }

  @Test
  void isNoFaultInAnAnswerByConnect() throws Exception {
    try (RawClient client = server.client()) {
      client.post(
          "/weir.v1.RoutingService/GetRoute",
          "{}".getBytes(UTF_8),
          "Content-Type: application/json");
      server.application.next().sink().reply(new Reply.Invalid(REPEATS_IT));

      assertTold(client.receive());
    }
  }

  private static void assertTold(Response response) {
    assertEquals(400, response.status());
    assertTrue(
        response.body().matches(".*there is no profile '([?]|\\\\uD800)'.*"), response.body());
  }
}
