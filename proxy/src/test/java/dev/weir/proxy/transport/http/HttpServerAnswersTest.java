package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.path.Answered;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.TransportObserver.Resource;
import dev.weir.proxy.transport.FakeApplication.Visit;
import dev.weir.proxy.transport.NoLeaks;
import dev.weir.proxy.transport.http.RawClient.Response;
import dev.weir.routing.Coordinate;
import dev.weir.routing.Problem;
import dev.weir.routing.Problem.Hint;
import dev.weir.routing.Rendered;
import dev.weir.routing.Rendered.Media;
import dev.weir.routing.RequestKind;
import dev.weir.routing.RouteQuery;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The surface of GraphHopper's server, request by request. */
@ExtendWith(NoLeaks.class)
final class HttpServerAnswersTest {

  private static final String ROUTE = "/route?profile=car&point=1,2&point=3,4";

  private final TestServer server = new TestServer();

  @AfterEach
  void stop() {
    server.close();
  }

  private Response get(String target, String... headers) throws IOException {
    try (RawClient client = server.client()) {
      return client.get(target, headers).receive();
    }
  }

  private Response post(byte[] body, String... headers) throws IOException {
    try (RawClient client = server.client()) {
      return client.post("/route", body, headers).receive();
    }
  }

  private Response method(String method, String target) throws IOException {
    try (RawClient client = server.client()) {
      return client.head(method + " " + target + " HTTP/1.1").receive(!method.equals("HEAD"));
    }
  }

  @Test
  void answersARouteWithTheHeadersOfTheStockServerAndTheLoad() throws Exception {
    server.application.answerWith(Media.JSON, "{\"paths\":[]}");

    Response response = get(ROUTE);

    assertEquals("HTTP/1.1 200 OK", response.statusLine());
    assertEquals("{\"paths\":[]}", response.body());
    assertNotNull(response.headers().remove("x-request-id"));
    assertEquals(
        Map.of(
            "date", "Mon, 02 Nov 2026 06:08:15 GMT",
            "access-control-allow-methods", "GET, POST, HEAD, OPTIONS",
            "access-control-allow-headers",
                "Origin,Accept,X-Requested-With,Content-Type,Access-Control-Request-Method,"
                    + "Access-Control-Request-Headers,Range,GH-Client",
            "access-control-allow-origin", "*",
            "x-gh-took", "13",
            "x-weir-admission", "all",
            "x-weir-load", "0.00",
            "content-type", "application/json",
            "vary", "Accept-Encoding",
            "content-length", "12"),
        response.headers());
  }

  @Test
  void handsOverWhoAsksWhatAndUntilWhen() throws Exception {
    try (RawClient client = server.client()) {
      client.get(ROUTE + "&timeout_ms=1500", "X-Request-Timeout-Ms: 2000");

      Visit visit = server.application.next();

      assertEquals(RequestKind.ROUTE, visit.call().kind());
      assertEquals(Caller.at("127.0.0.1"), visit.call().caller());
      assertEquals(
          TimeUnit.MILLISECONDS.toNanos(1_500),
          visit.call().deadline().remainingNanos(visit.call().arrivedNanos()));
      assertEquals(TimeUnit.MILLISECONDS.toNanos(1_500), server.application.screenedNanos());
      RouteQuery.Route query = (RouteQuery.Route) visit.call().query().read();
      assertEquals(List.of(new Coordinate(1, 2), new Coordinate(3, 4)), query.points());
      assertFalse(visit.sink().abandoned());
    }
  }

  @Test
  void countsOnlyTheFirstReply() throws Exception {
    try (RawClient client = server.client()) {
      client.get(ROUTE);
      Visit visit = server.application.next();

      visit.sink().reply(new Reply.Routed(new Rendered(Media.JSON, "1".getBytes(UTF_8), 0)));
      visit.sink().reply(new Reply.Failed("second"));

      assertEquals("1", client.receive().body());
      assertEquals(200, server.observer.nextAnswer().status());
      assertEquals(200, client.get("/health").receive().status());
    }
  }

  @Test
  void tellsTheObserverOfEachAnswer() throws Exception {
    server.application.answerWith(Media.JSON, "{}");

    get(ROUTE);

    Answered answer = server.observer.nextAnswer();
    assertEquals(Resource.ROUTE, answer.resource());
    assertEquals("GET", answer.method());
    assertEquals(200, answer.status());
    assertEquals(2, answer.bytes());
    assertEquals("127.0.0.1", answer.address());
    server.awaitEnd();
    assertEquals(0, server.observer.pendingBytes.get());
  }

