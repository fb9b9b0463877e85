package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.transport.FakeApplication;
import dev.weir.proxy.transport.FakeApplication.Visit;
import dev.weir.proxy.transport.NoLeaks;
import dev.weir.proxy.transport.http.RawClient.Response;
import dev.weir.routing.Rendered;
import dev.weir.routing.Rendered.Media;
import dev.weir.routing.RouteQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several requests on one connection. */
@ExtendWith(NoLeaks.class)
final class PipeliningTest {

  private static final String HOST = "Host: test\r\n";

  private static String route(int number) {
    return "GET /route?profile=" + number + " HTTP/1.1\r\n" + HOST + "\r\n";
  }

  private static void echo(Visit visit) {
    visit
        .sink()
        .reply(
            FakeApplication.reply(
                visit.call(),
                query ->
                    new Reply.Routed(
                        new Rendered(Media.JSON, query.profile().getBytes(UTF_8), 0))));
  }

  private static String profile(Visit visit) throws Exception {
    return ((RouteQuery.Route) visit.call().query().read()).profile();
  }

  @Test
  void answersInTheOrderOfTheRequests() throws Exception {
    try (TestServer server = new TestServer();
        RawClient client = server.client()) {
      client.send(route(1) + "GET /health HTTP/1.1\r\n" + HOST + "\r\n" + route(2));

      echo(server.application.next());
      assertEquals("1", client.receive().body());
      assertEquals("OK", client.receive().body());
      echo(server.application.next());
      assertEquals("2", client.receive().body());
    }
  }

  @Test
  void worksOnOneRequestOfAConnectionAtATime() throws Exception {
    try (TestServer server = new TestServer();
        RawClient client = server.client()) {
      client.send(route(1) + route(2));
      Visit first = server.application.next();
      assertEquals("1", profile(first));
      try (RawClient other = server.client()) {
        assertEquals("OK", other.get("/health").receive().body());
      }

      assertFalse(server.application.hasArrivals());
      echo(first);
      assertEquals("2", profile(server.application.next()));
    }
  }

  @Test
  void readsNoFurtherAheadThanItIsAllowed() throws Exception {
    try (TestServer server = new TestServer(limits -> limits.withPipelined(2));
        RawClient client = server.client()) {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < 2_000; i++) {
        all.append(route(i));
      }
      client.send(all.toString());

      for (int i = 0; i < 2_000; i++) {
        echo(server.application.next());
        assertEquals(Integer.toString(i), client.receive().body());
      }
    }
  }

  @Test
  void doesNotNestCallsThatDisplaceEachOther() throws Exception {
    int callers = 1_500;
    try (TestServer server = new TestServer(limits -> limits.withConnections(callers, callers))) {
      Reply full = new Reply.Refused(new Refusal(Reason.QUEUE_FULL, Duration.ZERO));
      server.application.displaceBeyond(callers - 1, full);
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        clients.add(server.client());
        clients.get(i).send(route(i).repeat(2));
      }

      // The last caller's first call displaces the first caller's, whose second displaces the
      // second caller's, and so on, until all but the second calls of nearly all are answered.
      for (RawClient client : clients) {
        assertEquals(503, client.receive().status());
      }
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  @Test
  void answersDocumentsSentAheadToo() throws Exception {
    try (TestServer server = new TestServer();
        RawClient client = server.client()) {
      String large = "x".repeat(200_000);
      client.send(route(1));
      client.post("/route", large.getBytes(UTF_8)).send(route(2));

      echo(server.application.next());
      assertEquals("1", client.receive().body());
      echo(server.application.next());
      assertEquals(large, client.receive().body());
      echo(server.application.next());
      assertEquals("2", client.receive().body());
    }
  }

  @Test
  void understandsRequestsThatArriveByteByByte() throws Exception {
    try (TestServer server = new TestServer();
        RawClient client = server.client()) {
      String request = "\r\n" + route(7) + "GET /health HTTP/1.1\r\n" + HOST + "\r\n";
      for (int i = 0; i < request.length(); i++) {
        client.send(request.substring(i, i + 1));
      }

      echo(server.application.next());
      assertEquals("7", client.receive().body());
      assertEquals("OK", client.receive().body());
    }
  }

  @Test
  void closesWhenTheCallerWishes() throws Exception {
    try (TestServer server = new TestServer();
        RawClient client = server.client()) {
      Response response = client.get("/health", "Connection: close").receive();

      assertEquals("close", response.header("connection"));
      assertTrue(client.closed());
    }
  }

  @Test
  void closesAfterHttp10UnlessAskedNotTo() throws Exception {
    try (TestServer server = new TestServer();
        RawClient plain = server.client();
        RawClient keeping = server.client()) {
      assertEquals("OK", plain.send("GET /health HTTP/1.0\r\n\r\n").receive().body());
      assertTrue(plain.closed());

      String request = "GET /health HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
      assertEquals("keep-alive", keeping.send(request).receive().header("connection"));
      assertEquals("OK", keeping.send(request).receive().body());
    }
  }
}
