package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.TransportObserver.Cut;
import dev.weir.proxy.transport.FakeApplication.Visit;
import dev.weir.proxy.transport.FrameClient;
import dev.weir.proxy.transport.NoLeaks;
import dev.weir.proxy.transport.RecordingObserver;
import dev.weir.routing.Rendered;
import dev.weir.routing.Rendered.Media;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameTypes;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP port by HTTP/2 in clear text, with a caller who knows that it is spoken. */
@ExtendWith(NoLeaks.class)
final class Http2Test {

  private static final Duration SOON = Duration.ofMillis(100);
  private static final Duration LONG = TestServer.LONG;

  /** Counts from the beginning of a connection: it is to last until the first request. */
  private static final Duration IDLE = Duration.ofSeconds(3);

  private static final String JSON = "application/json";

  private static FrameClient client(TestServer server) throws IOException {
    return new FrameClient(server.server.port()).greet();
  }

  private static Reply answer(int bytes) {
    byte[] body = new byte[bytes];
    java.util.Arrays.fill(body, (byte) 'x');
    return new Reply.Routed(new Rendered(Media.JSON, body, 0));
  }

  private static int ask(FrameClient client) throws Exception {
    return client.open(FrameClient.request("GET", "/route"), true);
  }

  private static int post(FrameClient client, String... headers) throws Exception {
    Http2Headers head = FrameClient.request("POST", "/route", headers);
    return client.open(head.add("content-type", JSON), false);
  }