  @Test
  void sendsGpxAsAnAttachment() throws Exception {
    server.application.answerWith(Media.GPX, "<gpx/>");

    Response response = get(ROUTE + "&type=gpx");

    assertEquals("application/gpx+xml", response.header("content-type"));
    assertEquals("attachment;filename=GraphHopper.gpx", response.header("content-disposition"));
    assertEquals("13", response.header("x-gh-took"));
  }

  @Test
  void saysHowLongAnIsochroneTookInFractionsAndATreeNotAtAll() throws Exception {
    server.application.answerWith(Media.JSON, "{}");
    assertEquals("12.6", get("/isochrone?profile=car&point=1,2").header("x-gh-took"));

    server.application.answerWith(Media.CSV, "a,b\n");
    Response tree = get("/spt?profile=car&point=1,2");
    assertNull(tree.header("x-gh-took"));
    assertEquals("text/csv", tree.header("content-type"));

    server.application.answerWith(Media.JSON, "{}");
    assertNull(get("/nearest?point=1,2").header("x-gh-took"));
  }

  @Test
  void compressesWhatIsWorthItForThoseWhoTakeIt() throws Exception {
    String large = "x".repeat(1_000);
    server.application.answerWith(Media.JSON, large);

    Response compressed = get(ROUTE, "Accept-Encoding: deflate, gzip;q=0.5");
    assertEquals("gzip", compressed.header("content-encoding"));
    assertEquals(large, compressed.inflated());
    assertNull(get(ROUTE, "Accept-Encoding: gzip;q=0").header("content-encoding"));
    assertNull(get(ROUTE, "Accept-Encoding: br").header("content-encoding"));

    server.application.answerWith(Media.JSON, "{}");
    Response small = get(ROUTE, "Accept-Encoding: gzip");
    assertNull(small.header("content-encoding"));
    assertEquals("Accept-Encoding", small.header("vary"));
  }

  @Test
  void answersHeadWithTheLengthAndWithoutTheBody() throws Exception {
    server.application.answerWith(Media.JSON, "{\"paths\":[]}");
    try (RawClient client = server.client()) {
      Response response = client.head("HEAD " + ROUTE + " HTTP/1.1").receive(false);

      assertEquals("12", response.header("content-length"));
      assertEquals("13", response.header("x-gh-took"));
      assertNull(response.header("vary"));
      assertEquals("OK", client.get("/health").receive().body());
    }
  }

  @Test
  void tellsWhatTheEngineFoundWrong() throws Exception {
    Problem problem =
        new Problem(
            Problem.Kind.ENGINE,
            "Point 0 is \"out\"",
            List.of(new Hint("Point 0 is \"out\"", "some.Exception", Map.of("point_index", 0))));
    server.application.answerWith(new Reply.Unreachable(problem));

    Response response = get(ROUTE);

    assertEquals("HTTP/1.1 400 Bad Request", response.statusLine());
    assertEquals(
        "{\"message\":\"Point 0 is \\\"out\\\"\",\"hints\":[{\"message\":\"Point 0 is"
            + " \\\"out\\\"\",\"details\":\"some.Exception\",\"point_index\":0}]}",
        response.body());
    assertNull(response.header("x-gh-took"));
    assertNull(response.header("vary"));
  }

