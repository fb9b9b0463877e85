package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.config.DeadlineSettings;
import dev.weir.proxy.config.HttpSettings;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.transport.BindFailed;
import dev.weir.proxy.transport.ContractRules;
import dev.weir.proxy.transport.FakeApplication;
import dev.weir.proxy.transport.FakeApplication.Visit;
import dev.weir.proxy.transport.NoLeaks;
import dev.weir.proxy.transport.RecordingObserver;
import dev.weir.proxy.transport.TestQuotes;
import dev.weir.proxy.transport.Traces;
import dev.weir.proxy.transport.http.RawClient.Response;
import dev.weir.routing.Rendered;
import dev.weir.routing.Rendered.Media;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How the server starts and ends. */
@ExtendWith(NoLeaks.class)
final class DrainTest {

  private static final Reply ANSWER =
      new Reply.Routed(new Rendered(Media.JSON, "{}".getBytes(UTF_8), 0));

  // The kernel may still take a connection for an instant; it is reset unanswered then.
  private static Response askOnce(int port) throws IOException {
    try (RawClient late = new RawClient(port)) {
      return late.get("/health").receive();
    }
  }

  @Test
  void closesIdleConnectionsAndLetsNobodyIn() throws Exception {
    try (TestServer server = new TestServer();
        RawClient client = server.client()) {
      int port = server.server.port();
      assertEquals("OK", client.get("/health").receive().body());

      server.server.stopAccepting();

      assertTrue(client.closed());
      assertThrows(IOException.class, () -> askOnce(port));
      server.server.drained().get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void finishesWhatItWorksOn() throws Exception {
    try (TestServer server = new TestServer();
        RawClient client = server.client()) {
      client.get("/route");
      Visit visit = server.application.next();

      server.server.stopAccepting();

      assertFalse(server.server.drained().isDone());
      visit.sink().reply(ANSWER);
      Response response = client.receive();
      assertEquals(200, response.status());
      assertEquals("close", response.header("connection"));
      assertTrue(client.closed());
      server.server.drained().get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void tellsTheApplicationWhenItIsClosedRegardless() throws Exception {
    TestServer server = new TestServer();
    try (RawClient client = server.client()) {
      client.get("/route");
      Visit visit = server.application.next();

      server.close();

      assertTrue(client.closed());
      assertTrue(visit.sink().abandoned());
      visit.sink().reply(ANSWER);
    }
  }

  @Test
  void saysInOneLineThatItsPortIsTaken() throws Exception {
    try (TestServer server = new TestServer();
        FakeApplication application = new FakeApplication()) {
      HttpSettings free = TestServer.Limits.GENEROUS.settings();
      HttpSettings taken =
          new HttpSettings(
              free.host(),
              server.server.port(),
              free.eventLoops(),
              free.maxConnections(),
              free.maxConnectionsPerAddress(),
              free.maxRequestLineBytes(),
              free.maxHeaderBytes(),
              free.maxBodyBytes(),
              free.maxInflatedBytes(),
              free.maxPipelined(),
              free.maxPendingAnswerBytes(),
              free.headerTimeout(),
              free.bodyTimeout(),
              free.readTimeout(),
              free.idleTimeout());
      try (HttpServer second =
          new HttpServer(
              taken,
              () -> new DeadlineSettings(Duration.ofSeconds(1), Duration.ofSeconds(1)),
              application,
              new FakeEngine(),
              ContractRules.ALL,
              TestQuotes.at(InstantSource.system()),
              () -> true,
              server.load,
              new RecordingObserver(),
              System::nanoTime,
              InstantSource.system(),
              new Traces(new SplittableRandom(1)),
              null,
              null)) {

        BindFailed failure = assertThrows(BindFailed.class, second::start);

        String message = String.valueOf(failure.getMessage());
        assertTrue(message.contains("127.0.0.1:" + server.server.port()), message);
        assertTrue(message.contains("http.port"), message);
        assertEquals(1, message.lines().count());
        assertEquals(0, second.port());
      }
    }
  }
}
