package dev.weir.proxy.flood;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.Server;
import dev.weir.proxy.TestSettings;
import dev.weir.proxy.config.DeadlineSettings;
import dev.weir.proxy.config.GateSettings;
import dev.weir.proxy.config.HttpSettings;
import dev.weir.proxy.config.Settings;
import dev.weir.routing.graphhopper.GraphHopperEngine;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Floods a whole server over sockets, with several times what it can compute, and holds what
 * callers saw against what the server says of itself. Run with {@code -Dweir.test.flood.seed} to
 * repeat a flood.
 */
final class FloodTest {

  private static final int CONNECTIONS = 1_200;
  private static final long LAST_REQUEST_MILLIS = 2_500;
  private static final long SEED = Long.getLong("weir.test.flood.seed", System.currentTimeMillis());

  /**
   * A second flood may leave so much more than the first, for caches that grow late: ten times what
   * was measured. Half a kilobyte kept for each connection would be more, and so is keeping the
   * calls that were admitted.
   */
  private static final Footprint SLACK = new Footprint(512L << 10, 4L << 20);

  private static final String IN_FLIGHT = "weir_in_flight";
  private static final String QUEUE = "weir_queue_length";
  private static final String OPEN = "weir_http_connections_open";
  private static final String PENDING = "weir_http_pending_answer_bytes";

  /** Counts what was admitted and did not end, computed or not. */
  private static final String AHEAD = "weir_work_ahead_seconds";

  private static Settings settings;
  private static ObservedEngine engine;
  private static Server server;

  @BeforeAll
  static void start() throws Exception {
    System.out.println("flood seed " + SEED);
    settings = flooded(TestSettings.monaco());
    engine =
        new ObservedEngine(GraphHopperEngine.open(settings.engine(), line -> {}, System::nanoTime));
    server = Server.over(engine, settings, line -> {});
  }

  /** Limits short enough to be reached within seconds. */
  private static Settings flooded(Settings all) {
    HttpSettings http = all.http();
    HttpSettings hasty =
        new HttpSettings(
            http.host(),
            http.port(),
            http.eventLoops(),
            http.maxConnections(),
            http.maxConnectionsPerAddress(),
            http.maxRequestLineBytes(),
            http.maxHeaderBytes(),
            http.maxBodyBytes(),
            http.maxInflatedBytes(),
            http.maxPipelined(),
            http.maxPendingAnswerBytes(),
            Duration.ofSeconds(4),
            Duration.ofSeconds(4),
            Duration.ofSeconds(2),
            http.idleTimeout());
    GateSettings gate =
        GateSettings.standard()
            .with(
                draft -> {
                  draft.permits = 2;
                  draft.maxQueue = 66;
                });
    DeadlineSettings deadline = new DeadlineSettings(Duration.ofSeconds(1), Duration.ofSeconds(10));
    return TestSettings.with(TestSettings.with(TestSettings.with(all, hasty), gate), deadline);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void answersEveryRequestOfPoliteCallersOnceAndCountsItOnce() throws Exception {
    MetricsPage before = metrics();
    Tally seen = flood(scripts().polite(CONNECTIONS));
    MetricsPage after = metrics();
    long sent = seen.of(Tally.What.SENT_TO_WORKERS);
    long refused = counted("weir_refusals_total", before, after);
    long ended = counted("weir_requests_total", before, after);
    assertAll(
        () -> assertEquals(sent, seen.of(Tally.What.ANSWERED_FOR_WORKERS)),
        () -> assertEquals(sent, refused + ended),
        () -> assertEquals(0, counted("weir_http_connections_cut_total", before, after)),
        () -> assertEquals(0, counted("weir_faults_total", before, after)));
  }

  @Test
  void keepsNothingOfCallersOfEveryManner() throws Exception {
    try (Leaks leaks = Leaks.listen()) {
      hostileFlood();
      Footprint first = Footprint.now();
      hostileFlood();
      Footprint growth = Footprint.now().since(first);
      System.out.println(
          "in use after the first flood " + first + ", growth by the second " + growth);
      assertTrue(growth.heapBytes() < SLACK.heapBytes(), growth::toString);
      assertTrue(growth.directBytes() < SLACK.directBytes(), growth::toString);
      assertEquals(List.of(), leaks.found());
    }
  }

  private static void hostileFlood() throws Exception {
    MetricsPage before = metrics();
    Tally seen = flood(scripts().mixed(CONNECTIONS));
    MetricsPage after = metrics();
    long passed =
        counted("weir_refusals_total", before, after)
            + counted("weir_requests_total", before, after);
    long atMost = seen.of(Tally.What.SENT_TO_WORKERS) + seen.of(Tally.What.HALF_SENT);
    assertAll(
        () -> assertTrue(seen.of(Tally.What.ANSWERED_FOR_WORKERS) <= passed, () -> "" + passed),
        () -> assertTrue(passed <= atMost, () -> passed + " of " + atMost),
        () -> assertTrue(cut("slow_reader", before, after) > 0),
        () -> assertTrue(cut("slow_header", before, after) > 0),
        () -> assertTrue(cut("malformed", before, after) > 0),
        () -> assertEquals(0, counted("weir_faults_total", before, after)));
  }

  /** Plays the scripts and checks what must hold whatever the callers do. */
  private static Tally flood(List<Script> scripts) throws Exception {
    Tally seen;
    long deaf = scripts.stream().filter(one -> one.manner() == Script.Manner.DEAF).count();
    Watch watch = Watch.over(server.adminPort(), IN_FLIGHT, QUEUE, OPEN, PENDING);
    try (watch) {
      MetricsPage before = watch.latest();
      seen =
          Flood.play(
              server.httpPort(), scripts, () -> cut("slow_reader", before, watch.latest()) >= deaf);
    }
    System.out.println("seed " + SEED + ": " + seen + ", at most " + watch);
    assertEquals(List.of(), seen.complaints());
    assertTrue(seen.of(Tally.What.OPENED) >= 1_000, "connections");
    assertTrue(seen.of("status 200") > 0, "nothing was served");
    assertTrue(seen.of(Tally.What.REFUSED) > 0, "this was no flood");
    assertTrue(engine.most() <= settings.gate().permits(), () -> "inside " + engine.most());
    assertTrue(watch.highest(IN_FLIGHT) <= settings.gate().permits(), watch::toString);
    // a worker gives its permit back a moment before it takes the next call from the queue
    int mostWaiting = settings.gate().maxQueue() + settings.gate().permits();
    assertTrue(watch.highest(QUEUE) <= mostWaiting, watch::toString);
    assertTrue(watch.highest(PENDING) <= settings.http().maxPendingAnswerBytes(), watch::toString);
    for (String gauge : List.of(IN_FLIGHT, QUEUE, OPEN, PENDING, AHEAD)) {
      Eventually.holds(gauge + " back to zero", () -> metrics().sum(gauge) == 0);
    }
    return seen;
  }

  private static Scripts scripts() {
    return new Scripts(new SplittableRandom(SEED), LAST_REQUEST_MILLIS);
  }

  private static MetricsPage metrics() throws Exception {
    return MetricsPage.read(server.adminPort());
  }

  private static long counted(String family, MetricsPage before, MetricsPage after) {
    return Math.round(after.sum(family) - before.sum(family));
  }

  private static long cut(String why, MetricsPage before, MetricsPage after) {
    String label = "reason=\"" + why + "\"";
    String family = "weir_http_connections_cut_total";
    return Math.round(after.sum(family, label) - before.sum(family, label));
  }
}
