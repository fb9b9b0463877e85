package dev.weir.proxy.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.Step;
import dev.weir.proxy.path.TransportObserver.Resource;
import dev.weir.routing.Areas;
import dev.weir.routing.Coordinate;
import dev.weir.routing.Nearby;
import dev.weir.routing.Paths;
import dev.weir.routing.Problem;
import dev.weir.routing.RouteQuery;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract by REST, as its annotations say. */
final class ContractRestTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROUTE =
      "/v1/profiles/car/route?origin.latitude=43.7&origin.longitude=7.4"
          + "&destination.latitude=43.8&destination.longitude=7.5";
  private static final Paths.Path PATH =
      new Paths.Path(1_234.5, 98_765, "_p~iF~ps|U", null, List.of(), List.of());

  private final TestServer server = new TestServer();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.shutdownNow();
    server.close();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String target) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.server.port() + target));
  }

  private HttpResponse<String> post(String target, String json) throws Exception {
    return send(
        request(target)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    assertEquals("application/json", response.headers().firstValue("Content-Type").orElse(""));
    return JSON.readTree(response.body());
  }

  @Test
  void aGetBindsItsPathAndItsQuery() throws Exception {
    server.application.answerWith(new Reply.Routed(new Paths(List.of(PATH), 1)));

    HttpResponse<String> response =
        send(request(ROUTE + "&search=SEARCH_FLEXIBLE&instructions=true&locale=de&key=k-123456"));

    assertEquals(200, response.statusCode());
    JsonNode route = json(response).get("route");
    assertEquals(1_234.5, route.get("distanceMeters").doubleValue());
    assertEquals("98.765s", route.get("duration").textValue());
    assertEquals("_p~iF~ps|U", route.get("polyline").get("encoded").textValue());
    var call = server.application.next().call();
    RouteQuery.Route asked = (RouteQuery.Route) call.query().read();
    assertEquals("car", asked.profile());
    assertEquals(List.of(new Coordinate(43.7, 7.4), new Coordinate(43.8, 7.5)), asked.points());
    assertEquals("de", asked.locale());
    assertTrue(asked.rendering().instructions());
    assertTrue(call.traits().speedModeOff());
    assertEquals("k-123456", call.caller().credential());
    assertEquals(Resource.GET_ROUTE, server.observer.nextAnswer().resource());
  }

  @Test
  void aPostBindsItsPathAndItsBody() throws Exception {
    server.application.answerWith(new Reply.Routed(new Paths(List.of(PATH), 1)));

    HttpResponse<String> response =
        post(
            "/v1/profiles/bike/route",
            """
            {"origin": {"latitude": 1, "longitude": 2}, "destination": {"latitude": 3},
             "intermediates": [{"latitude": 5, "longitude": 6}], "geometry": "GEOMETRY_NONE"}
            """);

    assertEquals(200, response.statusCode());
    RouteQuery.Route asked = (RouteQuery.Route) server.application.next().call().query().read();
    assertEquals("bike", asked.profile());
    assertEquals(
        List.of(new Coordinate(1, 2), new Coordinate(5, 6), new Coordinate(3, 0)), asked.points());
    assertFalse(asked.rendering().calcPoints());
  }

  @Test
  void aLongBodyIsReadByAWorker() throws Exception {
    server.application.answerWith(new Reply.Routed(new Paths(List.of(PATH), 1)));
    String places = "{\"latitude\": 5.123456, \"longitude\": 6.123456},".repeat(98);
    String body =
        "{\"origin\":{\"latitude\":1},\"destination\":{\"latitude\":2},\"intermediates\":["
            + places.substring(0, places.length() - 1)
            + "]}";

    assertEquals(200, post("/v1/profiles/car/route", body).statusCode());
    RouteQuery.Route asked = (RouteQuery.Route) server.application.next().call().query().read();
    assertEquals(100, asked.points().size());
  }

  @Test
  void isochronesAndRoadsHaveTheirOwnPaths() throws Exception {
    server.application.answerWith(
        new Reply.Routed(new Areas(List.of(List.of(new Areas.Part(List.of("abc")))), 1)));
    JsonNode areas =
        json(
            send(
                request(
                    "/v1/profiles/car/isochrone?center.latitude=1&center.longitude=2&duration=600s")));
    assertEquals("abc", areas.at("/areas/0/parts/0/rings/0/encoded").textValue(), areas::toString);
    RouteQuery.Isochrone asked =
        (RouteQuery.Isochrone) server.application.next().call().query().read();
    assertEquals(600, asked.timeLimitSeconds());

    server.application.answerWith(new Reply.Routed(new Nearby(new Coordinate(3, 4), 5.5, 1)));
    JsonNode near =
        json(send(request("/v1/roads:nearest?location.latitude=3&location.longitude=4")));
    assertEquals(5.5, near.get("distanceMeters").doubleValue());
  }

  @ParameterizedTest
  @CsvSource({
    "origin.latitude=abc, origin.latitude",
    "origin.altitude=1, origin.altitude",
    "nonsense=1, nonsense",
    "origin=1, origin",
    "instructions=yes, instructions",
    "search=SEARCH_MAGIC, search",
    "origin.latitude=91&origin.longitude=0&destination.latitude=1, origin.latitude",
  })
  void whatIsWrongWithAQueryIsSaidByField(String query, String field) throws Exception {
    server.application.answerWith(new Reply.Routed(new Paths(List.of(PATH), 1)));

    HttpResponse<String> response = send(request("/v1/profiles/car/route?" + query));

    assertEquals(400, response.statusCode());
    JsonNode status = json(response);
    assertEquals(3, status.get("code").intValue());
    assertEquals("INVALID_FIELD", detail(status, "ErrorInfo").get("reason").textValue());
    assertTrue(
        detail(status, "BadRequest")
            .get("fieldViolations")
            .findValuesAsText("field")
            .contains(field),
        status::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{",
        "[]",
        "{\"nonsense\":1}",
        "{\"origin\":7}",
        "{\"origin\":{\"latitude\":\"x\"}}"
      })
  void aBodyThatIsNoRequestIsMalformed(String body) throws Exception {
    server.application.answerWith(new Reply.Routed(new Paths(List.of(PATH), 1)));

    HttpResponse<String> response = post("/v1/profiles/car/route", body);

    assertEquals(400, response.statusCode());
    assertEquals("MALFORMED", detail(json(response), "ErrorInfo").get("reason").textValue());
  }

  @Test
  void aRefusalIsAStatusWithTheTimeToComeBack() throws Exception {
    server.application.refuseWith(new Refusal(Reason.OVER_SHARE, Duration.ofMillis(600)));

    HttpResponse<String> response = send(request(ROUTE));

    assertEquals(429, response.statusCode());
    assertTrue(response.headers().firstValue("Retry-After").isPresent());
    JsonNode status = json(response);
    assertEquals(8, status.get("code").intValue());
    assertEquals("OVER_SHARE", detail(status, "ErrorInfo").get("reason").textValue());
    assertTrue(detail(status, "RetryInfo").get("retryDelay").textValue().endsWith("s"));
  }

  @Test
  void noWayIsNotFoundAndLessIsSaidInHeadAndBody() throws Exception {
    server.application.answerWith(
        new Reply.Unreachable(Problem.of(Problem.Kind.ENGINE, "no connection", null)));
    HttpResponse<String> none = send(request(ROUTE));
    assertEquals(404, none.statusCode());
    assertEquals("NO_ROUTE", detail(json(none), "ErrorInfo").get("reason").textValue());

    server.application.answerWith(
        new Reply.Routed(new Paths(List.of(PATH), 1), Set.of(Step.OUTPUT)));
    HttpResponse<String> less = send(request(ROUTE));
    assertEquals("output", less.headers().firstValue("X-Weir-Degraded").orElse(""));
    assertEquals("DEGRADATION_OUTPUT", json(less).get("degradations").get(0).textValue());
  }

  @Test
  void aHeadIsAGetWithoutItsBody() throws Exception {
    server.application.answerWith(new Reply.Routed(new Paths(List.of(PATH), 1)));

    HttpResponse<String> response =
        send(request(ROUTE).method("HEAD", HttpRequest.BodyPublishers.noBody()));

    assertEquals(200, response.statusCode());
    assertEquals("", response.body());
  }

  @Test
  void pathsVerbsAndTypesThatAreNoneHaveAnswersInTheSameForm() throws Exception {
    HttpResponse<String> unknown = send(request("/v1/nothing"));
    assertEquals(404, unknown.statusCode());
    assertEquals(5, json(unknown).get("code").intValue());

    HttpResponse<String> verb = send(request("/v1/roads:nearest").DELETE());
    assertEquals(405, verb.statusCode());
    assertEquals("GET", verb.headers().firstValue("Allow").orElse(""));

    HttpResponse<String> type =
        send(request("/v1/profiles/car/route").POST(BodyPublishers.ofString("{}")));
    assertEquals(415, type.statusCode());
    assertEquals(3, json(type).get("code").intValue());
  }

  @Test
  void anEstimateKeepsGraphHoppersShapeOnItsOwnPaths() throws Exception {
    server.application.answerWith(new Reply.Estimated(15_000, 1_500_000));

    HttpResponse<String> response = send(request("/route?point=1,2&point=3,4"));

    assertEquals(
        "{\"hints\":{\"weir.degraded\":[\"estimate\"]},\"info\":{\"copyrights\":[],\"took\":0},"
            + "\"paths\":[{\"distance\":15000.0,\"time\":1500000,\"transfers\":0}]}",
        response.body());
    assertEquals("estimate", response.headers().firstValue("X-Weir-Degraded").orElse(""));
  }

  private static JsonNode detail(JsonNode status, String type) {
    for (JsonNode detail : status.get("details")) {
      if (detail.get("@type").textValue().endsWith("." + type)) {
        return detail;
      }
    }
    throw new AssertionError("no " + type + " in " + status);
  }
}
