package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.transport.FrameClient;
import dev.weir.proxy.transport.NoLeaks;
import dev.weir.proxy.transport.RecordingObserver.Answered;
import dev.weir.routing.Problem;
import dev.weir.routing.Rendered;
import dev.weir.routing.Rendered.Media;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same request gets the same answer over HTTP/1.1 and over HTTP/2, head and body. */
@ExtendWith(NoLeaks.class)
final class SameOverHttp2Test {

  private static final String ROUTE = "/route?profile=car&point=43.7,7.4&point=43.8,7.5";
  private static final byte[] BODY =
      "{\"profile\":\"car\",\"points\":[[7.4,43.7],[7.5,43.8]]}".getBytes(UTF_8);

  private final TestServer server = new TestServer();

  @BeforeEach
  void answer() {
    server.application.answerWith(Media.JSON, "{\"paths\":" + "[1]".repeat(2_000) + "}");
  }

  @AfterEach
  void close() {
    server.close();
  }

  /** Times to come back are spread, so they differ from answer to answer. */
  private static String withoutTimes(byte[] body, Map<String, String> headers) {
    if (headers.containsKey("retry-after")) {
      headers.replace("retry-after", "some time");
      headers.remove("content-length");
      return new String(body, UTF_8)
          .replaceAll("\"value\":\"[^\"]*\"", "")
          .replaceAll("[0-9]+(\\.[0-9]+)?", "#");
    }
    return new String(body, UTF_8);
  }

  private void assertSame(String method, String target, byte[] body, String... headers)
      throws Exception {
    try (RawClient old = server.client();
        FrameClient young = new FrameClient(server.server.port()).greet()) {
      String[] lines = new String[1 + headers.length / 2 + (body.length == 0 ? 0 : 1)];
      lines[0] = method + " " + target + " HTTP/1.1";
      for (int i = 0; i < headers.length; i += 2) {
        lines[1 + i / 2] = headers[i] + ": " + headers[i + 1];
      }
      if (body.length > 0) {
        lines[lines.length - 1] = "Content-Length: " + body.length;
      }
      RawClient.Response first = old.head(lines).send(body).receive(!method.equals("HEAD"));

      String[] fields = headers.clone();
      for (int i = 0; i < fields.length; i += 2) {
        fields[i] = fields[i].toLowerCase(Locale.ROOT);
      }
      int id = young.open(FrameClient.request(method, target, fields), body.length == 0);
      if (body.length > 0) {
        young.data(id, body, true);
      }
      FrameClient.Response second = young.receive(id);

      String what = method + " " + target + " " + List.of(headers);
      Map<String, String> told = new TreeMap<>(second.headers());
      told.remove(":status");
      Map<String, String> expected = new TreeMap<>(first.headers());
      expected.remove("connection");
      assertEquals(first.status(), second.status(), what);
      String one = withoutTimes(first.bytes(), expected);
      assertEquals(one, withoutTimes(second.bytes(), told), what);
      assertEquals(expected, told, what);
      assertEquals(null, second.reset(), what);
      Answered byOne = server.observer.nextAnswer();
      Answered byTwo = server.observer.nextAnswer();
      assertEquals(byOne.resource(), byTwo.resource(), what);
      assertEquals(byOne.method(), byTwo.method(), what);
      assertEquals(byOne.status(), byTwo.status(), what);
    }
  }

  private void assertSame(String method, String target, String... headers) throws Exception {
    assertSame(method, target, new byte[0], headers);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ROUTE,
        ROUTE + "&type=gpx",
        "/isochrone?profile=car&point=43.7,7.4",
        "/spt?profile=car&point=43.7,7.4",
        "/nearest?point=43.7,7.4",
        "/route?point=here",
        "/info",
        "/health",
        "/i18n",
        "/i18n/de",
        "/openapi.json",
        "/docs",
        "/match",
        "/nothing",
        "/v1/nothing",
        "/v1/profiles/car/route?origin.latitude=100",
        "/v1/quotes",
        "/weir.v1.RoutingService/GetRoute"
      })
  void whateverIsAskedFor(String target) throws Exception {
    for (String method : List.of("GET", "HEAD", "OPTIONS", "DELETE", "BREW")) {
      assertSame(method, target);
      assertSame(method, target, "Accept-Encoding", "gzip");
    }
  }

  @Test
  void whateverIsSent() throws Exception {
    assertSame("POST", "/route", BODY, "Content-Type", "application/json");
    assertSame("POST", "/route", BODY, "Content-Type", "text/plain");
    assertSame("POST", "/route", BODY);
    assertSame("POST", "/isochrone", BODY, "Content-Type", "application/json");
    assertSame("POST", "/v1/profiles/car/route", BODY, "Content-Type", "application/json");
    assertSame(
        "POST", "/weir.v1.RoutingService/GetRoute", BODY, "Content-Type", "application/json");
    assertSame("POST", "/weir.v1.RoutingService/GetRoute", BODY, "Content-Type", "application/xml");
    assertSame(
        "POST", "/weir.v1.QuoteService/ListQuotes", BODY, "Content-Type", "application/json");
  }

  @Test
  void whateverIsClaimed() throws Exception {
    assertSame("GET", ROUTE, "X-Weir-Priority", "first");
    assertSame("GET", ROUTE, "X-Request-Timeout-Ms", "soon");
    assertSame("GET", ROUTE, "Accept", "image/png");
    assertSame("GET", ROUTE, "Expect", "miracles");
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void everyRefusal(Reason reason) throws Exception {
    server.application.refuseWith(new Refusal(reason, Duration.ZERO));
    assertSame("GET", ROUTE);
    assertSame("GET", ROUTE + "&type=gpx");
    assertSame(
        "POST", "/weir.v1.RoutingService/GetRoute", BODY, "Content-Type", "application/json");
  }

  @Test
  void everyReply() throws Exception {
    for (Reply reply :
        List.of(
            new Reply.Estimated(1_234, 5_678),
            new Reply.Unreachable(Problem.of(Problem.Kind.ENGINE, "no way", null)),
            new Reply.Invalid(Problem.of(Problem.Kind.CONSTRAINT, "too far", null)),
            new Reply.Failed("1234"),
            new Reply.Routed(new Rendered(Media.CSV, "a,b".getBytes(UTF_8), 1)))) {
      server.application.answerWith(reply);
      assertSame("GET", ROUTE);
    }
  }
}
