package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.TransportObserver.Cut;
import dev.weir.proxy.transport.FakeApplication.Visit;
import dev.weir.proxy.transport.NoLeaks;
import dev.weir.proxy.transport.RecordingObserver;
import dev.weir.proxy.transport.http.RawClient.Response;
import dev.weir.routing.Rendered;
import dev.weir.routing.Rendered.Media;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Callers who take their time. */
@ExtendWith(NoLeaks.class)
final class SlowClientsTest {

  private static final Duration SOON = Duration.ofMillis(30);
  private static final Duration LONG = TestServer.LONG;
  private static final int SMALL_BUFFER = 4_096;

  /** More than all buffers between two sockets of one machine hold. */
  private static final int LARGE_BYTES = 16 << 20;

  private static Reply large() {
    return new Reply.Routed(new Rendered(Media.JSON, new byte[LARGE_BYTES], 0));
  }

  @Test
  void givesUpOnAHeadThatDoesNotEnd() throws Exception {
    try (TestServer server = new TestServer(limits -> limits.withTimes(SOON, LONG, LONG, LONG));
        RawClient client = server.client()) {
      Response response = client.send("GET /health HTTP/1.1\r\nHost:").receive();

      assertEquals(408, response.status());
      assertEquals("close", response.header("connection"));
      assertEquals(Cut.SLOW_HEADER, server.observer.nextCut());
      client.finishSending();
      assertTrue(client.closed());
    }
  }

  @Test
  void givesUpOnABodyThatDoesNotEnd() throws Exception {
    try (TestServer server = new TestServer(limits -> limits.withTimes(LONG, SOON, LONG, LONG));
        RawClient client = server.client()) {
      client.head("POST /route HTTP/1.1", "Content-Type: application/json", "Content-Length: 100");

      assertEquals(408, client.send("{").receive().status());
      assertEquals(Cut.SLOW_BODY, server.observer.nextCut());
    }
  }

  @Test
  void givesUpOnTheRestOfABodyItDoesNotWant() throws Exception {
    try (TestServer server = new TestServer(limits -> limits.withTimes(LONG, SOON, LONG, LONG));
        RawClient client = server.client()) {
      server.application.refuseWith(new Refusal(Reason.QUEUE_FULL, Duration.ZERO));
      client.head("POST /route HTTP/1.1", "Content-Type: application/json", "Content-Length: 100");

      assertEquals(503, client.receive().status());
      assertEquals(Cut.SLOW_BODY, server.observer.nextCut());
      assertTrue(client.closed());
    }
  }

  @Test
  void closesIdleConnections() throws Exception {
    try (TestServer server = new TestServer(limits -> limits.withTimes(LONG, LONG, LONG, SOON));
        RawClient client = server.client()) {
      assertTrue(client.closed());
      assertEquals(Cut.IDLE, server.observer.nextCut());
    }
  }

  @Test
  void isPatientWhileItComputesItself() throws Exception {
    try (TestServer server = new TestServer(limits -> limits.withTimes(SOON, SOON, SOON, LONG));
        RawClient waiting = server.client();
        RawClient slow = server.client()) {
      waiting.get("/route");
      Visit visit = server.application.next();

      // Came later, and was given up on already: time enough has passed for the other.
      assertEquals(408, slow.send("GET").receive().status());
      visit.sink().reply(new Reply.Routed(new Rendered(Media.JSON, "{}".getBytes(UTF_8), 0)));
      assertEquals(200, waiting.receive().status());
    }
  }

  @Test
  void cutsOffACallerThatReadsNothing() throws Exception {
    try (TestServer server = new TestServer(limits -> limits.withTimes(LONG, LONG, SOON, LONG));
        RawClient client = new RawClient(server.server.port(), SMALL_BUFFER)) {
      server.application.answerWith(large());
      client.get("/route");

      assertEquals(Cut.SLOW_READER, server.observer.nextCut());
      server.awaitEnd();
      assertEquals(0, server.observer.pendingBytes.get());
    }
  }

  @Test
  void doesNotWorkAheadForACallerThatDoesNotRead() throws Exception {
    try (TestServer server = new TestServer();
        RawClient client = new RawClient(server.server.port(), SMALL_BUFFER)) {
      client.get("/route").get("/route");
      server.application.next().sink().reply(large());
      server.observer.nextAnswer();
      try (RawClient other = server.client()) {
        assertEquals("OK", other.get("/health").receive().body());
      }

      assertFalse(server.application.hasArrivals());
      assertEquals(LARGE_BYTES, client.receive().bytes().length);
      server.application.next().sink().reply(large());
      assertEquals(LARGE_BYTES, client.receive().bytes().length);
    }
  }

  @Test
  void asksNobodyToComputeWhileTheMemoryForAnswersIsTaken() throws Exception {
    try (TestServer server =
            new TestServer(
                limits -> limits.withPendingBytes(LARGE_BYTES + AnswerEncoder.HEAD_BYTES));
        RawClient slow = new RawClient(server.server.port(), SMALL_BUFFER);
        RawClient late = server.client()) {
      slow.get("/route");
      server.application.next().sink().reply(large());

      assertEquals(503, late.get("/nearest").receive().status());
      assertEquals(Reason.SLOW_READERS, RecordingObserver.next(server.observer.refusals));
      assertFalse(server.application.hasArrivals());
    }
  }

  @Test
  void refusesEverybodyWhileTooManyAnswersAreUnread() throws Exception {
    try (TestServer server =
            new TestServer(limits -> limits.withPendingBytes(LARGE_BYTES + 1_000L));
        RawClient slow = new RawClient(server.server.port(), SMALL_BUFFER);
        RawClient late = server.client()) {
      slow.get("/route");
      Visit first = server.application.next();
      late.get("/route");
      Visit second = server.application.next();
      first.sink().reply(large());
      second.sink().reply(large());

      Response refused = late.receive();
      assertEquals(503, refused.status());
      assertTrue(refused.body().contains("slow_readers"), refused.body());
      assertEquals(LARGE_BYTES, slow.receive().bytes().length);
      late.get("/route");
      server.application.next().sink().reply(large());
      assertEquals(200, late.receive().status());
      assertNull(server.observer.cuts.poll());
    }
  }
}