  @Test
  void answersSeveralRequestsAtATimeInTheOrderInWhichTheyAreReady() throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = client(server)) {
      int first = ask(client);
      Visit slow = server.application.next();
      int second = ask(client);
      Visit quick = server.application.next();

      quick.sink().reply(answer(1));
      assertEquals("x", client.receive(second).body());
      assertEquals("OK", client.get("/health").body());
      slow.sink().reply(answer(2));
      assertEquals("xx", client.receive(first).body());
      assertEquals(1, server.observer.open.get());
    }
  }

  @Test
  void aLargeAnswerArrivesWhole() throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = client(server)) {
      byte[] large = new byte[3 << 20];
      for (int i = 0; i < large.length; i++) {
        large[i] = (byte) (i * 31);
      }
      server.application.answerWith(new Reply.Routed(new Rendered(Media.JSON, large, 0)));

      assertArrayEquals(large, client.receive(ask(client)).bytes());
      assertEquals("OK", client.get("/health").body());
      assertEquals(0, server.observer.pendingBytes.get());
    }
  }

  @Test
  void aBodyMayComeInPiecesAndWithoutItsLength() throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = client(server)) {
      server.application.answerWith(answer(1));
      int id = post(client);
      client.data(id, "{".getBytes(UTF_8), false).data(id, "}".getBytes(UTF_8), false);
      client.data(id, new byte[0], true);

      assertEquals(200, client.receive(id).status());
      server.application.next();
    }
  }

  @Test
  void trailersAreReadOver() throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = client(server)) {
      server.application.answerWith(answer(1));
      int id = post(client);
      client.data(id, "{}".getBytes(UTF_8), false);
      Http2Headers trailers = new io.netty.handler.codec.http2.DefaultHttp2Headers();
      byte[] block = client.block(id, trailers.add("x-checksum", "1"));
      client.frame(Http2FrameTypes.HEADERS, 5, id, block);

      assertEquals(200, client.receive(id).status());
    }
  }

  @Test
  void tellsACallerWhoWaitsToSendTheBody() throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = client(server)) {
      server.application.answerWith(answer(1));
      int id = post(client, "expect", "100-continue");
      client.data(id, "{}".getBytes(UTF_8), true);

      assertEquals("100, 200", client.receive(id).headers().get(":status"));
    }
  }

  @Test
  void aHeadMayComeInSeveralFrames() throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = client(server)) {
      int id = client.nextId();
      byte[] block = client.block(id, FrameClient.request("GET", "/health"));
      byte[] start = java.util.Arrays.copyOf(block, 3);
      byte[] end = java.util.Arrays.copyOfRange(block, 3, block.length);
      client.frame(Http2FrameTypes.HEADERS, FrameClient.END_STREAM, id, start);
      client.frame(Http2FrameTypes.CONTINUATION, FrameClient.END_HEADERS, id, end);

      assertEquals("OK", client.receive(id).body());
    }
  }

  @Test
  void framesMayArriveByteByByte() throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = new FrameClient(server.server.port())) {
      byte[] preface =
          io.netty.buffer.ByteBufUtil.getBytes(
              io.netty.handler.codec.http2.Http2CodecUtil.connectionPrefaceBuf());
      int id = client.nextId();
      byte[] head = client.block(id, FrameClient.request("GET", "/health"));
      java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
      all.writeBytes(preface);
      all.writeBytes(FrameClient.frameBytes(Http2FrameTypes.SETTINGS, 0, 0));
      all.writeBytes(FrameClient.frameBytes(Http2FrameTypes.HEADERS, 5, id, head));
      for (byte each : all.toByteArray()) {
        client.send(new byte[] {each});
      }

      assertEquals("OK", client.receive(id).body());
    }
  }

  @Test
  void aRequestOfHttp11ThatBeginsAlikeIsReadAsOne() throws Exception {
    try (TestServer server = new TestServer();
        RawClient client = server.client()) {
      client.send("PR");
      assertEquals(405, client.send("OPFIND /info HTTP/1.1\r\nHost: a\r\n\r\n").receive().status());
      assertEquals("OK", client.get("/health").receive().body());
    }
  }

  // Callers who go away

  @Test
  void aRequestThatItsCallerResetsIsAbandonedAndTheOthersAreNot() throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = client(server)) {
      int first = ask(client);
      Visit cancelled = server.application.next();
      int second = ask(client);
      Visit kept = server.application.next();

      client.reset(first);

      assertEquals("OK", client.get("/health").body());
      assertTrue(cancelled.sink().abandoned());
      assertFalse(kept.sink().abandoned());
      cancelled.sink().reply(answer(100_000));
      kept.sink().reply(answer(1));
      assertEquals("x", client.receive(second).body());
      assertEquals("OK", client.get("/health").body());
      assertEquals(0, server.observer.pendingBytes.get());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void allRequestsOfACallerThatGoesAwayAreAbandoned(boolean half) throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = client(server)) {
      ask(client);
      Visit first = server.application.next();
      ask(client);
      Visit second = server.application.next();

      if (half) {
        client.finishSending();
      } else {
        client.close();
      }

      server.awaitEnd();
      assertTrue(first.sink().abandoned());
      assertTrue(second.sink().abandoned());
      first.sink().reply(answer(100_000));
      assertEquals(0, server.observer.pendingBytes.get());
    }
  }

  @Test
  void anAnswerThatIsResetHalfWayIsGivenBack() throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = client(server).keepWindowsShut()) {
      server.application.answerWith(answer(1 << 20));
      for (int i = 0; i < 300; i++) {
        // The window of the connection is shut after the first.
        int id = ask(client);
        client.awaitHead(id).reset(id);
      }
      server.application.answerWith(answer(0));

      assertEquals(200, client.receive(ask(client)).status());
      assertEquals(0, server.observer.cuts.size());
    }
  }

  // Limits

  @ParameterizedTest
  @CsvSource({"100, 2000", "2000, 100"})
  void aBodyThatIsTooLargeIsRefusedAndTheConnectionGoesOn(int declared, int sent) throws Exception {
    try (TestServer server =
            new TestServer(limits -> limits.withSizes(8_192, 8_192, 1_000, 1_000));
        FrameClient client = client(server)) {
      int id =
          declared > sent ? post(client, "content-length", String.valueOf(declared)) : post(client);
      client.data(id, new byte[sent], false);
      FrameClient.Response response = client.receive(id);

      assertEquals(413, response.status());
      assertEquals(Http2Error.NO_ERROR, client.receive(id).reset());
      assertEquals("OK", client.get("/health").body());
      assertFalse(server.application.hasArrivals());
    }
  }

  @Test
  void theBodyOfARefusedRequestIsReadOver() throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = client(server)) {
      server.application.refuseWith(new Refusal(Reason.QUEUE_FULL, Duration.ZERO));
      for (int i = 0; i < 300; i++) {
        int id = post(client, "content-length", "1000");
        client.data(id, new byte[1_000], true);
        FrameClient.Response response = client.receive(id);
        assertEquals(503, response.status());
        assertEquals(null, response.reset());
      }
    }
  }

  @Test
  void givesUpOnABodyThatDoesNotEnd() throws Exception {
    try (TestServer server = new TestServer(limits -> limits.withTimes(LONG, SOON, LONG, LONG));
        FrameClient client = client(server)) {
      int id = post(client);
      client.data(id, "{".getBytes(UTF_8), false);

      assertEquals(408, client.receive(id).status());
      assertEquals(Cut.SLOW_BODY, server.observer.nextCut());
      assertEquals("OK", client.get("/health").body());
    }
  }

  @Test
  void givesUpOnTheRestOfABodyItDoesNotWant() throws Exception {
    try (TestServer server = new TestServer(limits -> limits.withTimes(LONG, SOON, LONG, LONG));
        FrameClient client = client(server)) {
      server.application.refuseWith(new Refusal(Reason.QUEUE_FULL, Duration.ZERO));
      int id = post(client, "content-length", "1000");

      assertEquals(503, client.receive(id).status());
      assertEquals(Cut.SLOW_BODY, server.observer.nextCut());
      assertEquals(Http2Error.NO_ERROR, client.receive(id).reset());
      assertEquals("OK", client.get("/health").body());
    }
  }

  @Test
  void isPatientWhileItComputesItself() throws Exception {
    try (TestServer server = new TestServer(limits -> limits.withTimes(SOON, SOON, SOON, IDLE));
        FrameClient client = client(server);
        FrameClient idle = client(server)) {
      int id = ask(client);
      Visit visit = server.application.next();

      // Came later, and was given up on already: time enough has passed for the other.
      assertEquals(Http2Error.NO_ERROR.code(), idle.goAway());
      assertEquals(Cut.IDLE, server.observer.nextCut());
      visit.sink().reply(answer(1));
      assertEquals("x", client.receive(id).body());
    }
  }

  @Test
  void closesIdleConnections() throws Exception {
    try (TestServer server = new TestServer(limits -> limits.withTimes(LONG, LONG, LONG, IDLE));
        FrameClient client = client(server)) {
      assertEquals("OK", client.get("/health").body());
      assertEquals(Http2Error.NO_ERROR.code(), client.goAway());
      assertEquals(Cut.IDLE, server.observer.nextCut());
      assertTrue(client.closed());
    }
  }

  // Heads that servers are known to read in different ways

  @ParameterizedTest
  @ValueSource(
      strings = {
        "connection: close",
        "transfer-encoding: chunked",
        "keep-alive: 1",
        "upgrade: h2c",
        "proxy-connection: close",
        "te: gzip",
        "Accept: */*",
        "x y: 1",
        "x-nul: a\0b",
        "x-line: a\nb",
        "x-line: a\r\nGET / HTTP/1.1",
        ":path: /other",
        ":status: 200",
        ":unknown: 1",
        "host: other",
        "content-length: 1",
        "content-length: -1",
        "content-length: 0x0"
      })
  void aHeadWithSomethingWrongInItIsNotServed(String field) throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = client(server)) {
      int colon = field.indexOf(": ");
      Http2Headers head = FrameClient.request("GET", "/route");
      head.add(field.substring(0, colon), field.substring(colon + 2));
      FrameClient.Response response = client.receive(client.open(head, true));

      assertTrue(
          response.status() == 400 || response.reset() == Http2Error.PROTOCOL_ERROR,
          response.status() + " " + response.reset());
      assertEquals(Cut.MALFORMED, server.observer.nextCut());
      assertFalse(server.application.hasArrivals());
      assertEquals("OK", client.get("/health").body());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "route", "*", "/a b", "/a\tb", "http://other/route"})
  void aTargetThatIsNoneIsNotServed(String path) throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = client(server)) {
      FrameClient.Response response =
          client.receive(client.open(FrameClient.request("GET", path), true));

      assertTrue(
          response.status() == 400 || response.reset() == Http2Error.PROTOCOL_ERROR,
          response.status() + " " + response.reset());
      assertEquals("OK", client.get("/health").body());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {":method", ":path", ":scheme", ":authority"})
  void aHeadThatLacksSomethingIsNotServed(String pseudo) throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = client(server)) {
      Http2Headers head = FrameClient.request("GET", "/route");
      head.remove(pseudo);
      FrameClient.Response response = client.receive(client.open(head, true));

      assertTrue(
          response.status() == 400 || response.reset() == Http2Error.PROTOCOL_ERROR,
          response.status() + " " + response.reset());
      assertFalse(server.application.hasArrivals());
    }
  }

  @Test
  void aTargetThatIsTooLongIsToldSo() throws Exception {
    try (TestServer server = new TestServer(limits -> limits.withSizes(64, 8_192, 100, 100));
        FrameClient client = client(server)) {
      FrameClient.Response response = client.get("/route?" + "x".repeat(64));
      assertEquals(414, response.status());
      assertEquals("OK", client.get("/health").body());
      assertNull(response.reset(), "request and answer were complete");
    }
  }

  @Test
  void aHostThatSaysTheSameIsFine() throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = client(server)) {
      assertEquals("OK", client.get("/health", "host", "Test").body());
      Http2Headers head = FrameClient.request("GET", "/health", "host", "elsewhere");
      head.remove(":authority");
      assertEquals("OK", client.receive(client.open(head, true)).body());
    }
  }

  @ParameterizedTest
  @CsvSource({"5, 3", "1, 3"})
  void aBodyThatIsNotAsLongAsItSaysIsNotServed(int declared, int sent) throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = client(server)) {
      int id = post(client, "content-length", String.valueOf(declared));
      client.data(id, new byte[sent], true);

      assertEquals(Http2Error.PROTOCOL_ERROR, client.receive(id).reset());
      assertEquals("OK", client.get("/health").body());
      assertFalse(server.application.hasArrivals());
    }
  }

  // The end

  @Test
  void finishesWhatItWorksOnAndSaysThatItLeaves() throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = client(server)) {
      int id = ask(client);
      Visit visit = server.application.next();

      server.server.stopAccepting();

      assertEquals(Http2Error.NO_ERROR.code(), client.goAway());
      assertFalse(server.server.drained().isDone());
      visit.sink().reply(answer(1));
      assertEquals("x", client.receive(id).body());
      assertTrue(client.closed());
      client.close();
      server.server.drained().get(20, TimeUnit.SECONDS);
      assertEquals(0, server.observer.cuts.size());
    }
  }

  /** So that the last of it waits to be taken by the kernel when there is nothing else to do. */
  @Test
  void doesNotLeaveBeforeAnAnswerIsSentToItsEnd() throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client =
            new FrameClient(new Socket(), server.server.port(), 4_096)
                .greet(Http2CodecUtil.SETTINGS_INITIAL_WINDOW_SIZE, Integer.MAX_VALUE)) {
      client.frame(
          Http2FrameTypes.WINDOW_UPDATE, 0, 0, FrameClient.number(Integer.MAX_VALUE - 65_535));
      int id = ask(client);
      Visit visit = server.application.next();
      server.server.stopAccepting();
      client.goAway();

      visit.sink().reply(answer(16 << 20));

      assertEquals(16 << 20, client.keepWindowsShut().receive(id).bytes().length);
      assertTrue(client.closed());
      assertEquals(0, server.observer.cuts.size());
    }
  }

  @Test
  void leavesIdleCallersAtOnce() throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = client(server)) {
      assertEquals("OK", client.get("/health").body());

      server.server.stopAccepting();

      assertEquals(Http2Error.NO_ERROR.code(), client.goAway());
      assertTrue(client.closed());
      client.close();
      server.server.drained().get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void doesNotBeginWhatComesAfterItsGoodbye() throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = client(server)) {
      int id = ask(client);
      Visit visit = server.application.next();
      server.server.stopAccepting();
      client.goAway();

      ask(client);
      visit.sink().reply(answer(1));

      assertEquals("x", client.receive(id).body());
      assertTrue(client.closed());
      assertFalse(server.application.hasArrivals());
    }
  }

  @Test
  void tellsTheApplicationWhenItIsClosedRegardless() throws Exception {
    TestServer server = new TestServer();
    try (FrameClient client = client(server)) {
      ask(client);
      Visit visit = server.application.next();

      server.close();

      assertTrue(client.closed());
      assertTrue(visit.sink().abandoned());
      visit.sink().reply(answer(1));
      assertEquals(0, RecordingObserver.next(server.observer.closings));
    }
  }
}
