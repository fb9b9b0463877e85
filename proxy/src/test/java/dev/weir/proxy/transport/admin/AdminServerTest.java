package dev.weir.proxy.transport.admin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.config.Adjustment;
import dev.weir.proxy.config.AdminSettings;
import dev.weir.proxy.flood.Eventually;
import dev.weir.proxy.path.BreakerSwitch;
import dev.weir.proxy.path.Exposition;
import dev.weir.proxy.path.FaultSwitch;
import dev.weir.proxy.path.LogSwitch;
import dev.weir.proxy.path.Totals;
import dev.weir.proxy.transport.BindFailed;
import dev.weir.proxy.transport.NoLeaks;
import dev.weir.proxy.transport.admin.live.FakeTotals;
import dev.weir.proxy.transport.admin.live.FakeVitals;
import dev.weir.proxy.transport.admin.live.Feed;
import dev.weir.proxy.transport.admin.live.Vitals;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator sees and does. */
@ExtendWith(NoLeaks.class)
final class AdminServerTest {

  private final FakeView view = new FakeView();
  private final HttpClient client = HttpClient.newHttpClient();
  private AdminServer server = start("");

  private AdminServer start(String token) {
    AdminServer started = server(new AdminSettings("127.0.0.1", 0, token));
    try {
      started.start();
    } catch (BindFailed e) {
      throw new AssertionError(e);
    }
    return started;
  }

  private AdminServer server(AdminSettings settings) {
    return new AdminServer(settings, view, System::nanoTime, InstantSource.system());
  }

