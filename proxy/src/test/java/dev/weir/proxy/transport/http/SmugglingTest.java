package dev.weir.proxy.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.path.TransportObserver.Cut;
import dev.weir.proxy.transport.NoLeaks;
import dev.weir.proxy.transport.http.RawClient.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that two servers might read in two ways are read by nobody. */
@ExtendWith(NoLeaks.class)
final class SmugglingTest {

  private static final String POST =
      "POST /route HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
  private static final String GET = "GET /health HTTP/1.1\r\n";

  private final TestServer server = new TestServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // two lengths
        POST + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
        POST + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        POST + "Content-Length: 2, 2\r\n\r\n{}",
        POST + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        POST + "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n0\r\n\r\n",
        // lengths that are none
        POST + "Content-Length: +2\r\n\r\n{}",
        POST + "Content-Length: -2\r\n\r\n{}",
        POST + "Content-Length: 0x2\r\n\r\n{}",
        POST + "Content-Length: 2 \u000b\r\n\r\n{}",
        POST + "Content-Length: 99999999999999999999\r\n\r\n{}",
        POST + "Content-Length: \r\n\r\n{}",
        // codings
        POST + "Transfer-Encoding: identity\r\n\r\n{}",
        POST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        POST + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
        POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        POST + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        POST + "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n",
        POST + "Transfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n",
        "POST /route HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        // header lines
        GET + "Host : a\r\n\r\n",
        GET + "Host: a\r\nX: 1\r\n folded\r\n\r\n",
        GET + "Host: a\r\nX: 1\r\n\tfolded\r\n\r\n",
        GET + " Host: a\r\n\r\n",
        GET + "Host: a\r\nno colon\r\n\r\n",
        GET + "Host: a\r\n: no name\r\n\r\n",
        GET + "Host: a\r\nX: a\u0000b\r\n\r\n",
        GET + "Host: a\r\nX\u0000: ab\r\n\r\n",
        GET + "Host: a\r\nX: a\rb\r\n\r\n",
        GET + "Host: a\r\nX: a\u000bb\r\n\r\n",
        GET + "Host: a\r\nX Y: a\r\n\r\n",
        GET + "Host: a\r\nHost: b\r\n\r\n",
        GET + "\r\n",
        // line ends
        "GET /health HTTP/1.1\nHost: a\n\n",
        GET + "Host: a\n\r\n",
        GET + "Host: a\r\n\n",
        GET + "Host: a\r\r\n\r\n",
        // request lines
        " GET /health HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET\t/health HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /health\u000cHTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /he alth HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /health HTTP/1.1 x\r\nHost: a\r\n\r\n",
        "GET /health\r\n\r\n",
        "\u0000GET /health HTTP/1.1\r\nHost: a\r\n\r\n"
      })
  void rejectsAmbiguousHeadsAndCloses(String request) throws Exception {
    try (RawClient client = server.client()) {
      // What follows must never be taken for a request of its own.
      client.send(request + GET + "Host: a\r\n\r\n");

      Response response = client.receive();

      assertEquals(400, response.status(), response.body());
      assertEquals("close", response.header("connection"));
      client.finishSending();
      assertTrue(client.closed());
      assertFalse(server.application.hasArrivals());
      assertEquals(Cut.MALFORMED, server.observer.nextCut());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\r\n",
        "\r\n",
        "-1\r\n",
        "+1\r\na\r\n0\r\n\r\n",
        "0x1\r\na\r\n0\r\n\r\n",
        "1 \r\na\r\n0\r\n\r\n",
        " 1\r\na\r\n0\r\n\r\n",
        "1\na\r\n0\r\n\r\n",
        "1\r\na\n0\r\n\r\n",
        "1\r\nab\r\n0\r\n\r\n",
        "1;x\ny\r\na\r\n0\r\n\r\n",
        "1;x\ry\r\na\r\n0\r\n\r\n",
        "80000000\r\na",
        "ffffffffffffffff1\r\na",
        "1\r\na\r\n0\r\nX\n\r\n",
        "1,1\r\na\r\n0\r\n\r\n"
      })
  void rejectsAmbiguousChunksAndCloses(String body) throws Exception {
    try (RawClient client = server.client()) {
      client.send(POST + "Transfer-Encoding: chunked\r\n\r\n" + body + GET + "Host: a\r\n\r\n");

      assertEquals(400, client.receive().status());
      client.finishSending();
      assertTrue(client.closed());
      assertFalse(server.application.hasArrivals());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/2.0", "HTTP/1.2", "HTTP/0.9", "HTTP/1.10"})
  void speaksNoOtherVersion(String version) throws Exception {
    try (RawClient client = server.client()) {
      int status = client.send("GET /health " + version + "\r\nHost: a\r\n\r\n").receive().status();

      assertTrue(status == 505 || status == 400, "status " + status);
      client.finishSending();
      assertTrue(client.closed());
    }
  }

  @Test
  void readsBytesBeyondAsciiAsPartOfAValue() throws Exception {
    try (RawClient client = server.client()) {
      client.send(GET + "Host: a\r\nX: \u00e4\u00ff\t \r\n\r\n");

      assertEquals(200, client.receive().status());
    }
  }
}
