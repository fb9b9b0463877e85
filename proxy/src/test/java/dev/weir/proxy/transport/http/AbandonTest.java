package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.path.Reply;
import dev.weir.proxy.transport.FakeApplication.Visit;
import dev.weir.proxy.transport.NoLeaks;
import dev.weir.routing.Rendered;
import dev.weir.routing.Rendered.Media;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Callers who go away. */
@ExtendWith(NoLeaks.class)
final class AbandonTest {

  private static Visit arrival(TestServer server, RawClient client) throws Exception {
    client.get("/route");
    return server.application.next();
  }

  private static void reply(Visit visit) {
    visit.sink().reply(new Reply.Routed(new Rendered(Media.JSON, new byte[100_000], 0)));
  }

  @Test
  void noticesACallerThatClosesWhileItsRequestIsComputed() throws Exception {
    try (TestServer server = new TestServer();
        RawClient client = server.client()) {
      Visit visit = arrival(server, client);
      assertFalse(visit.sink().abandoned());

      client.close();

      server.awaitEnd();
      assertTrue(visit.sink().abandoned());
      reply(visit);
      assertEquals(0, server.observer.pendingBytes.get());
    }
  }

  @Test
  void noticesAReset() throws Exception {
    try (TestServer server = new TestServer();
        RawClient client = server.client()) {
      client.post("/route", "{}".getBytes(UTF_8));
      Visit visit = server.application.next();

      client.reset();

      server.awaitEnd();
      assertTrue(visit.sink().abandoned());
    }
  }

  @Test
  void takesACallerThatSendsNoMoreForGone() throws Exception {
    try (TestServer server = new TestServer();
        RawClient client = server.client()) {
      client.get("/route");
      Visit visit = server.application.next();

      client.finishSending();

      server.awaitEnd();
      assertTrue(visit.sink().abandoned());
    }
  }

  @Test
  void noticesItThoughFurtherRequestsWereSentAhead() throws Exception {
    try (TestServer server = new TestServer();
        RawClient client = server.client()) {
      client.get("/route").get("/route").get("/health");
      Visit visit = server.application.next();

      client.close();

      server.awaitEnd();
      assertTrue(visit.sink().abandoned());
      assertFalse(server.application.hasArrivals());
    }
  }

  @Test
  void dropsAnAnswerThatCrossesTheCallersGoodbye() throws Exception {
    try (TestServer server = new TestServer()) {
      for (int i = 0; i < 200; i++) {
        RawClient client = server.client();
        client.get("/route");
        Visit visit = server.application.next();
        Thread worker = Thread.ofPlatform().start(() -> reply(visit));
        client.reset();
        worker.join();
        server.awaitEnd();
      }
      assertEquals(0, server.observer.pendingBytes.get());
    }
  }

  @Test
  void forgetsACallerThatLeavesInTheMiddleOfItsBody() throws Exception {
    try (TestServer server = new TestServer();
        RawClient client = server.client()) {
      client.head("POST /route HTTP/1.1", "Content-Type: application/json", "Content-Length: 100");
      client.send("{").close();

      server.awaitEnd();
      assertFalse(server.application.hasArrivals());
    }
  }
}