  @Test
  void tellsProblemsAsGpxToThoseWhoAskedForGpx() throws Exception {
    server.application.answerWith(
        new Reply.Invalid(Problem.of(Problem.Kind.ENGINE, "a<b & \"c\"", "some.Exception")));

    Response response = get(ROUTE + "&type=GPX");

    assertEquals("application/gpx+xml", response.header("content-type"));
    assertEquals(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>"
            + "<gpx creator=\"GraphHopper\" version=\"1.1\"><metadata><extensions>"
            + "<message>a&lt;b &amp; \"c\"</message><hints><error details=\"some.Exception\""
            + " message=\"a&lt;b &amp; &quot;c&quot;\"/></hints></extensions></metadata></gpx>",
        response.body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/isochrone?profile=car | 400 | {'message':'query param point must not be null','hints':"
            + "[{'message':'query param point must not be null'}]}",
        "/route?point=pups | 400 | {'code':400,'message':'query param point is invalid: Cannot"
            + " parse point @pups@'}",
        "/route?way_point_max_distance=x | 404 | {'code':404,'message':'HTTP 404 Not Found'}",
        "/nearest?point=x | 404 | {'code':404,'message':'HTTP 404 Not Found'}",
        "/nearest | 400 | {'message':'query param point must not be null','hints':"
            + "[{'message':'query param point must not be null'}]}",
        "/isochrone?type=x | 400 | {'code':400,'message':'query param type must be one of [json,"
            + " geojson]'}"
      })
  void tellsWhatIsWrongWithParameters(String target, int status, String body) throws Exception {
    server.application.answerWith(Media.JSON, "unused");

    Response response = get(target.strip());

    assertEquals(status, response.status());
    assertEquals(body.strip().replace('\'', '"').replace('@', '\''), response.body());
  }

  @Test
  void namesTheIncidentOfAFault() throws Exception {
    server.application.answerWith(new Reply.Failed("4711"));

    Response response = get(ROUTE);

    assertEquals("HTTP/1.1 500 Server Error", response.statusLine());
    assertEquals(
        "{\"code\":500,\"message\":\"There was an error processing your request. It has been"
            + " logged (ID 4711).\"}",
        response.body());
  }

  @Test
  void readsDocumentsThatArePosted() throws Exception {
    server.application.answerWith(
        query -> new Reply.Routed(new Rendered(Media.JSON, query.profile().getBytes(UTF_8), 0)));

    assertEquals("{\"a\":1}", post("{\"a\":1}".getBytes(UTF_8)).body());
    assertEquals("ä", post(gzip("ä"), "Content-Encoding: gzip").body());
    Response empty = post(new byte[0]);
    assertEquals("HTTP/1.1 422 Unprocessable Entity", empty.statusLine());
    assertEquals(
        "{\"message\":\"The request body must not be null\",\"hints\":[{\"message\":\"The request"
            + " body must not be null\"}]}",
        empty.body());
  }

  @Test
  void readsDocumentsThatArriveInPieces() throws Exception {
    server.application.answerWith(
        query -> new Reply.Routed(new Rendered(Media.JSON, query.profile().getBytes(UTF_8), 0)));
    try (RawClient client = server.client()) {
      client.head(
          "POST /route HTTP/1.1", "Content-Type: application/json", "Transfer-Encoding: chunked");
      client.send("3\r\nabc\r\n").send("2;x=y\r\nde\r\n0\r\nTrailer: t\r\n\r\n");

      assertEquals("abcde", client.receive().body());
      assertEquals("OK", client.get("/health").receive().body());
    }
  }

  @Test
  void tellsThatADocumentCannotBeInflated() throws Exception {
    server.application.answerWith(Media.JSON, "unused");

    Response response = post("plain".getBytes(UTF_8), "Content-Encoding: gzip");

    assertEquals(400, response.status());
    assertEquals("{\"code\":400,\"message\":\"Unable to process JSON\"}", response.body());
  }

  @Test
  void asksAnHonestCallerToSendItsBody() throws Exception {
    server.application.answerWith(
        query -> new Reply.Routed(new Rendered(Media.JSON, query.profile().getBytes(UTF_8), 0)));
    try (RawClient client = server.client()) {
      client.head(
          "POST /route HTTP/1.1",
          "Content-Type: application/json",
          "Content-Length: 2",
          "Expect: 100-continue");

      assertEquals("HTTP/1.1 100 Continue", client.receive().statusLine());
      assertEquals("{}", client.send("{}").receive().body());
      assertEquals("OK", client.get("/health").receive().body());
    }
  }

  @Test
  void knowsNoOtherExpectation() throws Exception {
    assertEquals(417, get(ROUTE, "Expect: miracles").status());
  }

  @Test
  void answersInfoAndTranslationsByItself() throws Exception {
    assertTrue(get("/info").body().startsWith("{\"info\":\"iii"));
    Response compressed = get("/info", "Accept-Encoding: gzip");
    assertTrue(compressed.inflated().startsWith("{\"info\":\"iii"));
    assertEquals("{\"locale\":\"de_DE\"}", get("/i18n/de_DE/").body());
    assertEquals("{\"locale\":\" a+b+c\"}", get("/i18n/%20a%2Bb+c").body());
    assertEquals("{\"locale\":\"\"}", get("/i18n").body());
    assertEquals("{\"locale\":\"\"}", get("/i18n/").body());
    assertEquals("{\"locale\":\"fr-FR\"}", get("/i18n", "Accept-Language: fr-FR,fr;q=0.9").body());
  }

  @Test
  void saysWhetherItIsHealthy() throws Exception {
    Response well = get("/health");
    assertEquals("OK", well.body());
    assertEquals("text/plain", well.header("content-type"));

    server.healthy.set(false);
    Response ill = get("/health");
    assertEquals(500, ill.status());
    assertEquals("UNHEALTHY", ill.body());
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/nonexist,404",
    "GET,/,404",
    "GET,/ROUTE,404",
    "GET,/route/x,404",
    "GET,/i18n/de/x,404",
    "OPTIONS,/nonexist,404",
    "PUT,/nonexist,404",
    "GET,/match,501",
    "POST,/match,501",
    "GET,/navigate/directions/v5/gh/car/1;2,501",
    "GET,/mvt/15/17062/11951.mvt,501",
    "GET,/route-pt,501",
    "GET,/isochrone-pt,501",
    "GET,/pt-mvt/1/2/3.mvt,501",
    "GET,/maps/,501",
    "GET,/navigated,404",
    "POST,/nearest,405",
    "PATCH,/health,405",
    "FOO,/route,405",
    "TRACE,/nonexist,405",
    "GET,/health/,200",
    "GET,/health;a=b,200",
    "GET,http://example.org/health,200"
  })
  void knowsItsResources(String method, String target, int status) throws Exception {
    assertEquals(status, method(method, target).status());
  }