  @AfterEach
  void stop() {
    server.close();
    client.close();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  private HttpResponse<String> post(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path).POST(BodyPublishers.noBody());
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,text/plain;version=0.0.4;q=0.5"
            + " | application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily;"
            + " encoding=delimited",
        "text/plain,application/vnd.google.protobuf;q=0.1 | text/plain; version=0.0.4;"
            + " charset=utf-8",
        "*/* | text/plain; version=0.0.4; charset=utf-8"
      })
  void showsMetricsInTheFormThatTheScraperWouldLikeBest(String accept, String type)
      throws Exception {
    HttpResponse<byte[]> response =
        client.send(
            request("/metrics").header("Accept", accept).build(), BodyHandlers.ofByteArray());

    assertEquals(type, response.headers().firstValue("Content-Type").orElseThrow());
    assertEquals(type.startsWith("text") ? 'w' : (byte) 0xff, response.body()[0]);
  }

  @Test
  void showsMetricsInTheFormOfPrometheus() throws Exception {
    HttpResponse<String> response = get("/metrics?name=x");

    assertEquals(200, response.statusCode());
    assertEquals("weir_up 1\n", response.body());
    assertEquals(
        "text/plain; version=0.0.4; charset=utf-8",
        response.headers().firstValue("content-type").orElseThrow());
    assertTrue(view.thread.get().startsWith("weir-admin-"), view.thread.get());
  }

  @Test
  void speaksOpenMetricsToWhoeverUnderstandsIt() throws Exception {
    HttpResponse<String> response =
        send(
            request("/metrics")
                .header("Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5"));

    assertEquals("weir_up 1\n# EOF\n", response.body());
    assertEquals(
        "application/openmetrics-text; version=1.0.0; charset=utf-8",
        response.headers().firstValue("content-type").orElseThrow());
  }

  @Test
  void showsAndChangesHowMuchIsLogged() throws Exception {
    assertEquals("ROOT info\nio.netty warn\n", get("/log").body());

    HttpResponse<String> changed = post("/log?name=dev.weir&level=debug");
    assertEquals(200, changed.statusCode());
    assertEquals("dev.weir debug\n", changed.body());

    HttpResponse<String> unknown = post("/log?name=dev.weir&level=loud");
    assertEquals(400, unknown.statusCode());
    assertEquals("there is no such level\n", unknown.body());
    assertEquals(400, post("/log").statusCode());
    assertEquals(400, post("/log?name=dev.weir").statusCode());
    assertEquals(400, post("/log?name=a&name=b&level=info").statusCode());
    assertEquals(405, send(request("/log").DELETE()).statusCode());
    assertEquals(List.of("dev.weir debug"), view.log.set);
  }

  @Test
  void letsNobodyElseChangeHowMuchIsLogged() throws Exception {
    assertEquals(403, post("/log?name=a&level=off", "Origin", "https://example.org").statusCode());
    server.close();
    server = start("secret");

    assertEquals(401, post("/log?name=a&level=off").statusCode());
    assertEquals(200, post("/log?name=a&level=off", "Authorization", "Bearer secret").statusCode());
    assertEquals(List.of("a off"), view.log.set);
  }

  @Test
  void saysWhetherItLivesAndIsReady() throws Exception {
    assertEquals(200, get("/health/live").statusCode());
    assertEquals(503, get("/health/ready").statusCode());
    view.ready = true;
    assertEquals(200, get("/health/ready").statusCode());
  }

  @Test
  void showsTheConfiguration() throws Exception {
    assertEquals("http:\n", get("/config").body());
  }

  @ParameterizedTest
  @CsvSource({"closed,CLOSED", "open,OPEN", "half-open,HALF_OPEN", "forced-open,FORCED_OPEN"})
  void putsTheBreakerWhereTheOperatorWants(String name, BreakerSwitch.Position position)
      throws Exception {
    HttpResponse<String> response = post("/breaker/" + name);

    assertEquals(200, response.statusCode());
    assertEquals(name + "\n", response.body());
    assertEquals(position, view.position.get());
    assertEquals(name + "\n", get("/breaker").body());
  }

  @Test
  void knowsNothingElse() throws Exception {
    assertEquals(404, get("/live.html").statusCode());
    assertEquals(404, get("/live/../live.js").statusCode());
    assertEquals(404, get("/profile/secrets").statusCode());
    assertEquals(404, post("/breaker/ajar").statusCode());
    assertEquals(405, get("/breaker/open").statusCode());
    assertEquals(405, post("/metrics").statusCode());
    assertEquals(BreakerSwitch.Position.CLOSED, view.position.get());
  }

  @Test
  void letsNobodyChangeAnythingWithoutTheToken() throws Exception {
    server.close();
    server = start("secret");

    HttpResponse<String> refused = post("/breaker/open");
    assertEquals(401, refused.statusCode());
    assertEquals("Bearer", refused.headers().firstValue("www-authenticate").orElseThrow());
    assertEquals(401, post("/breaker/open", "Authorization", "Bearer secre").statusCode());
    assertEquals(401, post("/breaker/open", "Authorization", "Basic secret").statusCode());
    assertEquals(401, post("/config/reload").statusCode());
    assertEquals(BreakerSwitch.Position.CLOSED, view.position.get());
    assertEquals(200, get("/metrics").statusCode());

    assertEquals(200, post("/breaker/open", "Authorization", "Bearer secret").statusCode());
    assertEquals(BreakerSwitch.Position.OPEN, view.position.get());
  }

  @Test
  void tellsWhatCameOfReadingTheConfigurationAgain() throws Exception {
    assertEquals("nothing has changed\n", post("/config/reload").body());
    view.reload = new Reload.Done(List.of("log.access", "callers.tenants"));
    assertEquals("changed log.access, callers.tenants\n", post("/config/reload").body());

    view.reload = new Reload.Rejected(List.of("line 1: one", "line 2: other"));
    HttpResponse<String> rejected = post("/config/reload");
    assertEquals(400, rejected.statusCode());
    assertEquals("line 1: one\nline 2: other\n", rejected.body());

    view.reload = new Reload.NeedsRestart(List.of("http.port"));
    HttpResponse<String> fixed = post("/config/reload");
    assertEquals(409, fixed.statusCode());
    assertTrue(fixed.body().contains("http.port"), fixed.body());
    assertEquals(405, get("/config/reload").statusCode());
  }

  @Test
  void letsNoWebPageChangeAnything() throws Exception {
    assertEquals(403, post("/breaker/open", "Origin", "https://example.org").statusCode());
    assertEquals(BreakerSwitch.Position.CLOSED, view.position.get());
  }

  @Test
  void letsNobodyElseChangeAnythingWhereThereIsNoToken() {
    HttpHeaders none = new DefaultHttpHeaders();

    assertEquals(HttpResponseStatus.FORBIDDEN, new AdminGuard("", false).refusal(none));
  }

  @Test
  void knowsNothingOfFaultsUnlessTheServerIsForThem() throws Exception {
    assertEquals(404, get("/chaos").statusCode());
    assertEquals(405, post("/chaos/stall").statusCode());
    view.faults = new FakeFaults();
    assertEquals("stall\nother\n", get("/chaos").body());
  }

  @Test
  void causesFaultsAndEndsThem() throws Exception {
    view.faults = new FakeFaults();
    assertEquals("stall {millis=5}\n", post("/chaos/stall?millis=4&millis=5").body());
    HttpResponse<String> stopped = send(request("/chaos/stall").DELETE());
    assertEquals("stopped stall\n", stopped.body());

    HttpResponse<String> unknown = post("/chaos/no-such");
    assertEquals(400, unknown.statusCode());
    assertEquals("no such fault\n", unknown.body());
    assertEquals(405, post("/chaos").statusCode());
    assertEquals(405, send(request("/chaos/stall").PUT(BodyPublishers.noBody())).statusCode());
  }

  @Test
  void letsNobodyElseCauseFaults() throws Exception {
    view.faults = new FakeFaults();
    assertEquals(403, post("/chaos/stall", "Origin", "https://example.org").statusCode());
    server.close();
    server = start("secret");
    assertEquals(401, post("/chaos/stall").statusCode());
    assertEquals(401, send(request("/chaos/stall").DELETE()).statusCode());
    assertEquals(200, post("/chaos/stall", "Authorization", "Bearer secret").statusCode());
  }

  @Test
  void closesWhenAPageFails() throws Exception {
    view.fails = true;

    assertThrows(IOException.class, () -> get("/metrics"));
    view.fails = false;
    assertEquals(200, get("/metrics").statusCode());
  }

  @Test
  void saysInOneLineThatItsPortIsTaken() {
    AdminServer second = server(new AdminSettings("127.0.0.1", server.port(), ""));
    try {
      BindFailed failure = assertThrows(BindFailed.class, second::start);

      String message = String.valueOf(failure.getMessage());
      assertTrue(message.contains("127.0.0.1:" + server.port()), message);
      assertTrue(message.contains("admin.port"), message);
    } finally {
      second.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html",
    "/live.css, text/css",
    "/live.js, text/javascript",
    "/icon.svg, image/svg+xml",
    "/uplot.css, text/css",
    "/uplot.js, text/javascript",
    "/uplot.txt, text/plain"
  })
  void servesItsPageToWhomeverAndLetsBrowsersLoadNothingElse(String path, String type)
      throws Exception {
    server.close();
    server = start("secret");
    HttpResponse<String> response = get(path);

    assertEquals(200, response.statusCode());
    assertEquals(type + "; charset=utf-8", header(response, "content-type"));
    assertEquals("nosniff", header(response, "x-content-type-options"));
    String policy = header(response, "content-security-policy");
    assertTrue(policy.contains("default-src 'self'"), policy);
    assertTrue(policy.contains("frame-ancestors 'none'"), policy);
    boolean ours = !path.startsWith("/uplot");
    assertFalse(ours && response.body().contains("https://"), "it names another server");
  }

  @Test
  void theLicenceOfTheLibraryIsShown() throws Exception {
    String licence = get("/uplot.txt").body();

    assertTrue(licence.startsWith("The MIT License (MIT)"), licence);
    assertTrue(licence.contains("Leon Sorokin"), licence);
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void tellsWhatHappensSecondBySecond() throws Exception {
    HttpResponse<Stream<String>> response =
        client.send(request("/live").build(), BodyHandlers.ofLines());
    assertEquals("text/event-stream", header(response, "content-type"));
    try (Stream<String> lines = response.body()) {
      Iterator<String> events = lines.filter(line -> line.startsWith("event: ")).iterator();
      assertEquals("event: hello", events.next());
      String next = events.next();
      while (next.equals("event: sample")) {
        next = events.next(); // of the seconds before
      }
      assertEquals("event: now", next);
      assertEquals("event: sample", events.next());
      assertEquals("event: now", events.next());
    }
  }

  @Test
  void hasRoomForSoManyListeners() throws Exception {
    List<HttpResponse<InputStream>> open = new ArrayList<>();
    for (int i = 0; i < Feed.MOST_LISTENERS; i++) {
      open.add(client.send(request("/live").build(), BodyHandlers.ofInputStream()));
    }
    assertEquals(503, get("/live").statusCode());

    open.getFirst().body().close();

    Eventually.holds(
        "there is room",
        () -> {
          HttpResponse<InputStream> next =
              client.send(request("/live").build(), BodyHandlers.ofInputStream());
          next.body().close();
          return next.statusCode() == 200;
        });
    for (HttpResponse<InputStream> each : open) {
      each.body().close();
    }
  }

  @Test
  void drainsAndServesAgain() throws Exception {
    assertEquals("serving\n", get("/drain").body());
    assertEquals("draining\n", post("/drain").body());
    assertTrue(view.drained);
    assertEquals("draining\n", get("/drain").body());
    assertEquals("serving\n", send(request("/drain").DELETE()).body());
    assertFalse(view.drained);
    assertEquals(405, send(request("/drain").PUT(BodyPublishers.noBody())).statusCode());
  }

  @Test
  void changesSingleSettings() throws Exception {
    HttpResponse<String> changed = post("/config/set?gate.permits=3&gate.dry-run=share%2Cdelay");

    assertEquals(200, changed.statusCode());
    assertEquals(Map.of("gate.permits", "3", "gate.dry-run", "share,delay"), view.wishes);
    view.reload = new Reload.Rejected(List.of("gate.permits must be 0 to 1024, not -1"));
    HttpResponse<String> rejected = post("/config/set?gate.permits=-1");
    assertEquals(400, rejected.statusCode());
    assertEquals("gate.permits must be 0 to 1024, not -1\n", rejected.body());
    assertEquals(400, post("/config/set").statusCode());
    assertEquals(405, get("/config/set?gate.permits=3").statusCode());
    assertEquals(
        "[{\"key\":\"gate.permits\",\"value\":\"2\",\"allowed\":\"0 to 9\",\"sentence\":\"So"
            + " many.\"}]",
        get("/config/adjustable").body());
  }

  @Test
  void dumpsThreadsAndCountsTheHeap() throws Exception {
    HttpResponse<String> threads = get("/profile/threads");
    assertEquals(200, threads.statusCode());
    assertEquals("attachment; filename=threads.txt", header(threads, "content-disposition"));
    assertTrue(threads.body().contains("weir-admin-"), threads.body());

    HttpResponse<String> heap = get("/profile/heap?reachable=true");
    assertEquals(200, heap.statusCode());
    assertTrue(heap.body().contains("java.lang.String"), heap.body());
    assertEquals(405, post("/profile/heap").statusCode());
  }

  @Test
  void recordsForAsLongAsTheOperatorWants() throws Exception {
    HttpResponse<byte[]> recording =
        client.send(
            request("/profile/jfr?seconds=1").POST(BodyPublishers.noBody()).build(),
            BodyHandlers.ofByteArray());

    assertEquals(200, recording.statusCode());
    assertEquals("FLR", new String(recording.body(), 0, 3, US_ASCII));
    for (String seconds : List.of("0", "121", "ten", "")) {
      HttpResponse<String> refused = post("/profile/jfr?seconds=" + seconds);
      assertEquals(400, refused.statusCode());
      assertEquals("seconds must be a whole number from 1 to 120\n", refused.body());
    }
    assertEquals(405, get("/profile/jfr").statusCode());
  }

  @Test
  void recordsOneThingAtATimeAndStopsWhenNobodyWaitsAnyMore() throws Exception {
    HttpRequest longest = request("/profile/jfr?seconds=120").POST(BodyPublishers.noBody()).build();
    try (Socket waiting = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      waiting.getOutputStream().write(head(longest).getBytes(US_ASCII));
      Eventually.holds("it records", () -> get("/profile/threads").statusCode() == 409);
    }

    Eventually.holds("it is free again", () -> get("/profile/threads").statusCode() == 200);
  }

  @Test
  void makesNothingElseWhileWhatWasMadeIsBeingTaken() throws Exception {
    try (ManyThreads _ = new ManyThreads();
        Socket slow = askingForThreads()) {
      assertEquals('H', slow.getInputStream().read());
      assertEquals(409, get("/profile/heap").statusCode());

      String rest = new String(slow.getInputStream().readAllBytes(), UTF_8);

      assertTrue(rest.endsWith("\r\n0\r\n\r\n"), "all of it came");
      assertEquals(200, get("/profile/heap").statusCode());
    }
  }

  @Test
  void cutsWhoeverDoesNotTakeWhatWasMade() throws Exception {
    server.close();
    AdminSettings settings = new AdminSettings("127.0.0.1", 0, "");
    Duration patience = Duration.ofMillis(200);
    server = new AdminServer(settings, view, System::nanoTime, InstantSource.system(), patience);
    server.start();
    try (ManyThreads _ = new ManyThreads();
        Socket slow = askingForThreads()) {
      assertEquals('H', slow.getInputStream().read());

      Eventually.holds("it is free again", () -> get("/profile/heap").statusCode() == 200);

      String rest = allThatComes(slow.getInputStream());
      assertFalse(rest.endsWith("\r\n0\r\n\r\n"), "all of it came");
    }
  }

  private Socket askingForThreads() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(60_000);
    socket.getOutputStream().write("GET /profile/threads HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
    return socket;
  }

  /** What came before the connection was cut, if it was. */
  private static String allThatComes(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      in.transferTo(all);
    } catch (SocketException cut) {
      // so it was
    }
    return all.toString(UTF_8);
  }

  /** So many that their stacks are more than the kernel keeps for a caller that does not read. */
  private static final class ManyThreads implements AutoCloseable {

    private static final int COUNT = 20_000;

    private final CountDownLatch end = new CountDownLatch(1);

    private ManyThreads() {
      for (int i = 0; i < COUNT; i++) {
        Thread.ofVirtual()
            .name("one-of-many-" + i)
            .start(
                () -> {
                  try {
                    end.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
      }
    }

    @Override
    public void close() {
      end.countDown();
    }
  }

  private static String head(HttpRequest request) {
    return "POST " + request.uri().getPath() + "?" + request.uri().getQuery() + " HTTP/1.1\r\n\r\n";
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /drain",
    "DELETE, /drain",
    "POST, /config/set?gate.permits=3",
    "POST, /profile/jfr",
    "GET, /profile/threads",
    "GET, /profile/heap"
  })
  void letsNobodyTurnAnythingOrLookInsideWithoutTheToken(String method, String path)
      throws Exception {
    server.close();
    server = start("secret");
    HttpRequest.Builder request = request(path).method(method, BodyPublishers.noBody());

    assertEquals(401, send(request).statusCode());
    assertEquals(401, send(request.setHeader("Authorization", "Bearer guess")).statusCode());
    request.setHeader("Authorization", "Bearer secret").setHeader("Origin", "http://evil.example");
    assertEquals(403, send(request).statusCode());
    assertEquals(Map.of(), view.wishes);
    assertFalse(view.drained);
  }

  private static final class FakeFaults implements FaultSwitch {
    @Override
    public List<String> lines() {
      return List.of("stall", "other");
    }

    @Override
    public String start(String fault, Map<String, String> wishes) throws FaultSwitch.Illegal {
      if (!fault.equals("stall")) {
        throw new FaultSwitch.Illegal("no such fault");
      }
      return fault + " " + wishes;
    }

    @Override
    public String stop(String fault) {
      return "stopped " + fault;
    }
  }

  private static final class FakeLog implements LogSwitch {
    private final List<String> set = new CopyOnWriteArrayList<>();

    @Override
    public List<String> lines() {
      return List.of("ROOT info", "io.netty warn");
    }

    @Override
    public String set(String logger, String level) throws LogSwitch.Illegal {
      if (level.equals("loud")) {
        throw new LogSwitch.Illegal("there is no such level");
      }
      set.add(logger + " " + level);
      return logger + " " + level;
    }
  }

  private static final class FakeView implements AdminView {
    private volatile @Nullable FaultSwitch faults;

    @Override
    public @Nullable FaultSwitch faults() {
      return faults;
    }

    private final AtomicReference<String> thread = new AtomicReference<>("");
    private final AtomicReference<BreakerSwitch.Position> position =
        new AtomicReference<>(BreakerSwitch.Position.CLOSED);
    private volatile Reload reload = new Reload.Done(List.of());
    private volatile boolean ready;
    private volatile boolean fails;
    private final FakeLog log = new FakeLog();
    private volatile boolean drained;
    private volatile Map<String, String> wishes = Map.of();
    private final FakeTotals totals = new FakeTotals();

    @Override
    public boolean drained() {
      return drained;
    }

    @Override
    public void drain(boolean out) {
      drained = out;
    }

    @Override
    public Totals totals() {
      return totals;
    }

    @Override
    public Vitals vitals() {
      return FakeVitals.CALM;
    }

    @Override
    public List<Adjustment.Entry> adjustable() {
      return List.of(new Adjustment.Entry("gate.permits", "2", "0 to 9", "So many."));
    }

    @Override
    public Reload adjust(Map<String, String> wished) {
      wishes = wished;
      return reload;
    }

    @Override
    public LogSwitch log() {
      return log;
    }

    @Override
    public Exposition metrics(String accept) {
      thread.set(Thread.currentThread().getName());
      if (fails) {
        throw new IllegalStateException("planted");
      }
      String type = Exposition.typeFor(accept);
      byte[] bytes =
          switch (type) {
            case Exposition.PROTOBUF -> new byte[] {(byte) 0xff};
            case Exposition.OPEN_METRICS -> "weir_up 1\n# EOF\n".getBytes(UTF_8);
            default -> "weir_up 1\n".getBytes(UTF_8);
          };
      return new Exposition(type, ByteBuffer.wrap(bytes));
    }

    @Override
    public boolean live() {
      return true;
    }

    @Override
    public boolean ready() {
      return ready;
    }

    @Override
    public String config() {
      return "http:\n";
    }

    @Override
    public Reload reload() {
      return reload;
    }

    @Override
    public BreakerSwitch breaker() {
      return new BreakerSwitch() {
        @Override
        public Position position() {
          return position.get();
        }

        @Override
        public void force(Position to) {
          position.set(to);
        }
      };
    }
  }
}
