package dev.weir.proxy.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Timestamp;
import dev.weir.proxy.ManualTicker;
import dev.weir.proxy.Traced;
import dev.weir.proxy.config.TracingSettings;
import dev.weir.proxy.observe.trace.Tracing;
import dev.weir.proxy.path.Answered;
import dev.weir.proxy.path.BreakerSwitch;
import dev.weir.proxy.path.CertificateObserver.Port;
import dev.weir.proxy.path.Estimate;
import dev.weir.proxy.path.Exposition;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.PathObserver.Outcome;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Step;
import dev.weir.proxy.path.Times;
import dev.weir.proxy.path.Totals;
import dev.weir.proxy.path.Totals.Distribution;
import dev.weir.proxy.path.Trace;
import dev.weir.proxy.path.TransportObserver.Cut;
import dev.weir.proxy.path.TransportObserver.Resource;
import dev.weir.routing.RequestKind;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ObservationsTest {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Observations observations = new Observations("1.2.3");

  @AfterEach
  void close() {
    observations.close();
  }

  @Test
  void countsCallsByKindAndOutcomeAndTimesThem() {
    observations.ended(
        RequestKind.ROUTE, Traced.ANY, Outcome.ROUTED, millis(3), millis(7), millis(10));
    observations.ended(
        RequestKind.ROUTE, Traced.ANY, Outcome.EXPIRED_IN_QUEUE, millis(90), 0, millis(90));

    Scrape scrape = scrape();
    assertEquals(1, scrape.value("weir_requests_total", "kind=\"route\"", "outcome=\"routed\""));
    assertEquals(0, scrape.value("weir_requests_total", "kind=\"spt\"", "outcome=\"routed\""));
    assertEquals(2, scrape.value("weir_queue_delay_seconds_count", "kind=\"route\""));
    assertEquals(1, scrape.value("weir_engine_time_seconds_count", "kind=\"route\""));
    assertEquals(0.1, scrape.value("weir_total_time_seconds_sum", "kind=\"route\""), 1e-9);
    assertEquals(
        0, scrape.value("weir_engine_time_seconds_bucket", "kind=\"route\"", "le=\"0.005\""));
    assertEquals(
        1, scrape.value("weir_engine_time_seconds_bucket", "kind=\"route\"", "le=\"0.01\""));
  }

  @Test
  void tellsHowGoodEstimatesWere() {
    Estimate estimate = new Estimate(7, 0, millis(10), millis(30));
    observations.estimated(RequestKind.ROUTE, estimate, millis(9));
    observations.estimated(RequestKind.ROUTE, estimate, millis(30));
    observations.estimated(RequestKind.ROUTE, estimate, millis(31));

    Scrape scrape = scrape();
    assertEquals(3, scrape.value("weir_estimate_percent_count", "kind=\"route\""));
    assertEquals(2, scrape.value("weir_estimate_percent_bucket", "kind=\"route\"", "le=\"50.0\""));
    assertEquals(2, scrape.value("weir_estimate_percent_bucket", "kind=\"route\"", "le=\"100.0\""));
    assertEquals(3, scrape.value("weir_estimate_percent_bucket", "kind=\"route\"", "le=\"140.0\""));
    assertEquals(1, scrape.value("weir_estimate_exceeded_total", "kind=\"route\""));
    assertEquals(0, scrape.value("weir_estimate_exceeded_total", "kind=\"spt\""));
  }

  @Test
  void countsRefusalsByReason() {
    observations.refused(RequestKind.ISOCHRONE, Reason.QUEUE_FULL);
    observations.refused(RequestKind.ISOCHRONE, Reason.QUEUE_FULL);

    assertEquals(
        2, scrape().value("weir_refusals_total", "kind=\"isochrone\"", "reason=\"queue_full\""));
  }

  @Test
  void countsWhatHappensOnTheWire() {
    observations.connectionOpened();
    observations.connectionOpened();
    observations.connectionCut(Cut.SLOW_READER);
    observations.connectionClosed();
    observations.pendingAnswerBytes(100);
    observations.pendingAnswerBytes(-30);
    observations.answered(answer(Resource.ROUTE, "GET", 503, 200));
    observations.answered(answer(Resource.ROUTE, "GET", 999, 1));

    Scrape scrape = scrape();
    assertEquals(1, scrape.value("weir_http_connections_open"));
    assertEquals(2, scrape.value("weir_http_connections_total"));
    assertEquals(1, scrape.value("weir_http_connections_cut_total", "reason=\"slow_reader\""));
    assertEquals(70, scrape.value("weir_http_pending_answer_bytes"));
    assertEquals(
        1, scrape.value("weir_http_answers_total", "resource=\"route\"", "status=\"5xx\""));
    assertEquals(
        1, scrape.value("weir_http_answers_total", "resource=\"route\"", "status=\"other\""));
    assertEquals(201, scrape.value("weir_http_answer_bytes_total", "resource=\"route\""));
  }

  @Test
  void countsDecisionsByPriorityAndDryRunsByKind() {
    observations.decided(Priority.CRITICAL, null);
    observations.decided(Priority.BATCH, Reason.OVER_CAPACITY);
    observations.wouldHaveRefused(RequestKind.ROUTE, Reason.OVER_SHARE);
    Scrape scrape = scrape();
    assertEquals(
        1, scrape.value("weir_decisions_total", "decision=\"admitted\"", "priority=\"critical\""));
    assertEquals(
        1,
        scrape.value("weir_decisions_total", "decision=\"over_capacity\"", "priority=\"batch\""));
    assertEquals(
        1, scrape.value("weir_dry_run_refusals_total", "kind=\"route\"", "reason=\"over_share\""));
  }

  @Test
  void tellsWhenCertificatesExpireAndHowOftenTheirChangeFailed() {
    observations.certificateInUse(Port.GRPC, Instant.ofEpochSecond(1_800_000_000));
    observations.certificateRefused(Port.GRPC);

    Scrape scrape = scrape();
    String expiry = "weir_tls_certificate_expiry_timestamp_seconds";
    assertEquals(1.8e9, scrape.value(expiry, "port=\"grpc\""));
    assertEquals(Double.NaN, scrape.value(expiry, "port=\"http\""));
    assertEquals(1, scrape.value("weir_tls_reload_failures_total", "port=\"grpc\""));
    assertEquals(0, scrape.value("weir_tls_reload_failures_total", "port=\"http\""));
  }

  @Test
  void tellsHowLateThreadsOfPortsCome() {
    observations.loopLagged(Port.GRPC, millis(30));

    Scrape scrape = scrape();
    String lag = "weir_event_loop_lag_seconds";
    assertEquals(0, scrape.value(lag + "_bucket", "port=\"grpc\"", "le=\"0.02\""));
    assertEquals(1, scrape.value(lag + "_bucket", "port=\"grpc\"", "le=\"0.05\""));
    assertEquals(0.03, scrape.value(lag + "_sum", "port=\"grpc\""), 1e-9);
    assertEquals(0, scrape.value(lag + "_count", "port=\"http\""));
  }

  private String inProtobuf() {
    Exposition all = observations.scrape(Exposition.PROTOBUF);
    assertEquals(Exposition.PROTOBUF, all.type());
    return latin1(all);
  }

  /** A letter for each byte. */
  private static String latin1(Exposition all) {
    return StandardCharsets.ISO_8859_1.decode(all.bytes()).toString();
  }

  @Test
  void nativeHistogramsAreInProtobufOnly() {
    String empty = inProtobuf();
    for (int i = 0; i < 50; i++) {
      observations.loopLagged(Port.HTTP, 1L << i);
    }
    String counted = inProtobuf();

    assertTrue(counted.contains("weir_event_loop_lag_seconds"));
    assertTrue(counted.length() > empty.length() + 100, "fifty buckets take more room than none");
    assertEquals(
        Buckets.LAG.length + 1,
        scrape().series().stream()
            .filter(series -> series.startsWith("weir_event_loop_lag_seconds_bucket"))
            .filter(series -> series.contains("http"))
            .count());
  }

  @Test
  void anExampleSaysWhenItWasTakenInBothFormatsThatHaveExamples() {
    Instant now = Instant.parse("2026-11-02T06:08:15.250Z");
    TracingSettings settings =
        new TracingSettings("http://127.0.0.1:1", 0, Duration.ofHours(1), 1, "weir", List.of());
    Tracing tracing =
        Tracing.start(() -> settings, "1.2.3", new ManualTicker(), InstantSource.fixed(now));
    try (Observations traced = new Observations("1.2.3", tracing)) {
      Trace sampled = new Trace(null, 1, 2, 3, 0, true, null);
      traced.ended(RequestKind.ROUTE, sampled, Outcome.ROUTED, 0, millis(8), millis(8));

      List<String> named =
          traced
              .scrape(Exposition.OPEN_METRICS)
              .text()
              .lines()
              .filter(line -> line.contains(sampled.traceId()))
              .toList();
      assertEquals(3, named.size(), named::toString);
      for (String line : named) {
        assertTrue(line.contains("_seconds_bucket{"), line); // Prometheus 2.42 refuses others
        assertTrue(line.endsWith(" 1793599695.250"), line);
      }
      byte[] timestamp =
          Timestamp.newBuilder()
              .setSeconds(now.getEpochSecond())
              .setNanos(now.getNano())
              .build()
              .toByteArray();
      String protobuf = latin1(traced.scrape(Exposition.PROTOBUF));
      assertTrue(protobuf.contains(sampled.traceId()));
      assertTrue(protobuf.contains(new String(timestamp, StandardCharsets.ISO_8859_1)));
    }
  }

  @Test
  void asksTheGaugesAtEachScrape() {
    AtomicInteger inFlight = new AtomicInteger(1);
    AtomicReference<BreakerSwitch.Position> breaker =
        new AtomicReference<>(BreakerSwitch.Position.CLOSED);
    observations.watch(
        new Gauges(
            () -> 4,
            inFlight::get,
            () -> 9,
            () -> 6,
            () -> 1_500_000_000L,
            () -> 3.5,
            () -> 250,
            priority -> priority == Priority.BATCH ? 0.25 : 1,
            breaker::get,
            () -> 2,
            () -> 7));
    inFlight.set(3);
    breaker.set(BreakerSwitch.Position.FORCED_OPEN);

    Scrape scrape = scrape();
    assertEquals(4, scrape.value("weir_permits"));
    assertEquals(3, scrape.value("weir_in_flight"));
    assertEquals(9, scrape.value("weir_queue_length"));
    assertEquals(7, scrape.value("weir_rides"));
    assertEquals(6, scrape.value("weir_workers_lost"));
    assertEquals(1.5, scrape.value("weir_work_ahead_seconds"));
    assertEquals(3.5, scrape.value("weir_effective_processors"));
    assertEquals(2.5, scrape.value("weir_load_ratio"));
    assertEquals(0.25, scrape.value("weir_admitted_part", "priority=\"batch\""));
    assertEquals(2, scrape.value("weir_http_event_loops"));
    assertEquals(1, scrape.value("weir_breaker_position", "position=\"forced_open\""));
    assertEquals(0, scrape.value("weir_breaker_position", "position=\"closed\""));
  }

  @Test
  void hasTheSameSeriesHoweverManyDifferentCallersThereAre() {
    Set<String> before = lasting(scrape());
    for (int i = 0; i < 100; i++) {
      observations.answered(answer(Resource.UNKNOWN, "M" + i, 100 * i, 1));
      Trace trace = new Trace("incident-" + i, 1, 2, i + 1);
      Identity asker = Identity.of("tenant-" + i);
      observations.failed(RequestKind.SPT, trace, asker, new IllegalStateException("no. " + i));
      observations.failed(Resource.SPT, trace, new IllegalStateException("no. " + i));
    }

    assertEquals(before, lasting(scrape()));
  }

  @Test
  void allocatesNothingForARefusal() {
    assertAllocatesNothing(this::refuse);
  }

  @Test
  void allocatesNothingForAnAnswer() {
    assertAllocatesNothing(this::answer);
  }

  /** Once it is compiled, which the machine does when it has the time. */
  private static void assertAllocatesNothing(IntConsumer counting) {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = Long.MAX_VALUE;
    long startNanos = System.nanoTime();
    while (allocated >= 10_000 && System.nanoTime() - startNanos < PATIENCE_NANOS) {
      long before = threads.getCurrentThreadAllocatedBytes();
      counting.accept(10_000);
      allocated = threads.getCurrentThreadAllocatedBytes() - before;
    }
    assertTrue(allocated < 10_000, allocated + " bytes for 10,000 of them");
  }

  /** Between a microsecond and a second. */
  private void answer(int times) {
    Estimate estimate = new Estimate(7, 0, millis(10), millis(30));
    for (int i = 0; i < times; i++) {
      long nanos = 1_000L << (i % 20);
      observations.ended(RequestKind.ROUTE, Traced.ANY, Outcome.ROUTED, nanos, nanos, nanos);
      observations.estimated(RequestKind.ROUTE, estimate, nanos);
    }
  }

  private void refuse(int times) {
    Answered refusal = answer(Resource.ROUTE, "GET", 429, 100);
    for (int i = 0; i < times; i++) {
      observations.refused(RequestKind.ROUTE, Reason.OVER_SHARE);
      observations.answered(refusal);
    }
  }

  @Test
  void sumsUpWhatItCountedOfAllKinds() {
    Totals totals = observations.totals();
    observations.refused(RequestKind.ROUTE, Reason.QUEUE_FULL);
    observations.refused(RequestKind.SPT, Reason.QUEUE_FULL);
    observations.decided(Priority.BATCH, null);
    observations.decided(Priority.BATCH, Reason.QUEUE_FULL);
    observations.decided(Priority.BATCH, Reason.OVER_SHARE);
    observations.degraded(RequestKind.ROUTE, Set.of(Step.ALTERNATIVES));
    observations.wouldHaveRefused(RequestKind.ROUTE, Reason.OVER_SHARE);
    observations.ended(RequestKind.ROUTE, Traced.ANY, Outcome.ROUTED, 0, 1, millis(3));
    observations.ended(RequestKind.NEAREST, Traced.ANY, Outcome.ROUTED, 0, 1, millis(4));
    observations.ended(RequestKind.ISOCHRONE, Traced.ANY, Outcome.ROUTED, 0, 1, millis(190_000));
    observations.estimated(RequestKind.SPT, Estimate.of(millis(10)), millis(9));

    assertEquals(2, totals.refused(Reason.QUEUE_FULL));
    assertEquals(1, totals.admitted(Priority.BATCH));
    assertEquals(2, totals.turnedAway(Priority.BATCH));
    assertEquals(1, totals.degraded(Step.ALTERNATIVES));
    assertEquals(1, totals.wouldHaveRefused());
    assertEquals(3, totals.ended(Outcome.ROUTED));
    assertEquals(0, totals.exceeded());
    assertEquals(1, between(0.0022, 0.0033, totals.times()));
    assertEquals(1, between(0.0033, 0.0047, totals.times()));
    assertEquals(1, totals.times().counts().getLast());
    assertEquals(1, between(100, 126, totals.estimates()));
  }

  private static long between(double low, double high, Distribution all) {
    long sum = 0;
    for (int i = 1; i < all.bounds().size(); i++) {
      if (all.bounds().get(i - 1) > 0.95 * low && all.bounds().get(i) < 1.05 * high) {
        sum += all.counts().get(i);
      }
    }
    return sum;
  }

  @Test
  void tellsItsVersion() {
    String java = "java=\"" + Runtime.version() + "\"";
    assertEquals(1, scrape().value("weir_build", "version=\"1.2.3\"", java));
    assertFalse(scrape().help("weir_build").isEmpty());
  }

  private static Answered answer(Resource resource, String method, int status, long bytes) {
    return new Answered(
        Traced.ANY,
        resource,
        method,
        status,
        null,
        bytes,
        Times.of(0, 1),
        null,
        "127.0.0.1",
        false,
        () -> null);
  }

  private static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private Scrape scrape() {
    return new Scrape(observations.scrape());
  }

  /** Without those of the collector, which come with its first pause. */
  private static Set<String> lasting(Scrape scrape) {
    return scrape.series().stream()
        .filter(series -> !series.startsWith("jvm_gc_pause"))
        .collect(Collectors.toSet());
  }
}
