package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is known to bring servers of HTTP/2 down, sent in real frames: the connection ends, and
 * others are served.
 */
@ExtendWith(NoLeaks.class)
final class Http2FloodsTest {

  private static final Duration SOON = Duration.ofMillis(100);
  private static final Duration LONG = TestServer.LONG;
  private static final long CALM = Http2Error.ENHANCE_YOUR_CALM.code();
  private static final long PROTOCOL = Http2Error.PROTOCOL_ERROR.code();

  /** More than any limit there is. */
  private static final int MANY = 20_000;

  /** Frames in one go, as many as it takes. */
  private static void flood(FrameClient client, byte[] frame) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < MANY; i++) {
      all.writeBytes(frame);
    }
    flood(client, all);
  }

  private static void flood(FrameClient client, ByteArrayOutputStream frames) throws IOException {
    try {
      client.send(frames.toByteArray());
    } catch (SocketException e) {
      // It was closed before everything was sent, which is as well.
    }
  }

  /** The connection was ended for it, and another is served. */
  private static void assertEnded(TestServer server, FrameClient client, Cut why, long code)
      throws Exception {
    assertEquals(why, server.observer.nextCut());
    long said = client.goAway();
    // The kernel drops what was said if it was sent more than we read.
    assertTrue(said == code || said == FrameClient.NO_WORD, "GOAWAY " + said);
    assertServesOthers(server);
    assertNull(server.observer.cuts.poll());
  }

  private static void assertServesOthers(TestServer server) throws Exception {
    assertEquals(0, RecordingObserver.next(server.observer.closings));
    try (FrameClient other = new FrameClient(server.server.port()).greet()) {
      assertEquals("OK", other.get("/health").body());
    }
    RecordingObserver.next(server.observer.closings);
    assertEquals(0, server.observer.pendingBytes.get());
  }

  private static FrameClient greeted(TestServer server, int... settings) throws IOException {
    return new FrameClient(server.server.port()).greet(settings);
  }

  @Test
  void requestsThatAreResetAtOnce() throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = greeted(server)) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (int i = 0; i < MANY; i++) {
        int id = client.nextId();
        byte[] head = client.block(id, FrameClient.request("GET", "/route"));
        all.writeBytes(FrameClient.frameBytes(Http2FrameTypes.HEADERS, 5, id, head));
        all.writeBytes(
            FrameClient.frameBytes(Http2FrameTypes.RST_STREAM, 0, id, FrameClient.number(8)));
      }
      flood(client, all);

      assertEnded(server, client, Cut.FLOOD, CALM);
      List<Visit> begun = new ArrayList<>();
      while (server.application.hasArrivals()) {
        begun.add(server.application.next());
      }
      assertTrue(begun.size() < 1_000, begun.size() + " were begun");
      assertTrue(begun.stream().allMatch(visit -> visit.sink().abandoned()));
    }
  }

  /** Each is answered by a reset of ours: the known ways to be made to. */
  @ParameterizedTest
  @ValueSource(strings = {"window", "self", "malformed", "late"})
  void requestsThatMakeUsReset(String way) throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = greeted(server)) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (int i = 0; i < MANY; i++) {
        int id = client.nextId();
        Http2Headers request = FrameClient.request("GET", "/route");
        int flags = FrameClient.END_HEADERS | FrameClient.END_STREAM;
        if (way.equals("malformed")) {
          request.add("connection", "close");
        }
        byte[] head = client.block(id, request);
        all.writeBytes(FrameClient.frameBytes(Http2FrameTypes.HEADERS, flags, id, head));
        switch (way) {
          case "window" ->
              all.writeBytes(
                  FrameClient.frameBytes(
                      Http2FrameTypes.WINDOW_UPDATE, 0, id, FrameClient.number(0)));
          case "self" ->
              all.writeBytes(
                  FrameClient.frameBytes(
                      Http2FrameTypes.WINDOW_UPDATE, 0, id, FrameClient.number(Integer.MAX_VALUE)));
          case "late" ->
              all.writeBytes(FrameClient.frameBytes(Http2FrameTypes.DATA, 0, id, new byte[64]));
          default -> {}
        }
      }
      flood(client, all);

      Cut why = server.observer.nextCut();
      while (why == Cut.MALFORMED && way.equals("malformed")) {
        why = server.observer.nextCut();
      }
      assertTrue(why == Cut.FLOOD || why == Cut.MALFORMED, why + "");
      client.goAway();
      assertServesOthers(server);
    }
  }

  @ParameterizedTest
  @CsvSource({"4, 0, 0", "6, 0, 8", "2, 3, 5", "8, 3, 4", "11, 0, 4", "200, 0, 16"})
  void settingsPingsPrioritiesWindowsAndWhatNobodyKnows(int type, int id, int bytes)
      throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = greeted(server)) {
      byte[] payload = new byte[bytes];
      if (bytes > 0) {
        payload[bytes - 1] = 1;
      }
      client.open(FrameClient.request("GET", "/health"), true);
      client.get("/health");
      flood(client, FrameClient.frameBytes(type, 0, id, payload));

      assertEnded(server, client, Cut.FLOOD, CALM);
    }
  }

  @Test
  void emptyPiecesOfABody() throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = greeted(server)) {
      int id =
          client.open(
              FrameClient.request("POST", "/route", "content-type", "application/json"), false);
      flood(client, FrameClient.frameBytes(Http2FrameTypes.DATA, 0, id));

      assertEnded(server, client, Cut.FLOOD, CALM);
      assertFalse(server.application.hasArrivals());
    }
  }

  @Test
  void paddingInsteadOfABody() throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = greeted(server)) {
      int id =
          client.open(
              FrameClient.request("POST", "/route", "content-type", "application/json"), false);
      byte[] padding = new byte[64];
      padding[0] = 63;
      flood(client, FrameClient.frameBytes(Http2FrameTypes.DATA, 8, id, padding));

      assertEnded(server, client, Cut.FLOOD, CALM);
    }
  }

  /** A few bytes that stand for many by reference to a table. */
  @Test
  void aHeadThatGrowsWhenItIsReadIsTooLarge() throws Exception {
    try (TestServer server = new TestServer(limits -> limits.withSizes(512, 512, 1_024, 1_024));
        FrameClient client = greeted(server)) {
      Http2Headers bomb = FrameClient.request("GET", "/route");
      for (int i = 0; i < 30; i++) {
        bomb.add("x-bomb", "b".repeat(40));
      }
      FrameClient.Response response = client.receive(client.open(bomb, true));

      assertEquals(431, response.status());
      assertFalse(server.application.hasArrivals());
      assertEquals("OK", client.get("/health").body());
    }
  }

  @Test
  void headsFarBeyondTheLimitOneAfterTheOther() throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = greeted(server)) {
      Http2Headers bomb = FrameClient.request("GET", "/route");
      String value = "b".repeat(4_000);
      for (int i = 0; i < 4_000; i++) {
        bomb.add("x-bomb", value);
      }
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      // The first fills the table; from then on all are alike.
      byte[] block = client.block(1, bomb);
      for (int i = 0; i < 500; i++) {
        all.writeBytes(FrameClient.frameBytes(Http2FrameTypes.HEADERS, 5, client.nextId(), block));
        block = i == 0 ? client.block(3, bomb) : block;
        assertTrue(block.length < 16_384, "it is small where it is sent");
      }
      flood(client, all);

      Cut why = server.observer.nextCut();
      int heads = 0;
      while (why == Cut.MALFORMED) {
        heads++;
        why = server.observer.nextCut();
      }
      assertEquals(Cut.FLOOD, why);
      assertTrue(heads < 400, heads + " heads");
      client.goAway();
      assertServesOthers(server);
      assertFalse(server.application.hasArrivals());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_000})
  void aHeadThatGoesOnAndOn(int bytes) throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = greeted(server)) {
      int id = client.nextId();
      byte[] head = client.block(id, FrameClient.request("GET", "/route"));
      client.frame(Http2FrameTypes.HEADERS, FrameClient.END_STREAM, id, head);
      byte[] literal = new byte[bytes];
      Arrays.fill(literal, (byte) 0x82);
      flood(client, FrameClient.frameBytes(Http2FrameTypes.CONTINUATION, 0, id, literal));

      Cut why = server.observer.nextCut();
      assertTrue(why == Cut.FLOOD || why == Cut.MALFORMED, why + "");
      client.goAway();
      assertServesOthers(server);
      assertFalse(server.application.hasArrivals());
    }
  }

  @Test
  void aHeadThatIsSentTooSlowly() throws Exception {
    try (TestServer server = new TestServer(limits -> limits.withTimes(SOON, LONG, LONG, LONG));
        FrameClient client = greeted(server)) {
      int id = client.nextId();
      byte[] head = client.block(id, FrameClient.request("GET", "/route"));
      client.frame(Http2FrameTypes.HEADERS, FrameClient.END_STREAM, id, head);

      assertEnded(server, client, Cut.SLOW_HEADER, Http2Error.NO_ERROR.code());
    }
  }

  @Test
  void aPrefaceThatIsNotSentToItsEnd() throws Exception {
    try (TestServer server = new TestServer(limits -> limits.withTimes(SOON, LONG, LONG, LONG));
        FrameClient client = new FrameClient(server.server.port())) {
      client.send("PRI * HTTP/2.0\r\n".getBytes(UTF_8));

      assertEnded(server, client, Cut.SLOW_HEADER, Http2Error.NO_ERROR.code());
    }
  }

  @Test
  void aPrefaceThatIsNone() throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = new FrameClient(server.server.port())) {
      client.send("PRI * HTTP/2.1\r\n\r\nSM\r\n\r\n".getBytes(UTF_8));

      assertEnded(server, client, Cut.MALFORMED, PROTOCOL);
    }
  }

  @Test
  void aFrameLargerThanAllowed() throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = greeted(server)) {
      int id =
          client.open(
              FrameClient.request("POST", "/route", "content-type", "application/json"), false);
      client.data(id, new byte[Http2CodecUtil.MAX_FRAME_SIZE_LOWER_BOUND + 1], false);

      assertEnded(server, client, Cut.MALFORMED, Http2Error.FRAME_SIZE_ERROR.code());
    }
  }

  @Test
  void moreRequestsAtATimeThanAllowedThoughTheLimitWasNotConfirmed() throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = greeted(server)) {
      List<Integer> ids = new ArrayList<>();
      for (int i = 0; i < TestServer.Limits.STREAMS + 10; i++) {
        ids.add(client.open(FrameClient.request("GET", "/route"), true));
      }
      for (int id : ids.subList(TestServer.Limits.STREAMS, ids.size())) {
        assertEquals(Http2Error.REFUSED_STREAM, client.receive(id).reset());
      }
      for (int i = 0; i < TestServer.Limits.STREAMS; i++) {
        Visit visit = server.application.next();
        visit.sink().reply(new Reply.Routed(new Rendered(Media.JSON, new byte[] {'1'}, 0)));
      }
      for (int id : ids.subList(0, TestServer.Limits.STREAMS)) {
        assertEquals(200, client.receive(id).status());
      }
      assertFalse(server.application.hasArrivals());
    }
  }

  @Test
  void theBodyOfARequestThatWasRefusedIsReadOverAndTheOthersAreAnswered() throws Exception {
    try (TestServer server = new TestServer(limits -> limits.withStreams(1));
        FrameClient client = greeted(server)) {
      int first = client.open(post(), false);
      int beyond = client.open(post(), false);
      client.data(beyond, new byte[] {'{', '}'}, true);
      client.data(first, new byte[] {'{', '}'}, true);

      assertEquals(Http2Error.REFUSED_STREAM, client.receive(beyond).reset());
      Visit visit = server.application.next();
      visit.sink().reply(new Reply.Routed(new Rendered(Media.JSON, new byte[] {'1'}, 0)));
      assertEquals(200, client.receive(first).status());
      assertEquals(200, client.get("/health").status());
      assertEquals(0, server.observer.cuts.size());
    }
  }

  private static Http2Headers post() {
    return FrameClient.request("POST", "/route", "content-type", "application/json");
  }

  /** Answers are computed, and none of them is let through. */
  @Test
  void windowsThatStayShut() throws Exception {
    try (TestServer server =
            new TestServer(
                limits -> limits.withTimes(LONG, LONG, SOON, LONG).withPendingBytes(1 << 20));
        FrameClient client = greeted(server, Http2CodecUtil.SETTINGS_INITIAL_WINDOW_SIZE, 0)) {
      server.application.answerWith(Media.JSON, "x".repeat(100_000));
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (int i = 0; i < TestServer.Limits.STREAMS; i++) {
        int id = client.nextId();
        byte[] head = client.block(id, FrameClient.request("GET", "/route"));
        all.writeBytes(FrameClient.frameBytes(Http2FrameTypes.HEADERS, 5, id, head));
      }
      flood(client, all);

      assertEquals(Cut.SLOW_READER, server.observer.nextCut());
      assertTrue(client.closed());
      assertServesOthers(server);
    }
  }

  @Test
  void aSocketThatIsNotRead() throws Exception {
    try (TestServer server = new TestServer(limits -> limits.withTimes(LONG, LONG, SOON, LONG));
        FrameClient client =
            new FrameClient(new Socket(), server.server.port(), 4_096)
                .greet(Http2CodecUtil.SETTINGS_INITIAL_WINDOW_SIZE, Integer.MAX_VALUE)) {
      client.frame(
          Http2FrameTypes.WINDOW_UPDATE, 0, 0, FrameClient.number(Integer.MAX_VALUE - 65_535));
      server.application.answerWith(Media.JSON, "x".repeat(16 << 20));
      client.open(FrameClient.request("GET", "/route"), true);

      assertEquals(Cut.SLOW_READER, server.observer.nextCut());
      assertServesOthers(server);
    }
  }

  /** What costs nothing is not counted as held, so they have to be bounded by themselves. */
  @Test
  void answersThatAreNotHeldAndNotRead() throws Exception {
    try (TestServer server = new TestServer(limits -> limits.withTimes(LONG, LONG, SOON, LONG));
        FrameClient client = new FrameClient(new Socket(), server.server.port(), 4_096).greet()) {
      for (int round = 0; round < 20; round++) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < MANY; i++) {
          int id = client.nextId();
          byte[] head = client.block(id, FrameClient.request("HEAD", "/nothing"));
          all.writeBytes(FrameClient.frameBytes(Http2FrameTypes.HEADERS, 5, id, head));
        }
        flood(client, all);
      }

      Cut why = server.observer.nextCut();
      assertTrue(why == Cut.FLOOD || why == Cut.SLOW_READER, why + "");
      assertServesOthers(server);
    }
  }

  @Test
  void aHeadOfAnAnswerMayBeLongerThanIsLiked() throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = greeted(server, Http2CodecUtil.SETTINGS_MAX_HEADER_LIST_SIZE, 1)) {
      assertEquals("OK", client.get("/health").body());
    }
  }

  @Test
  void aTableThatIsOfferedTooLarge() throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client =
            greeted(server, Http2CodecUtil.SETTINGS_HEADER_TABLE_SIZE, Integer.MAX_VALUE)) {
      for (int i = 0; i < 3; i++) {
        assertEquals("OK", client.get("/health").body());
      }
      client.settings(Http2CodecUtil.SETTINGS_HEADER_TABLE_SIZE, 0);
      assertEquals("OK", client.get("/health").body());
    }
  }
}
