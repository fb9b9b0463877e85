package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.path.Answered;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.TransportObserver.Cut;
import dev.weir.proxy.path.TransportObserver.Resource;
import dev.weir.proxy.transport.FakeApplication.Visit;
import dev.weir.proxy.transport.FrameClient;
import dev.weir.proxy.transport.FrameClient.Response;
import dev.weir.proxy.transport.NoLeaks;
import dev.weir.routing.Legs;
import io.netty.handler.codec.http2.Http2FrameTypes;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several answers to one request over HTTP/2. */
@ExtendWith(NoLeaks.class)
final class Http2StreamTest {

  private static final byte[] TWO_ROWS =
      "{\"origins\":[{\"latitude\":1},{\"latitude\":2}],\"destinations\":[{}]}".getBytes(UTF_8);
  private static final Legs.Leg LEG = new Legs.Leg(1_234.5, 98_765);
  private static final Reply ROW = new Reply.Routed(new Legs(List.of(LEG), 1));

  /** More than windows are open for by themselves. */
  private static final Reply LARGE_ROW =
      new Reply.Routed(new Legs(Collections.nCopies(10_000, LEG), 1));

  private static final int ALL_OF_IT = 1 << 20;

  private static FrameClient client(TestServer server) throws Exception {
    return new FrameClient(server.server.port()).greet();
  }

  private static int ask(FrameClient client, String... headers) throws Exception {
    int id =
        client.open(
            FrameClient.request("POST", "/v1/profiles/car/matrix:stream", headers)
                .add("content-type", "application/json"),
            false);
    client.data(id, TWO_ROWS, true);
    return id;
  }

  @Test
  void eachAnswerIsSentAsSoonAsItIsThere() throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = client(server)) {
      int id = ask(client);
      server.application.next().sink().reply(ROW);
      Response response = client.receive(id, 0);
      assertEquals(200, response.status());
      assertEquals("application/x-ndjson", response.headers().get("content-type"));
      assertNull(response.headers().get("content-length"));
      assertNull(response.headers().get("transfer-encoding"));
      assertEquals(1, response.body().lines().count());

      server.application.next().sink().reply(ROW);
      assertEquals(2, client.receive(id).body().lines().count());
      Answered answered = server.observer.nextAnswer();
      assertEquals(Resource.GET_MATRIX, answered.resource());
      assertEquals(response.bytes().length, answered.bytes());
      assertEquals("OK", client.get("/health").body());
      assertEquals(0, server.observer.pendingBytes.get());
    }
  }

  @Test
  void whatIsWrongIsToldAsOverHttp11() throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = client(server)) {
      Reply shed = new Reply.Refused(new Refusal(Reason.OVER_CAPACITY, Duration.ofSeconds(1)));
      int first = ask(client);
      server.application.next().sink().reply(shed);
      assertEquals(503, client.receive(first).status());

      int second = ask(client, "accept", "text/event-stream");
      server.application.next().sink().reply(ROW);
      server.application.next().sink().reply(shed);
      Response response = client.receive(second);
      assertEquals(200, response.status());
      assertTrue(response.body().contains("\n\nevent: error\n"), response::body);
    }
  }

  @Test
  void streamsOfOneConnectionDoNotWaitForEachOther() throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = client(server)) {
      int slow = ask(client);
      server.application.next().sink().reply(ROW);
      Visit late = server.application.next();
      int quick = ask(client);
      server.application.next().sink().reply(ROW);
      server.application.next().sink().reply(ROW);

      assertEquals(2, client.receive(quick).body().lines().count());
      late.sink().reply(ROW);
      assertEquals(2, client.receive(slow).body().lines().count());
    }
  }

  @Test
  void theNextAnswerIsComputedWhenTheWindowIsOpen() throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = client(server).keepWindowsShut()) {
      int id = ask(client);
      server.application.next().sink().reply(LARGE_ROW);
      client.receive(id, 0);
      try (RawClient other = server.client()) {
        assertEquals("OK", other.get("/health").receive().body());
      }
      assertFalse(server.application.hasArrivals());

      for (int each : new int[] {0, id}) {
        client.frame(Http2FrameTypes.WINDOW_UPDATE, 0, each, FrameClient.number(ALL_OF_IT));
      }
      server.application.next().sink().reply(ROW);
      assertEquals(2, client.receive(id).body().lines().count());
      assertEquals(0, server.observer.cuts.size());
    }
  }

  @Test
  void aStreamThatIsResetIsNotComputedForAnyMore() throws Exception {
    try (TestServer server = new TestServer();
        FrameClient client = client(server).keepWindowsShut()) {
      client.frame(Http2FrameTypes.WINDOW_UPDATE, 0, 0, FrameClient.number(ALL_OF_IT));
      int id = ask(client);
      server.application.next().sink().reply(ROW);
      Visit second = server.application.next();
      int unread = ask(client);
      server.application.next().sink().reply(LARGE_ROW);
      client.receive(unread, 0);

      client.reset(id).reset(unread);

      assertEquals("OK", client.get("/health").body());
      assertTrue(second.sink().abandoned());
      assertFalse(server.application.hasArrivals());
      assertEquals(0, server.observer.pendingBytes.get());
    }
  }

  @Test
  void aCallerThatReadsNothingIsCutOff() throws Exception {
    Duration soon = Duration.ofMillis(30);
    try (TestServer server =
            new TestServer(
                limits ->
                    limits.withTimes(TestServer.LONG, TestServer.LONG, soon, TestServer.LONG));
        FrameClient client = client(server).keepWindowsShut()) {
      ask(client);
      server.application.next().sink().reply(LARGE_ROW);

      assertEquals(Cut.SLOW_READER, server.observer.nextCut());
      server.awaitEnd();
      assertFalse(server.application.hasArrivals());
      assertEquals(0, server.observer.pendingBytes.get());
    }
  }
}
