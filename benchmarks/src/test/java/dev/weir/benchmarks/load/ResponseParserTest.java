package dev.weir.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.benchmarks.load.ResponseParser.Progress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResponseParserTest {
  private static final String CHUNKED =
      String.join(
          "\r\n",
          "HTTP/1.1 200 OK",
          "transfer-encoding: Chunked",
          "",
          "9;name=value",
          "{\"info\":1",
          "d",
          ",\"\"paths\":[]}",
          "0",
          "Trailer: x",
          "",
          "");

  private final ResponseParser parser = new ResponseParser();

  @Test
  void findsARouteHoweverTheBufferIsCut() {
    assertRouteWhereverCut(TinyServer.ROUTE, 25);
  }

  @Test
  void findsARouteInChunksHoweverTheBufferIsCut() {
    assertRouteWhereverCut(CHUNKED, 22);
  }

  @Test
  void takesNoByteOfTheNextResponse() {
    ByteBuf two = bytes(TinyServer.REFUSAL + TinyServer.ROUTE);
    assertEquals(Progress.DONE, parser.feed(two));
    assertEquals(503, parser.status());
    assertFalse(parser.routed());
    parser.reset();
    assertEquals(Progress.DONE, parser.feed(two));
    assertEquals(200, parser.status());
    assertTrue(parser.routed());
    assertFalse(two.isReadable());
  }

  @Test
  void anAnswerWithoutBodyIsComplete() {
    assertEquals(Progress.DONE, parser.feed(bytes(TinyServer.response("429 Too Many", ""))));
    assertEquals(429, parser.status());
  }

  @Test
  void aTruncatedBodyIsNotComplete() {
    String cut = TinyServer.ROUTE.substring(0, TinyServer.ROUTE.length() - 1);
    assertEquals(Progress.MORE, parser.feed(bytes(cut)));
  }

  @Test
  void noticesThatTheServerWillClose() {
    assertEquals(
        Progress.DONE,
        parser.feed(bytes(TinyServer.response("503 Full", "no", "Connection: Close"))));
    assertFalse(parser.keepAlive());
    parser.reset();
    assertEquals(Progress.DONE, parser.feed(bytes(TinyServer.ROUTE)));
    assertTrue(parser.keepAlive());
  }

  @Test
  void longHeadersAreReadOverAndEndlessOnesAreNot() {
    String header = "X-Long: " + "x".repeat(5_000);
    assertEquals(Progress.DONE, parser.feed(bytes(TinyServer.response("200 OK", "{}", header))));
    parser.reset();
    assertEquals(Progress.BROKEN, parser.feed(bytes("HTTP/1.1 200 " + "x".repeat(9_000))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: many\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n"
      })
  void whatIsNotHttpIsBroken(String text) {
    assertEquals(Progress.BROKEN, parser.feed(bytes(text)));
  }

  private void assertRouteWhereverCut(String response, long bodyBytes) {
    for (int cut = 1; cut < response.length(); cut++) {
      assertEquals(Progress.MORE, parser.feed(bytes(response.substring(0, cut))), "cut " + cut);
      assertEquals(Progress.DONE, parser.feed(bytes(response.substring(cut))), "cut " + cut);
      assertEquals(200, parser.status());
      assertTrue(parser.routed(), "cut " + cut);
      assertTrue(parser.keepAlive());
      assertEquals(bodyBytes, parser.bodyBytes());
      parser.reset();
    }
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
  }

  @Test
  void keepsWhatARefusalSaysAboutItself() {
    String refusal =
        TinyServer.response(
            "503 Service Unavailable",
            "{\"message\":\"no\",\"hints\":[{\"message\":\"no\",\"reason\":\"queue_full\"}]}",
            "RETRY-AFTER: 3",
            "X-Weir-Load: 2.00");
    for (int cut = 1; cut < refusal.length(); cut++) {
      parser.reset();
      assertEquals(Progress.MORE, parser.feed(bytes(refusal.substring(0, cut))));
      assertEquals(Progress.DONE, parser.feed(bytes(refusal.substring(cut))));
      assertEquals(new Remarks(3_000, "queue_full", ""), parser.remarks());
    }
    parser.reset();
    assertEquals(Progress.DONE, parser.feed(bytes(TinyServer.ROUTE)));
    assertEquals(Remarks.NONE, parser.remarks());
  }

  @Test
  void keepsWhatAnAnswerDoesWithout() {
    String answer = TinyServer.response("200 OK", "{}", "X-Weir-Degraded: search, output");
    assertEquals(Progress.DONE, parser.feed(bytes(answer)));
    assertEquals(new Remarks(-1, "", "search, output"), parser.remarks());
  }

  @Test
  void aRetryAfterThatIsNoNumberSaysNothing() {
    String refusal = TinyServer.response("429 Busy", "{}", "Retry-After: Wed, 21 Oct 2026");
    assertEquals(Progress.DONE, parser.feed(bytes(refusal)));
    assertEquals(-1, parser.remarks().retryAfterMillis());
  }

  @Test
  void aLongErrorIsReadToItsEndAndKeptInPart() {
    String error = TinyServer.response("500 Broken", "x".repeat(100_000));
    assertEquals(Progress.DONE, parser.feed(bytes(error)));
    assertEquals(100_000, parser.bodyBytes());
    assertEquals("", parser.remarks().reason());
  }

  @Test
  void aRightAnswerIsThatWhichWasExpected() {
    parser.expect(new Mark("\"polygons\""));
    assertEquals(Progress.DONE, parser.feed(bytes(TinyServer.ROUTE)));
    assertFalse(parser.routed());
    parser.reset();
    assertEquals(
        Progress.DONE, parser.feed(bytes(TinyServer.response("200 OK", "{\"polygons\":[]}"))));
    assertTrue(parser.routed());
  }
}
