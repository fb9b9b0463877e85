package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.TransportObserver.Resource;
import dev.weir.proxy.transport.contract.Fault;
import dev.weir.routing.Areas;
import dev.weir.routing.Coordinate;
import dev.weir.routing.Nearby;
import dev.weir.routing.Paths;
import dev.weir.routing.Problem;
import dev.weir.routing.RouteQuery;
import dev.weir.v1.FindNearestRequest;
import dev.weir.v1.FindNearestResponse;
import dev.weir.v1.GetIsochroneRequest;
import dev.weir.v1.GetIsochroneResponse;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.GetRouteResponse;
import dev.weir.v1.ListQuotesRequest;
import dev.weir.v1.ListQuotesResponse;
import dev.weir.v1.Location;
import dev.weir.v1.QuoteRideRequest;
import dev.weir.v1.QuoteRideResponse;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract by the Connect protocol: a POST of one message, and one message or error back. */
final class ConnectTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GET_ROUTE = "/weir.v1.RoutingService/GetRoute";
  private static final GetRouteRequest ROUTE =
      GetRouteRequest.newBuilder()
          .setProfile("car")
          .setOrigin(place(43.7, 7.4))
          .setDestination(place(43.8, 7.5))
          .build();
  private static final String ROUTE_JSON =
      """
      {"profile": "car", "origin": {"latitude": 43.7, "longitude": 7.4},
       "destination": {"latitude": 43.8, "longitude": 7.5}}
      """;
  private static final Reply ANSWER =
      new Reply.Routed(
          new Paths(
              List.of(new Paths.Path(1_234.5, 98_765, "_p~iF~ps|U", null, List.of(), List.of())),
              1));

  private final TestServer server = new TestServer();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.shutdownNow();
    server.close();
  }

  private static Location place(double latitude, double longitude) {
    return Location.newBuilder().setLatitude(latitude).setLongitude(longitude).build();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.server.port() + path))
        .header("Connect-Protocol-Version", "1");
  }

  private HttpRequest.Builder json(String body) {
    return request(GET_ROUTE)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private HttpRequest.Builder proto(String path, byte[] body) {
    return request(path)
        .header("Content-Type", "application/proto")
        .POST(BodyPublishers.ofByteArray(body));
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> response, String name) {
    return String.join(",", response.headers().allValues(name));
  }

  private static JsonNode error(HttpResponse<byte[]> response) throws Exception {
    assertEquals("application/json", header(response, "Content-Type"));
    return JSON.readTree(response.body());
  }

  private static byte[] detail(JsonNode error, String type) {
    for (JsonNode detail : error.get("details")) {
      if (detail.get("type").textValue().equals("google.rpc." + type)) {
        return Base64.getDecoder().decode(detail.get("value").textValue());
      }
    }
    throw new AssertionError("no " + type + " in " + error);
  }

  @Test
  void aRouteIsAskedForInJson() throws Exception {
    server.application.answerWith(ANSWER);

    HttpResponse<byte[]> response = send(json(ROUTE_JSON));

    assertEquals(200, response.statusCode());
    assertEquals("application/json", header(response, "Content-Type"));
    JsonNode route = JSON.readTree(response.body()).get("route");
    assertEquals(1_234.5, route.get("distanceMeters").doubleValue());
    assertEquals("98.765s", route.get("duration").textValue());
    RouteQuery.Route asked = (RouteQuery.Route) server.application.next().call().query().read();
    assertEquals("car", asked.profile());
    assertEquals(List.of(new Coordinate(43.7, 7.4), new Coordinate(43.8, 7.5)), asked.points());
    assertEquals(Resource.GET_ROUTE, server.observer.nextAnswer().resource());
  }

  @Test
  void aRouteIsAskedForInTheBinaryForm() throws Exception {
    server.application.answerWith(ANSWER);

    HttpResponse<byte[]> response = send(proto(GET_ROUTE, ROUTE.toByteArray()));

    assertEquals(200, response.statusCode());
    assertEquals("application/proto", header(response, "Content-Type"));
    GetRouteResponse read = GetRouteResponse.parseFrom(response.body());
    assertEquals(1_234.5, read.getRoute().getDistanceMeters());
    assertEquals(Durations.fromMillis(98_765), read.getRoute().getDuration());
  }

  @Test
  void everyMethodWithOneAnswerIsThere() throws Exception {
    server.application.answerWith(
        new Reply.Routed(new Areas(List.of(List.of(new Areas.Part(List.of("abc")))), 1)));
    GetIsochroneRequest reach =
        GetIsochroneRequest.newBuilder()
            .setProfile("car")
            .setCenter(place(1, 2))
            .setDistanceMeters(500)
            .build();
    HttpResponse<byte[]> areas =
        send(proto("/weir.v1.RoutingService/GetIsochrone", reach.toByteArray()));
    assertEquals(1, GetIsochroneResponse.parseFrom(areas.body()).getAreasCount());

    server.application.answerWith(new Reply.Routed(new Nearby(new Coordinate(3, 4), 5.5, 1)));
    FindNearestRequest near = FindNearestRequest.newBuilder().setLocation(place(3, 4)).build();
    HttpResponse<byte[]> road =
        send(proto("/weir.v1.RoutingService/FindNearest", near.toByteArray()));
    assertEquals(5.5, FindNearestResponse.parseFrom(road.body()).getDistanceMeters());
  }

  @Test
  void whatIsAnsweredFromMemoryReadsItsBodyFirst() throws Exception {
    server.application.answerWith(ANSWER);
    QuoteRideRequest ride =
        QuoteRideRequest.newBuilder()
            .setProfile("car")
            .setOrigin(place(43.7, 7.4))
            .setDestination(place(43.8, 7.5))
            .build();
    QuoteRideResponse quote =
        QuoteRideResponse.parseFrom(
            send(proto("/weir.v1.RideService/QuoteRide", ride.toByteArray())).body());
    server.application.next();
    assertEquals(1_234.5, quote.getQuote().getDistanceMeters());

    String list = "/weir.v1.RideService/ListQuotes";
    ListQuotesRequest page = ListQuotesRequest.newBuilder().setPageSize(1).build();
    byte[] zipped = Deflation.deflate(page.toByteArray());
    HttpRequest.Builder compressed = proto(list, zipped).header("Content-Encoding", "gzip");
    for (HttpRequest.Builder request : List.of(proto(list, page.toByteArray()), compressed)) {
      ListQuotesResponse quotes = ListQuotesResponse.parseFrom(send(request).body());
      assertEquals(List.of(quote.getQuote()), quotes.getQuotesList());
    }
    assertFalse(server.application.hasArrivals());

    ListQuotesRequest forged = page.toBuilder().setPageToken("forged").build();
    HttpResponse<byte[]> mistake = send(proto(list, forged.toByteArray()));
    assertEquals(400, mistake.statusCode());
    assertEquals("invalid_argument", error(mistake).get("code").textValue());
    assertEquals(
        "INVALID_PAGE_TOKEN", ErrorInfo.parseFrom(detail(error(mistake), "ErrorInfo")).getReason());

    try (RawClient raw = server.client()) {
      raw.head(
          "POST " + list + " HTTP/1.1", "Content-Type: application/proto", "Content-Length: 9000");
      assertEquals(400, raw.receive().status());
    }
  }

  @Test
  void aLongBodyIsReadByAWorkerInEitherForm() throws Exception {
    server.application.answerWith(ANSWER);
    UnknownFieldSet newer =
        UnknownFieldSet.newBuilder()
            .addField(
                2_047,
                UnknownFieldSet.Field.newBuilder()
                    .addLengthDelimited(ByteString.copyFrom(new byte[4_000]))
                    .build())
            .build();
    byte[] body = ROUTE.toBuilder().setUnknownFields(newer).build().toByteArray();
    assertEquals(200, send(proto(GET_ROUTE, body)).statusCode());
    RouteQuery.Route asked = (RouteQuery.Route) server.application.next().call().query().read();
    assertEquals(2, asked.points().size());

    String padded = ROUTE_JSON + " ".repeat(4_000);
    assertEquals(200, send(json(padded)).statusCode());
  }

  @Test
  void bodiesAreCompressedByGzipWhereThatIsSaid() throws Exception {
    server.application.answerWith(
        new Reply.Routed(
            new Paths(
                List.of(new Paths.Path(1, 1, "ab".repeat(5_000), null, List.of(), List.of())), 1)));

    HttpResponse<byte[]> response =
        send(
            proto(GET_ROUTE, Deflation.deflate(ROUTE.toByteArray()))
                .header("Content-Encoding", "gzip")
                .header("Accept-Encoding", "gzip,br"));

    assertEquals(200, response.statusCode());
    assertEquals("gzip", header(response, "Content-Encoding"));
    assertTrue(response.body().length < 1_000);
    try (var plain = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
      assertEquals(
          10_000,
          GetRouteResponse.parseFrom(plain.readAllBytes())
              .getRoute()
              .getPolyline()
              .getEncoded()
              .length());
    }
  }

  @Test
  void whatACallClaimsReachesTheCore() throws Exception {
    server.application.answerWith(ANSWER);

    send(
        json(ROUTE_JSON)
            .header("X-Weir-Priority", "sheddable")
            .header("Authorization", "Bearer secret-of-mine")
            .header("X-Weir-User", "u1")
            .header("X-Weir-Accept", "estimate"));

    var caller = server.application.next().call().caller();
    assertEquals(Priority.SHEDDABLE, caller.claimed());
    assertEquals("secret-of-mine", caller.credential());
    assertEquals("u1", caller.user());
    assertTrue(caller.estimateWelcome());
  }

  @Test
  void theTimeoutOfTheProtocolGoesBeforeOursWithinTheMaximum() throws Exception {
    server.application.answerWith(ANSWER);

    send(json(ROUTE_JSON));
    assertEquals(TimeUnit.SECONDS.toNanos(5), server.application.screenedNanos());
    send(json(ROUTE_JSON).header("X-Request-Timeout-Ms", "700"));
    assertEquals(TimeUnit.MILLISECONDS.toNanos(700), server.application.screenedNanos());
    send(
        json(ROUTE_JSON)
            .header("X-Request-Timeout-Ms", "700")
            .header("Connect-Timeout-Ms", "1200"));
    assertEquals(TimeUnit.MILLISECONDS.toNanos(1_200), server.application.screenedNanos());
    send(json(ROUTE_JSON).header("Connect-Timeout-Ms", "9999999999"));
    assertEquals(TimeUnit.SECONDS.toNanos(30), server.application.screenedNanos());

    HttpResponse<byte[]> wrong = send(json(ROUTE_JSON).header("Connect-Timeout-Ms", "soon"));
    assertEquals(400, wrong.statusCode());
    assertEquals("invalid_argument", error(wrong).get("code").textValue());
  }

  @Test
  void aRefusalByTheHeadNamesItsReasonAndWhenToComeBack() throws Exception {
    server.application.refuseWith(new Refusal(Reason.OVER_SHARE, Duration.ofMillis(600)));

    HttpResponse<byte[]> response = send(json("{never read"));

    assertEquals(429, response.statusCode());
    JsonNode error = error(response);
    assertEquals("resource_exhausted", error.get("code").textValue());
    assertEquals(Reason.OVER_SHARE.sentence(), error.get("message").textValue());
    assertEquals("OVER_SHARE", ErrorInfo.parseFrom(detail(error, "ErrorInfo")).getReason());
    long millis =
        Durations.toMillis(RetryInfo.parseFrom(detail(error, "RetryInfo")).getRetryDelay());
    assertTrue(millis >= 600 && millis <= 1_500, () -> millis + " ms");
    assertEquals(String.valueOf((millis + 999) / 1_000), header(response, "Retry-After"));
    assertEquals("OVER_SHARE", error.at("/details/0/debug/reason").textValue());
    assertFalse(error.at("/details/0/debug").has("@type"));
    assertFalse(header(response, "X-Weir-Load").isEmpty());
    assertFalse(server.application.hasArrivals());
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void everyRefusalHasTheStatusThatConnectGivesItsCode(Reason reason) throws Exception {
    server.application.refuseWith(new Refusal(reason, Duration.ofMillis(100)));

    HttpResponse<byte[]> response = send(json(ROUTE_JSON));

    assertEquals(Fault.of(reason).httpStatus(), response.statusCode());
    int expected =
        switch (error(response).get("code").textValue()) {
          case "unavailable" -> 503;
          case "resource_exhausted" -> 429;
          case "unauthenticated" -> 401;
          case "deadline_exceeded" -> 504;
          default -> throw new AssertionError(new String(response.body(), UTF_8));
        };
    assertEquals(expected, response.statusCode());
  }

  @Test
  void fieldsThatBreakARuleAreNamed() throws Exception {
    server.application.answerWith(ANSWER);
    byte[] wrong =
        ROUTE.toBuilder().setProfile("a b").addIntermediates(place(91, 0)).build().toByteArray();

    HttpResponse<byte[]> response = send(proto(GET_ROUTE, wrong));

    assertEquals(400, response.statusCode());
    JsonNode error = error(response);
    assertEquals("invalid_argument", error.get("code").textValue());
    assertEquals(
        List.of("profile", "intermediates[0].latitude"),
        BadRequest.parseFrom(detail(error, "BadRequest")).getFieldViolationsList().stream()
            .map(BadRequest.FieldViolation::getField)
            .toList());
  }

  @Test
  void noWayAndAFaultOfOursHaveTheirCodes() throws Exception {
    server.application.answerWith(
        new Reply.Unreachable(Problem.of(Problem.Kind.ENGINE, "no connection", null)));
    HttpResponse<byte[]> none = send(json(ROUTE_JSON));
    assertEquals(404, none.statusCode());
    assertEquals("not_found", error(none).get("code").textValue());

    server.application.answerWith(new Reply.Failed("abc"));
    HttpResponse<byte[]> fault = send(json(ROUTE_JSON));
    assertEquals(500, fault.statusCode());
    assertEquals("internal", error(fault).get("code").textValue());
    assertEquals(
        "abc",
        ErrorInfo.parseFrom(detail(error(fault), "ErrorInfo")).getMetadataOrThrow("incident"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "{\"nonsense\":1}", "{\"origin\":7}"})
  void jsonThatIsNoRequestIsMalformed(String body) throws Exception {
    server.application.answerWith(ANSWER);

    HttpResponse<byte[]> response = send(json(body));

    assertEquals(400, response.statusCode());
    assertEquals(
        "MALFORMED", ErrorInfo.parseFrom(detail(error(response), "ErrorInfo")).getReason());
  }

  @Test
  void bytesThatAreNoRequestAreMalformed() throws Exception {
    server.application.answerWith(ANSWER);

    HttpResponse<byte[]> response = send(proto(GET_ROUTE, new byte[] {10, 100, 1}));

    assertEquals(400, response.statusCode());
    assertEquals(
        "MALFORMED", ErrorInfo.parseFrom(detail(error(response), "ErrorInfo")).getReason());
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /weir.v1.RoutingService/Nothing, application/json, 404, unimplemented",
    "POST, /weir.v1.RoutingService/TrackRide, application/connect+json, 404, unimplemented",
    "POST, /weir.v1.RoutingService/StreamRoutes, application/json, 415, invalid_argument",
    "POST, /weir.v1.Nothing/GetRoute, application/json, 404, unimplemented",
    "GET, /weir.v1.RoutingService/GetRoute, application/json, 405, unimplemented",
    "POST, /weir.v1.RoutingService/GetRoute, text/plain, 415, invalid_argument",
    "POST, /weir.v1.RoutingService/GetRoute, application/connect+proto, 415, invalid_argument",
  })
  void pathsVerbsAndTypesThatAreNoneHaveAnswersInTheSameForm(
      String verb, String path, String type, int status, String code) throws Exception {
    HttpResponse<byte[]> response =
        send(
            request(path).header("Content-Type", type).method(verb, BodyPublishers.ofString("{}")));

    assertEquals(status, response.statusCode());
    assertEquals(code, error(response).get("code").textValue());
    assertFalse(server.application.hasArrivals());
  }

  @Test
  void otherVersionsAndCodingsOfTheProtocolAreDeclined() throws Exception {
    HttpRequest.Builder newer = json(ROUTE_JSON).setHeader("Connect-Protocol-Version", "2");
    assertEquals(400, send(newer).statusCode());

    HttpResponse<byte[]> brotli = send(json(ROUTE_JSON).header("Content-Encoding", "br"));
    assertEquals(501, brotli.statusCode());
    assertEquals("unimplemented", error(brotli).get("code").textValue());
    assertTrue(error(brotli).get("message").textValue().contains("gzip"));

    HttpResponse<byte[]> priority = send(json(ROUTE_JSON).header("X-Weir-Priority", "urgent"));
    assertEquals(400, priority.statusCode());
    assertEquals("invalid_argument", error(priority).get("code").textValue());
  }

  @Test
  void aBodyThatIsTooLargeIsAnInvalidArgument() throws Exception {
    try (RawClient raw = server.client()) {
      raw.head(
          "POST " + GET_ROUTE + " HTTP/1.1",
          "Content-Type: application/json",
          "Content-Length: 2000000");
      RawClient.Response response = raw.receive();

      assertEquals(400, response.status());
      assertEquals("invalid_argument", JSON.readTree(response.body()).get("code").textValue());
    }
  }

  @Test
  void pagesOfOtherOriginsMayCallIt() throws Exception {
    HttpResponse<byte[]> asked =
        send(
            request(GET_ROUTE)
                .header("Origin", "http://example.org")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", BodyPublishers.noBody()));

    assertEquals(200, asked.statusCode());
    assertEquals("*", header(asked, "Access-Control-Allow-Origin"));
    assertTrue(header(asked, "Access-Control-Allow-Methods").contains("POST"));
    for (String name :
        List.of(
            "Content-Type",
            "Content-Encoding",
            "Connect-Protocol-Version",
            "Connect-Timeout-Ms",
            "X-API-Key",
            "Authorization",
            "X-Weir-Priority",
            "X-Weir-User",
            "X-Weir-Accept")) {
      assertTrue(header(asked, "Access-Control-Allow-Headers").contains(name), name);
    }
    assertEquals("7200", header(asked, "Access-Control-Max-Age"));

    server.application.answerWith(ANSWER);
    assertEquals("*", header(send(json(ROUTE_JSON)), "Access-Control-Allow-Origin"));
  }
}
