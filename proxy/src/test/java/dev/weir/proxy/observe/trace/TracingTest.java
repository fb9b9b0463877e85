package dev.weir.proxy.observe.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.ManualTicker;
import dev.weir.proxy.config.TracingSettings;
import dev.weir.proxy.flood.Eventually;
import dev.weir.proxy.observe.trace.TinyCollector.Received;
import dev.weir.proxy.path.Answered;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Spent;
import dev.weir.proxy.path.Times;
import dev.weir.proxy.path.Trace;
import dev.weir.proxy.path.TransportObserver.Resource;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which requests reach a collector, and as what. */
final class TracingTest {

  private static final long ARRIVED = Long.MAX_VALUE - 5_000_000; // ends beyond the overflow
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000, 123);
  private static final Identity TAXI = new Identity("taxi", 1, Priority.CRITICAL);
  private static final Trace SAMPLED = new Trace("r-1", 7, 8, 9, 10, true, "a=1, b=2");
  private static final Trace UNSAMPLED = new Trace("r-1", 7, 8, 9);

  private final AtomicReference<TracingSettings> settings = new AtomicReference<>();
  private final ManualTicker ticker = new ManualTicker();
  private TinyCollector collector;
  private Tracing tracing;

  @BeforeEach
  void start() throws Exception {
    collector = new TinyCollector();
    tracing = start(settings(collector.endpoint(), Duration.ofMillis(500), 100));
  }

  @AfterEach
  void stop() {
    tracing.close();
    collector.close();
  }

  private Tracing start(TracingSettings first) {
    settings.set(first);
    Tracing started = Tracing.start(settings::get, "1.2.3", ticker, () -> NOW);
    assertNotNull(started);
    return started;
  }

  private static TracingSettings settings(String endpoint, Duration slow, int mostPerSecond) {
    return new TracingSettings(
        endpoint,
        0,
        slow,
        mostPerSecond,
        "weir-of-tests",
        List.of(new TracingSettings.Header("x-team", "of tests")));
  }

  private static long micros(long micros) {
    return TimeUnit.MICROSECONDS.toNanos(micros);
  }

  /** Answered after as many microseconds; its steps at 10 and 30. */
  private static Answered answered(
      Trace trace,
      Resource resource,
      int status,
      @Nullable Reason reason,
      @Nullable Spent spent,
      long tookMicros) {
    return new Answered(
        trace,
        resource,
        "GET",
        status,
        reason,
        321,
        new Times(at(0), at(10), at(30), at(tookMicros)),
        spent,
        "192.0.2.1",
        true,
        () -> TAXI);
  }

  private static long at(long micros) {
    return ARRIVED + micros(micros);
  }

  private static Spent spent() {
    return new Spent(at(35), at(1_035), at(9_035), 0);
  }

  private void awaitExported(int traces) throws Exception {
    Eventually.holds("exported", () -> tracing.fates().exported().sum() == traces);
  }

  /** The root, and below it all steps in order, as «name micros». */
  private List<String> steps(List<Received> trace) {
    Received root = trace.getFirst();
    List<Received> children = trace.subList(1, trace.size());
    Set<String> ids = trace.stream().map(Received::spanId).collect(Collectors.toSet());
    assertEquals(trace.size(), ids.size(), "spans with one id");
    for (Received each : children) {
      assertEquals(root.spanId(), each.parentId());
      assertEquals(root.traceId(), each.traceId());
      assertTrue(each.span().getStartTimeUnixNano() >= root.span().getStartTimeUnixNano());
      assertTrue(each.span().getEndTimeUnixNano() <= root.span().getEndTimeUnixNano());
    }
    return children.stream().map(each -> each.name() + " " + each.nanos() / 1_000).toList();
  }

  @Test
  void aCallIsATreeOfItsSteps() throws Exception {
    tracing.answered(answered(SAMPLED, Resource.ROUTE, 200, null, spent(), 9_100));

    List<Received> trace = collector.trace(_ -> true);
    assertEquals(
        List.of(
            "authenticate 10", "receive 20", "admit 5", "queue 1000", "engine 8000", "write 65"),
        steps(trace));
    Received root = trace.getFirst();
    assertEquals("GET route", root.name());
    assertEquals("weir-of-tests", root.service());
    assertEquals(9_100, root.nanos() / 1_000);
    assertEquals("00000000000000070000000000000008", root.traceId());
    assertEquals("0000000000000009", root.spanId());
    assertEquals("000000000000000a", root.parentId());
    assertEquals(StatusCode.STATUS_CODE_UNSET, root.span().getStatus().getCode());
    assertEquals("200", root.attributes().get("http.response.status_code"));
    assertEquals("GET", root.attributes().get("http.request.method"));
    assertEquals("r-1", root.attributes().get("weir.request_id"));
    assertEquals("taxi", root.attributes().get("weir.tenant"));
    assertEquals("critical", root.attributes().get("weir.priority"));
    assertEquals("sampled", root.attributes().get("weir.kept"));
    assertFalse(root.attributes().containsKey("weir.reason"));
    assertEquals("of tests", collector.header("x-team"));
  }

  @Test
  void itIsTimedByTheClockOnTheWall() throws Exception {
    Answered answer = answered(SAMPLED, Resource.ROUTE, 200, null, spent(), 9_100);
    ticker.advance(Duration.ofNanos(at(9_200) - ticker.nanos())); // told of 100 us later
    tracing.answered(answer);

    Received root = collector.trace(_ -> true).getFirst();
    long wall = TimeUnit.SECONDS.toNanos(NOW.getEpochSecond()) + NOW.getNano();
    assertEquals(wall - micros(100), root.span().getEndTimeUnixNano());
  }

  @Test
  void theStateOfOtherVendorsIsCarriedOn() throws Exception {
    tracing.answered(answered(SAMPLED, Resource.ROUTE, 200, null, spent(), 9_100));

    for (Received each : collector.trace(_ -> true)) {
      assertEquals("a=1,b=2", each.span().getTraceState());
    }
  }

  @Test
  void whatIsNoStateIsLeftOut() {
    assertTrue(CallSpans.stateOf("nonsense,=,A B=1").isEmpty());
    assertEquals("1", CallSpans.stateOf("nonsense,a=1,,").get("a"));
  }

  @Test
  void whatIsNeitherSampledNorSlowNorCriticalIsNotExported() throws Exception {
    tracing.answered(answered(UNSAMPLED, Resource.ROUTE, 200, null, spent(), 9_100));
    tracing.answered(answered(UNSAMPLED, Resource.ROUTE, 400, null, null, 100));
    tracing.close();

    assertEquals(List.of(), collector.all());
    assertEquals(0, tracing.fates().exported().sum());
    assertFalse(tracing.exports(UNSAMPLED, micros(499_999)));
  }

  @Test
  void aSlowCallIsExportedWhateverTheDiceSaid() throws Exception {
    tracing.answered(answered(UNSAMPLED, Resource.ROUTE, 200, null, spent(), 500_000));

    List<Received> trace = collector.trace(_ -> true);
    assertEquals("slow", trace.getFirst().attributes().get("weir.kept"));
    assertEquals("", trace.getFirst().parentId());
    assertTrue(steps(trace).contains("engine 8000"), () -> steps(trace).toString());
    assertTrue(tracing.exports(UNSAMPLED, micros(500_000)));
  }

  @Test
  void aRefusedCriticalCallIsExportedWhateverTheDiceSaid() throws Exception {
    tracing.answered(answered(UNSAMPLED, Resource.ROUTE, 503, Reason.OVER_CAPACITY, null, 50));

    List<Received> trace = collector.trace(_ -> true);
    Received root = trace.getFirst();
    assertEquals(List.of("authenticate 10", "receive 20", "admit 20"), steps(trace));
    assertEquals("refused_critical", root.attributes().get("weir.kept"));
    assertEquals("over_capacity", root.attributes().get("weir.reason"));
    assertEquals("503", root.attributes().get("error.type"));
    assertEquals(StatusCode.STATUS_CODE_ERROR, root.span().getStatus().getCode());
  }

  @Test
  void whoClaimsMoreThanItMayIsNotCritical() throws Exception {
    Answered claimed = answered(UNSAMPLED, Resource.ROUTE, 503, Reason.OVER_CAPACITY, null, 50);
    tracing.answered(
        new Answered(
            UNSAMPLED,
            Resource.ROUTE,
            "GET",
            503,
            Reason.OVER_CAPACITY,
            1,
            claimed.times(),
            null,
            "192.0.2.1",
            true,
            () -> Identity.of("stranger")));
    tracing.close();

    assertEquals(List.of(), collector.all());
  }

  @Test
  void whoIsUnknownIsNotAskedAgain() throws Exception {
    tracing.answered(
        new Answered(
            SAMPLED,
            Resource.ROUTE,
            "GET",
            401,
            Reason.KEY_REQUIRED,
            1,
            Times.of(at(0), at(5)),
            null,
            "192.0.2.1",
            true,
            () -> {
              throw new AssertionError("asked who it is");
            }));

    List<Received> trace = collector.trace(_ -> true);
    assertNull(trace.getFirst().attributes().get("weir.tenant"));
    assertEquals(List.of("admit 5"), steps(trace));
  }

  @Test
  void nothingIsKeptForSlownessOrRefusalsWhereThatIsOff() throws Exception {
    settings.set(settings(collector.endpoint(), Duration.ZERO, 100));
    tracing.answered(answered(UNSAMPLED, Resource.ROUTE, 200, null, spent(), 900_000_000));
    tracing.answered(answered(UNSAMPLED, Resource.ROUTE, 503, Reason.OVER_CAPACITY, null, 50));
    tracing.close();

    assertEquals(List.of(), collector.all());
  }

  @Test
  void aStreamHasAStepForEachOfItsParts() throws Exception {
    Spent parts = spent().plus(new Spent(at(9_050), at(9_060), at(9_090), 0));
    tracing.answered(answered(SAMPLED, Resource.STREAM_ROUTES, 200, null, parts, 9_100));

    List<Received> trace = collector.trace(_ -> true);
    assertEquals(
        List.of(
            "authenticate 10",
            "receive 20",
            "admit 5",
            "queue 1000",
            "engine 8000",
            "queue 10",
            "engine 30",
            "write 10"),
        steps(trace));
    assertEquals("2", trace.get(7).attributes().get("weir.part"));
  }

  @Test
  void aRideIsNeverSlowAndHasItsFirstRoutesAsSteps() throws Exception {
    Spent routes = new Spent(at(100), at(110), at(120), 0);
    for (long i = 2; i <= 40; i++) {
      routes = routes.plus(new Spent(at(100 * i), at(100 * i + 10), at(100 * i + 20), 0));
    }
    assertEquals(40 * micros(10), routes.queueNanos());
    tracing.answered(answered(UNSAMPLED, Resource.TRACK_RIDE, 200, null, routes, 3_600_000_000L));
    tracing.answered(answered(SAMPLED, Resource.TRACK_RIDE, 200, null, routes, 3_600_000_000L));
    awaitExported(1);
    tracing.close();

    List<Received> trace = collector.trace(_ -> true);
    assertEquals("sampled", trace.getFirst().attributes().get("weir.kept"));
    assertEquals(32, steps(trace).stream().filter(step -> step.equals("engine 10")).count());
    assertFalse(steps(trace).stream().anyMatch(step -> step.startsWith("admit")));
    assertEquals(trace.size(), collector.all().size());
  }

  @Test
  void noMoreThanSoManyAreExportedInASecondAndTheRestIsCounted() throws Exception {
    settings.set(settings(collector.endpoint(), Duration.ofMillis(500), 3));
    for (int i = 0; i < 10; i++) {
      tracing.answered(answered(SAMPLED, Resource.INFO, 200, null, null, 30));
    }
    ticker.advance(Duration.ofSeconds(1));
    tracing.answered(answered(SAMPLED, Resource.INFO, 200, null, null, 30));
    awaitExported(4);
    tracing.close();

    assertEquals(4, tracing.fates().exported().sum());
    assertEquals(7, tracing.fates().overRate().sum());
    assertEquals(
        4, collector.all().stream().filter(each -> each.name().equals("GET info")).count());
  }

  @Test
  void whatIsKeptAtTheEndIsExportedAndNothingLater() throws Exception {
    tracing.answered(answered(SAMPLED, Resource.INFO, 200, null, null, 30));
    awaitExported(1); // the first one takes its time, and the end has none
    tracing.answered(answered(SAMPLED, Resource.INFO, 200, null, null, 30));
    tracing.close();
    tracing.answered(answered(SAMPLED, Resource.INFO, 200, null, null, 30));

    assertEquals(2, tracing.fates().exported().sum());
    assertEquals(1, tracing.fates().queueFull().sum());
  }

  @Test
  void aCollectorThatIsAwayCostsTheTracesAndNothingElse() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    try (Tracing lonely = start(settings("http://127.0.0.1:" + free, Duration.ZERO, 100_000))) {
      lonely.answered(answered(SAMPLED, Resource.INFO, 200, null, null, 30));
      lonely.close();
      Eventually.holds("it is given up", () -> lonely.fates().failed().sum() == 1);
    }
  }

  @Test
  void aCollectorThatWillHaveNothingIsTriedAgain() throws Exception {
    collector.answerWith(503);
    tracing.answered(answered(SAMPLED, Resource.INFO, 200, null, null, 30));
    while (tracing.fates().failed().sum() == 0) {
      Thread.onSpinWait();
    }
    collector.answerWith(200);
    tracing.answered(answered(SAMPLED, Resource.INFO, 200, null, null, 30));
    collector.trace(_ -> true);
    tracing.close();

    assertEquals(1, tracing.fates().failed().sum());
    assertEquals(1, tracing.fates().exported().sum());
  }

  @Test
  void aFloodIsDroppedAndCountedAndNobodyWaits() throws Exception {
    int flood = 100_000;
    settings.set(settings(collector.endpoint(), Duration.ZERO, flood));
    for (int i = 0; i < flood; i++) {
      tracing.answered(answered(SAMPLED, Resource.INFO, 200, null, null, 30));
    }
    tracing.close();

    Fates fates = tracing.fates();
    assertTrue(fates.queueFull().sum() > 0, fates::toString);
    assertTrue(
        fates.queueFull().sum() + fates.exported().sum() + fates.failed().sum() <= flood,
        fates::toString);
  }

  @Test
  void isNotThereWithoutACollector() {
    assertNull(Tracing.start(TracingSettings::off, "1", ticker, () -> NOW));
  }
}
