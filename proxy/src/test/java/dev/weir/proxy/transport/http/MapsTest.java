package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.path.FloodSwitch;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.TransportObserver.Resource;
import dev.weir.proxy.transport.NoLeaks;
import dev.weir.proxy.transport.http.RawClient.Response;
import dev.weir.routing.Rendered;
import dev.weir.routing.Rendered.Media;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The playground as the port of callers gives it. */
@ExtendWith(NoLeaks.class)
final class MapsTest {

  private static final String START = "POST /maps/flood?per_second=50&seconds=3 HTTP/1.1";

  private final FakeFlood flood = new FakeFlood();
  private TestServer server = TestServer.playground(flood);

  @AfterEach
  void stop() {
    server.close();
  }

  /** Sends lines as they are, with no {@code Host} of its own. */
  private Response send(String... lines) throws Exception {
    try (RawClient client = server.client()) {
      return client.send(String.join("\r\n", lines) + "\r\n\r\n").receive();
    }
  }

  private Response get(String target, String... headers) throws Exception {
    try (RawClient client = server.client()) {
      return client.get(target, headers).receive();
    }
  }

  private void drawing(String body) {
    server.engine.drawing = _ -> new Rendered(Media.JSON, body.getBytes(UTF_8), 0);
  }

  @ParameterizedTest
  @CsvSource({
    "/maps, text/html; charset=utf-8",
    "/maps/, text/html; charset=utf-8",
    "/maps/app.js, text/javascript; charset=utf-8",
    "/maps/ask.js, text/javascript; charset=utf-8",
    "/maps/flood.js, text/javascript; charset=utf-8",
    "/maps/roads.js, text/javascript; charset=utf-8",
    "/maps/leaflet.js, text/javascript; charset=utf-8",
    "/maps/icon.svg, image/svg+xml",
    "/maps/style.css, text/css; charset=utf-8",
    "/maps/leaflet.css, text/css; charset=utf-8",
    "/maps/leaflet-license.txt, text/plain; charset=utf-8"
  })
  void itsPagesMayLoadNothingFromElsewhere(String path, String type) throws Exception {
    Response page = get(path);

    assertEquals(200, page.status());
    assertEquals(type, page.header("content-type"));
    assertEquals(
        "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        page.header("content-security-policy"));
    assertEquals("nosniff", page.header("x-content-type-options"));
    assertEquals("no-referrer", page.header("referrer-policy"));
    assertFalse(page.body().isEmpty());
    assertEquals(Resource.MAPS, server.observer.nextAnswer().resource());
    Response zipped = get(path, "Accept-Encoding: gzip");
    boolean small = zipped.header("content-encoding") == null;
    assertEquals(page.body(), small ? zipped.body() : zipped.inflated());
    assertTrue(!small || page.body().length() < 500);
  }

  @Test
  void theLicenceOfTheLibraryIsShown() throws Exception {
    assertTrue(get("/maps/leaflet-license.txt").body().contains("BSD 2-Clause License"));
    assertTrue(get("/maps/").body().contains("/maps/leaflet-license.txt"));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /maps/nothing, 404",
    "GET, /maps/app.js/more, 404",
    "GET, /maps/tiles, 404",
    "GET, /maps/tiles/1/2/0, 404",
    "GET, /maps/tiles/19/0/0, 404",
    "GET, /maps/tiles/1/0/-1, 404",
    "GET, /maps/tiles/1/0/0/0, 404",
    "GET, /maps/tiles/1/0/99999999999, 404",
    "POST, /maps/, 405",
    "DELETE, /maps/tiles/1/0/0, 405",
    "PUT, /maps/flood, 405",
    "OPTIONS, /maps/, 200",
    "FOO, /maps/, 405",
    "HEAD, /maps/, 200",
    "GET, /mapsa, 404"
  })
  void thereIsNothingElse(String method, String target, int status) throws Exception {
    try (RawClient client = server.client()) {
      client.send(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertEquals(status, client.receive(!method.equals("HEAD")).status());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/maps", "/maps/app.js", "/maps/tiles/1/0/0", "/maps/flood"})
  void whereItIsOffNothingOfItIsOffered(String target) throws Exception {
    server.close();
    server = new TestServer();
    assertEquals(501, get(target).status());
    assertEquals(501, send(START, "Host: localhost").status());
    assertEquals(0, flood.started.get());
  }

  @Test
  void aTileIsDrawnOnceByAThreadOfItsOwn() throws Exception {
    List<String> threads = new ArrayList<>();
    server.engine.drawing =
        tile -> {
          threads.add(Thread.currentThread().getName());
          return new Rendered(Media.JSON, tile.toString().getBytes(UTF_8), 0);
        };
    for (int i = 0; i < 2; i++) {
      Response tile = get("/maps/tiles/3/5/2?v=1");
      assertEquals(200, tile.status());
      assertEquals("application/json", tile.header("content-type"));
      assertEquals("nosniff", tile.header("x-content-type-options"));
      assertEquals("private, max-age=86400", tile.header("cache-control"));
      assertEquals("MapTile[zoom=3, x=5, y=2]", tile.body());
    }
    assertEquals(List.of("weir-tiles"), threads);
  }

  @Test
  void whileRoutesNeedTheProcessorsOnlyWhatIsKeptIsShown() throws Exception {
    drawing("roads");
    assertEquals(200, get("/maps/tiles/1/0/0").status());
    server.load.percent = 100;

    assertEquals(200, get("/maps/tiles/1/0/0").status());
    Response refused = get("/maps/tiles/1/1/0");
    assertEquals(503, refused.status());
    assertNotNull(refused.header("retry-after"));
    assertTrue(refused.body().contains("\"reason\":\"queue_full\""), refused.body());

    server.load.percent = 99;
    assertEquals(200, get("/maps/tiles/1/1/0").status());
  }

  @Test
  void fewTilesWaitAndFurtherOnesAreRefused() throws Exception {
    CountDownLatch door = new CountDownLatch(1);
    CountDownLatch inside = new CountDownLatch(1);
    server.engine.drawing =
        _ -> {
          inside.countDown();
          try {
            door.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return new Rendered(Media.JSON, new byte[] {'{', '}'}, 0);
        };
    List<RawClient> clients = new ArrayList<>();
    try {
      clients.add(server.client().get("/maps/tiles/9/0/0"));
      inside.await();
      for (int x = 1; x <= 9; x++) {
        clients.add(server.client().get("/maps/tiles/9/" + x + "/0"));
      }
      assertEquals(Reason.QUEUE_FULL, server.observer.nextAnswer().reason());
      door.countDown();
      List<Integer> statuses = new ArrayList<>();
      for (RawClient client : clients) {
        statuses.add(client.receive().status());
      }
      assertEquals(1, Collections.frequency(statuses, 503), statuses::toString);
      assertEquals(9, Collections.frequency(statuses, 200), statuses::toString);
    } finally {
      door.countDown();
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  @Test
  void aFaultInDrawingIsToldAndEndsNothingElse() throws Exception {
    server.engine.drawing =
        _ -> {
          throw new IllegalStateException("planted");
        };
    assertEquals(500, get("/maps/tiles/1/0/0").status());
    drawing("{}");
    assertEquals(200, get("/maps/tiles/1/0/0").status());
  }

  @Test
  void aFloodIsStartedAndStoppedByItsOwnPageAndByWhoIsNoPage() throws Exception {
    String host = "Host: 127.0.0.1:" + server.server.port();
    String origin = "Origin: http://127.0.0.1:" + server.server.port();
    assertEquals(200, send(START, host).status());
    assertEquals(200, send(START, host, origin, "Sec-Fetch-Site: same-origin").status());
    assertEquals(200, send(START, "Host: [::1]:80").status());
    assertEquals(3, flood.started.get());
    assertEquals("50 for 3", flood.last);

    Response report = get("/maps/flood");
    assertTrue(report.body().contains("\"refused\":{\"queue_full\":7}"), report.body());
    assertEquals("no-store", report.header("cache-control"));

    assertEquals(200, send("DELETE /maps/flood HTTP/1.1", host, origin).status());
    assertEquals(1, flood.stopped.get());

    flood.busy = true;
    assertEquals(409, send(START, host).status());
  }

  @ParameterizedTest
  @CsvSource({
    "evil.example, http://evil.example, same-origin",
    "localhost.evil.example:8989, http://localhost.evil.example:8989, same-origin",
    "127.0.0.1:8989, http://evil.example, cross-site",
    "127.0.0.1:8989, http://127.0.0.1:3000, same-site",
    "127.0.0.1:8989, null, same-origin",
    "127.0.0.1:8989, http://127.0.0.1:8989, cross-site",
    "127.0.0.1:8989, http://127.0.0.1:8989, none"
  })
  void noPageOfAStrangerStartsOne(String host, String origin, String site) throws Exception {
    assertEquals(
        403, send(START, "Host: " + host, "Origin: " + origin, "Sec-Fetch-Site: " + site).status());
    assertEquals(0, flood.started.get());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?per_second=50",
        "?per_second=0&seconds=3",
        "?per_second=10001&seconds=3",
        "?per_second=50&seconds=31",
        "?per_second=x&seconds=3",
        "?per_second=1&per_second=2&seconds=3"
      })
  void noFloodIsLargerThanItMayBe(String query) throws Exception {
    Response answer = send("POST /maps/flood" + query + " HTTP/1.1", "Host: localhost");
    assertEquals(400, answer.status());
    assertTrue(answer.body().contains("per_second"), answer.body());
    assertEquals(0, flood.started.get());
  }

  @Test
  void whereThereMayBeNoFloodNoneIsOffered() throws Exception {
    server.close();
    server = TestServer.playground(null);
    assertEquals("{\"available\":false}", get("/maps/flood").body());
    assertEquals(403, send(START, "Host: localhost").status());
  }

  @Test
  void aFloodThatIsWithdrawnIsNotOfferedAnyMore() throws Exception {
    flood.withdrawn = true;
    assertEquals("{\"available\":false}", get("/maps/flood").body());
    assertEquals(403, send(START, "Host: localhost").status());
    assertEquals(0, flood.started.get());
  }

  @Test
  void whatIsDrawnForWhoHasGoneIsKeptForOthers() throws Exception {
    CountDownLatch door = new CountDownLatch(1);
    AtomicInteger drawn = new AtomicInteger();
    server.engine.drawing =
        _ -> {
          drawn.incrementAndGet();
          try {
            door.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return new Rendered(Media.JSON, new byte[] {'{', '}'}, 0);
        };
    try (RawClient client = server.client()) {
      client.get("/maps/tiles/2/1/1");
    }
    server.awaitEnd();
    door.countDown();
    assertEquals(200, get("/maps/tiles/2/1/1").status());
    assertEquals(1, drawn.get());
  }

  @Test
  void aRefusedTileIsCountedAsARefusal() throws Exception {
    server.load.percent = 200;
    get("/maps/tiles/1/1/0");
    assertEquals(Reason.QUEUE_FULL, server.observer.nextAnswer().reason());
  }

  /** Notes what it is told. */
  private static final class FakeFlood implements FloodSwitch {
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger stopped = new AtomicInteger();
    private volatile String last = "";
    private volatile boolean busy;
    private volatile boolean withdrawn;

    @Override
    public boolean offered() {
      return !withdrawn;
    }

    @Override
    public boolean start(int perSecond, int seconds) {
      if (busy) {
        return false;
      }
      started.incrementAndGet();
      last = perSecond + " for " + seconds;
      return true;
    }

    @Override
    public void stop() {
      stopped.incrementAndGet();
    }

    @Override
    public Report report() {
      return new Report(
          false, 600, "127.0.0.2", 5, 10, 1, 2, Map.of("queue_full", 7L), 0, 0, 1.5, 2.5, 0.5);
    }
  }
}