  @Test
  void namesTheMethodsAResourceHas() throws Exception {
    Response route = method("OPTIONS", "/route");
    assertEquals("HEAD,POST,GET,OPTIONS", route.header("allow"));
    assertEquals("HEAD, POST, GET, OPTIONS", route.body());
    assertEquals("text/plain", route.header("content-type"));
    assertEquals("HEAD, GET, OPTIONS", method("OPTIONS", "/info").body());
    assertEquals("POST,GET,OPTIONS", method("DELETE", "/route").header("allow"));
    assertEquals("GET,OPTIONS", method("PUT", "/spt").header("allow"));
    assertEquals(
        "{\"code\":405,\"message\":\"HTTP 405 Method Not Allowed\"}", method("PUT", "/spt").body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ROUTE + " | text/html | 406",
        ROUTE + " | garbage | 406",
        ROUTE + " | application/xml | 200",
        ROUTE + " | application/gpx+xml | 200",
        ROUTE + " | application/* | 200",
        ROUTE + " | text/html, */*;q=0.1 | 200",
        "/spt?profile=car&point=1,2 | text/csv | 200",
        "/spt?profile=car&point=1,2 | application/json | 200",
        "/isochrone?profile=car&point=1,2 | text/csv | 406",
        "/isochrone?profile=car&point=1,2&type=gpx | */* | 406",
        "/info | text/html | 406",
        "/health | text/html | 200",
        "/nonexist | text/html | 404"
      })
  void heedsWhatACallerAccepts(String target, String accept, int status) throws Exception {
    server.application.answerWith(Media.JSON, "{}");

    assertEquals(status, get(target.strip(), "Accept: " + accept.strip()).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/*", "application/vnd.x+json", "garbage"})
  void takesNothingButJson(String type) throws Exception {
    try (RawClient client = server.client()) {
      client.head("POST /route HTTP/1.1", "Content-Type: " + type, "Content-Length: 2").send("{}");

      Response response = client.receive();

      assertEquals(415, response.status());
      assertEquals(
          "{\"code\":415,\"message\":\"HTTP 415 Unsupported Media Type\"}", response.body());
      assertEquals("OK", client.get("/health").receive().body());
    }
  }

  @Test
  void takesJsonHoweverItIsWritten() throws Exception {
    server.application.answerWith(Media.JSON, "{}");
    try (RawClient client = server.client()) {
      client.head(
          "POST /route HTTP/1.1",
          "Content-Type: Application/JSON; charset=utf-8",
          "Content-Length: 2");

      assertEquals(200, client.send("{}").receive().status());
    }
  }

  @Test
  void refusesGpxForDocuments() throws Exception {
    try (RawClient client = server.client()) {
      assertEquals(406, client.post("/route?type=gpx", "{}".getBytes(UTF_8)).receive().status());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1", "1.5", "1s"})
  void rejectsATimeLimitItCannotRead(String limit) throws Exception {
    Response response = get(ROUTE, "X-Request-Timeout-Ms: " + limit);

    assertEquals(400, response.status());
    assertTrue(response.body().contains("X-Request-Timeout-Ms"));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return out.toByteArray();
  }
}
