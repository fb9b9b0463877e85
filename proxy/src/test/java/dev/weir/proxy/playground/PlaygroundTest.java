package dev.weir.proxy.playground;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.proxy.Server;
import dev.weir.proxy.TestSettings;
import dev.weir.proxy.config.ApiKey;
import dev.weir.proxy.config.CallersSettings;
import dev.weir.proxy.config.GateSettings;
import dev.weir.proxy.config.Settings;
import dev.weir.proxy.config.TenantSettings;
import dev.weir.proxy.config.Tier;
import dev.weir.proxy.flood.Eventually;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real server with one worker, on the map of Monaco. */
final class PlaygroundTest {

  private static final String TIMING =
      "estimate;dur=\\d+\\.\\d{3}, queue;dur=\\d+\\.\\d{3}, engine;dur=\\d+\\.\\d{3}";
  private static final String POINT = "point=43.7384,7.4246";

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Settings SETTINGS =
      TestSettings.with(
          TestSettings.monaco(), GateSettings.standard().with(gate -> gate.permits = 1));

  private static Server server;

  @BeforeAll
  static void start() throws Exception {
    server = Server.start(SETTINGS, _ -> {});
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> send(Server to, String method, String target)
      throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + to.httpPort() + target);
    HttpRequest request =
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build();
    return CLIENT.send(request, BodyHandlers.ofString());
  }

  private static JsonNode json(String method, String target) throws Exception {
    HttpResponse<String> answer = send(server, method, target);
    assertEquals(200, answer.statusCode(), answer::body);
    return new ObjectMapper().readTree(answer.body());
  }

  @Test
  void itsMapIsThatOfTheLoadedGraph() throws Exception {
    JsonNode roads = json("GET", "/maps/tiles/14/8529/5974").get("roads");
    assertTrue(roads.get("residential").size() > 100, roads::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/route?profile=car&" + POINT + "&point=43.7311,7.4197",
        "/isochrone?profile=car&time_limit=60&" + POINT,
        "/nearest?" + POINT,
        "/v1/profiles/car/route?origin.latitude=43.7384&origin.longitude=7.4246"
            + "&destination.latitude=43.7311&destination.longitude=7.4197"
      })
  void whatIsComputedTellsWhereItsTimeWent(String target) throws Exception {
    Eventually.holds(
        "the only permit is back from the answer before",
        () -> {
          HttpResponse<String> answer = send(server, "GET", target);
          if (answer.statusCode() == 503) {
            return false;
          }
          assertEquals(200, answer.statusCode(), answer::body);
          String timing = answer.headers().firstValue("server-timing").orElse("");
          assertTrue(timing.matches(TIMING), timing);
          return true;
        });
  }

  @Test
  void aFloodShedsWhatIsTooMuchAndCountsAllOfIt() throws Exception {
    assertTrue(json("GET", "/maps/flood").get("available").booleanValue());
    JsonNode begun = json("POST", "/maps/flood?per_second=2000&seconds=2");
    assertTrue(begun.get("running").booleanValue());

    JsonNode over = over();
    assertEquals(4_000, over.get("offered").longValue());
    assertTrue(over.get("good").longValue() > 0, over::toString);
    assertTrue(over.get("answer_p50_ms").doubleValue() > 0, over::toString);
    long refused = sum(over.get("refused"));
    assertTrue(refused > 0, over::toString);
    long others =
        LongStream.of(
                over.get("good").longValue(),
                over.get("late").longValue(),
                over.get("failed").longValue(),
                over.get("unsent").longValue())
            .sum();
    assertEquals(4_000, refused + others, over::toString);
  }

  @Test
  void aFloodCanBeStopped() throws Exception {
    over();
    json("POST", "/maps/flood?per_second=1&seconds=30");
    assertEquals(409, send(server, "POST", "/maps/flood?per_second=1&seconds=1").statusCode());
    json("DELETE", "/maps/flood");
    assertTrue(over().get("offered").longValue() < 30);
  }

  @Test
  void whereCallersNeedAKeyThereIsNoFlood() throws Exception {
    ApiKey key = Objects.requireNonNull(ApiKey.of("a-key-of-riders"));
    TenantSettings riders = new TenantSettings("riders", List.of(key), 1, Tier.DEFAULT);
    CallersSettings known = new CallersSettings(true, Tier.DEFAULT, List.of(riders));
    try (Server strict = Server.start(TestSettings.with(SETTINGS, known), _ -> {})) {
      assertEquals("{\"available\":false}", send(strict, "GET", "/maps/flood").body());
      assertEquals(403, send(strict, "POST", "/maps/flood?per_second=1&seconds=1").statusCode());
    }
  }

  /** The report of the last flood, once it is over. */
  private static JsonNode over() throws Exception {
    Eventually.holds(
        "the flood is over", () -> !json("GET", "/maps/flood").get("running").booleanValue());
    return json("GET", "/maps/flood");
  }

  private static long sum(JsonNode counts) {
    return StreamSupport.stream(counts.spliterator(), false).mapToLong(JsonNode::longValue).sum();
  }
}
