package dev.weir.proxy.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.TransportObserver.Resource;
import dev.weir.routing.Paths;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quotes by REST. */
final class RideRestTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RIDE =
      """
      {"profile": "car", "origin": {"latitude": 43.7384, "longitude": 7.4246},
       "destination": {"latitude": 43.7311, "longitude": 7.4197}}
      """;

  private final TestServer server = new TestServer();
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void answer() {
    Paths.Path path = new Paths.Path(10_000, 60_000, null, null, List.of(), List.of());
    server.application.answerWith(new Reply.Routed(new Paths(List.of(path), 1)));
  }

  @AfterEach
  void close() {
    client.shutdownNow();
    server.close();
  }

  private HttpResponse<String> send(String target, HttpRequest.Builder request) throws Exception {
    return client.send(
        request
            .uri(URI.create("http://127.0.0.1:" + server.server.port() + target))
            .timeout(Duration.ofSeconds(20))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> quote(String key) throws Exception {
    return send(
        "/v1/quotes",
        HttpRequest.newBuilder()
            .header("Content-Type", "application/json")
            .header("X-API-Key", key)
            .POST(BodyPublishers.ofString(RIDE)));
  }

  private HttpResponse<String> list(String query) throws Exception {
    return send("/v1/quotes?" + query, HttpRequest.newBuilder());
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    assertEquals("application/json", response.headers().firstValue("Content-Type").orElse(""));
    return JSON.readTree(response.body());
  }

  private static String reason(HttpResponse<String> response) throws Exception {
    return json(response).at("/details/0/reason").textValue();
  }

  @Test
  void aRideHasAFareThatHoldsForAWhile() throws Exception {
    HttpResponse<String> response = quote("one");

    assertEquals(200, response.statusCode());
    JsonNode quote = json(response).get("quote");
    assertEquals(10_000, quote.get("distanceMeters").doubleValue());
    assertEquals("60s", quote.get("duration").textValue());
    assertEquals("2026-11-02T06:13:15Z", quote.get("validUntil").textValue());
    assertEquals(
        JSON.readTree(
            """
            {"low": {"currencyCode": "EUR", "units": "13", "nanos": 850000000},
             "high": {"currencyCode": "EUR", "units": "20", "nanos": 780000000}}
            """),
        quote.get("fare"));
    assertEquals(Resource.QUOTE_RIDE, server.observer.nextAnswer().resource());
  }

  @Test
  void aTenantIsListedItsOwnQuotesPageByPageWithoutAskingTheEngine() throws Exception {
    JsonNode first = json(quote("one")).get("quote");
    quote("two");
    JsonNode second = json(quote("one")).get("quote");
    for (int i = 0; i < 3; i++) {
      server.application.next();
      server.observer.nextAnswer();
    }

    JsonNode newest = json(list("page_size=1&key=one"));
    String token = newest.get("nextPageToken").textValue();
    JsonNode oldest = json(list("pageSize=7&key=one&pageToken=" + token));

    assertEquals(1, newest.get("quotes").size());
    assertEquals(second, newest.at("/quotes/0"));
    assertEquals(1, oldest.get("quotes").size());
    assertEquals(first, oldest.at("/quotes/0"));
    assertFalse(oldest.has("nextPageToken"));
    assertEquals(1, json(list("key=two")).get("quotes").size());
    assertEquals("{}", list("key=three").body());
    assertFalse(server.application.hasArrivals());
    assertEquals(Resource.LIST_QUOTES, server.observer.nextAnswer().resource());

    HttpResponse<String> foreign = list("key=two&page_token=" + token);
    assertEquals(400, foreign.statusCode());
    assertEquals("INVALID_PAGE_TOKEN", reason(foreign));
  }

  @ParameterizedTest
  @CsvSource({
    "page_token=nonsense, INVALID_PAGE_TOKEN",
    "page_token=%00, INVALID_PAGE_TOKEN",
    "page_size=201, INVALID_FIELD",
    "page_size=-1, INVALID_FIELD",
    "page_size=many, INVALID_FIELD",
    "offset=7, INVALID_FIELD",
  })
  void whatIsNoPageIsAnInvalidArgument(String query, String reason) throws Exception {
    HttpResponse<String> response = list(query);

    assertEquals(400, response.statusCode());
    assertEquals(3, json(response).get("code").intValue());
    assertEquals(reason, reason(response));
  }

  @Test
  void aTokenThatIsTooLongIsInvalid() throws Exception {
    assertEquals("INVALID_FIELD", reason(list("page_token=" + "A".repeat(129))));
  }

  @Test
  void anEstimateGivesNoQuote() throws Exception {
    server.application.answerWith(new Reply.Estimated(1_000, 60_000));

    HttpResponse<String> response = quote("one");

    assertEquals(503, response.statusCode());
    assertEquals(14, json(response).get("code").intValue());
    assertEquals("OVER_CAPACITY", reason(response));
    assertTrue(response.headers().firstValue("Retry-After").isPresent());
    assertEquals("{}", list("key=one").body());
  }

  @Test
  void aRefusalForWantOfRoomDoesNotKeepQuotesFromBeingListed() throws Exception {
    server.application.refuseWith(new Refusal(Reason.QUEUE_FULL, Duration.ofSeconds(1)));

    assertEquals(503, quote("one").statusCode());
    assertEquals(200, list("key=one").statusCode());
  }

  @Test
  void whoeverIsUnknownIsToldNothing() throws Exception {
    server.application.disownWith(new Refusal(Reason.KEY_REQUIRED, Duration.ZERO));

    HttpResponse<String> listing = list("");

    assertEquals(401, listing.statusCode());
    assertEquals("KEY_REQUIRED", reason(listing));
    assertEquals(401, quote("one").statusCode());
  }

  @Test
  void otherVerbsAndPrioritiesThatAreNoneAreToldSo() throws Exception {
    HttpResponse<String> verb = send("/v1/quotes", HttpRequest.newBuilder().DELETE());
    assertEquals(405, verb.statusCode());
    assertEquals("GET, POST", verb.headers().firstValue("Allow").orElse(""));

    assertEquals(
        400,
        send("/v1/quotes", HttpRequest.newBuilder().header("X-Weir-Priority", "first"))
            .statusCode());
  }
}
