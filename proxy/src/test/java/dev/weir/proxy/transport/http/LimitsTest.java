package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.path.TransportObserver.Cut;
import dev.weir.proxy.transport.NoLeaks;
import dev.weir.proxy.transport.RecordingObserver;
import dev.weir.proxy.transport.http.RawClient.Response;
import dev.weir.routing.Rendered.Media;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How much a caller may send, and how often it may connect. */
@ExtendWith(NoLeaks.class)
final class LimitsTest {

  private static TestServer small() {
    return new TestServer(limits -> limits.withSizes(200, 300, 1_000, 5_000));
  }

  private static void assertEnds(RawClient client, int status) throws IOException {
    Response response = client.receive();
    assertEquals(status, response.status());
    assertEquals("close", response.header("connection"));
    client.finishSending();
    assertTrue(client.closed());
  }

  @Test
  void refusesALongTarget() throws Exception {
    try (TestServer server = small();
        RawClient client = server.client()) {
      assertEnds(client.get("/route?" + "x".repeat(200)), 414);
    }
  }

  @Test
  void refusesATargetThatDoesNotEnd() throws Exception {
    try (TestServer server = small();
        RawClient client = server.client()) {
      assertEnds(client.send("GET /route?" + "x".repeat(1_000)), 414);
    }
  }

  @Test
  void refusesLongHeaders() throws Exception {
    try (TestServer server = small();
        RawClient client = server.client()) {
      assertEnds(client.get("/health", "X: " + "x".repeat(150), "Y: " + "y".repeat(150)), 431);
    }
  }

  @Test
  void refusesABodyThatSaysItIsLong() throws Exception {
    try (TestServer server = small();
        RawClient client = server.client()) {
      assertEnds(client.post("/route", new byte[1_001]), 413);
      assertFalse(server.application.hasArrivals());
    }
  }

  @Test
  void refusesABodyThatTurnsOutToBeLong() throws Exception {
    try (TestServer server = small();
        RawClient client = server.client()) {
      client.head(
          "POST /route HTTP/1.1", "Content-Type: application/json", "Transfer-Encoding: chunked");
      String piece = "c8\r\n" + "x".repeat(200) + "\r\n";

      assertEnds(client.send(piece.repeat(6)), 413);
      assertFalse(server.application.hasArrivals());
    }
  }

  @Test
  void refusesABodyThatInflatesBeyondMeasure() throws Exception {
    try (TestServer server = small();
        RawClient client = server.client()) {
      server.application.answerWith(Media.JSON, "{}");

      assertEquals(
          413, client.post("/route", gzip(5_001), "Content-Encoding: gzip").receive().status());
      assertEquals(
          200, client.post("/route", gzip(5_000), "Content-Encoding: gzip").receive().status());
    }
  }

  private static byte[] gzip(int bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write("x".repeat(bytes).getBytes(UTF_8));
    }
    return out.toByteArray();
  }

  @Test
  void boundsTheMemoryOfAllBodiesTogether() throws Exception {
    try (TestServer server = new TestServer(limits -> limits.withPendingBytes(10_000));
        RawClient first = server.client();
        RawClient second = server.client()) {
      first.head("POST /route HTTP/1.1", "Content-Type: application/json", "Content-Length: 9001");
      first.send("x".repeat(9_000));
      first.send("");
      second.head("POST /route HTTP/1.1", "Content-Type: application/json", "Content-Length: 9001");
      second.send("x".repeat(9_000));

      // One of the two, whichever is read last, finds no room.
      assertEquals(503, server.observer.nextAnswer().status());
    }
  }

  @Test
  void closesConnectionsBeyondTheLimitAtOnce() throws Exception {
    try (TestServer server = new TestServer(limits -> limits.withConnections(2, 100));
        RawClient first = server.client();
        RawClient second = server.client()) {
      assertEquals("OK", first.get("/health").receive().body());
      assertEquals("OK", second.get("/health").receive().body());
      try (RawClient third = server.client()) {
        assertTrue(third.closed());
      }
      assertEquals(Cut.TOO_MANY_CONNECTIONS, server.observer.nextCut());

      first.close();
      RecordingObserver.next(server.observer.closings);
      try (RawClient fourth = server.client()) {
        assertEquals("OK", fourth.get("/health").receive().body());
      }
    }
  }

  @Test
  void closesConnectionsOfAnAddressThatHasEnough() throws Exception {
    try (TestServer server = new TestServer(limits -> limits.withConnections(100, 1));
        RawClient first = server.client()) {
      assertEquals("OK", first.get("/health").receive().body());
      try (RawClient second = server.client()) {
        assertTrue(second.closed());
      }
      assertEquals(Cut.TOO_MANY_FROM_ADDRESS, server.observer.nextCut());

      first.close();
      assertEquals(0, RecordingObserver.next(server.observer.closings));
      try (RawClient third = server.client()) {
        assertEquals("OK", third.get("/health").receive().body());
      }
    }
  }
}
