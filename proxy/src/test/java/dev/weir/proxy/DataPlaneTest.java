package dev.weir.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.auth.Doorkeeper;
import dev.weir.proxy.config.GateSettings;
import dev.weir.proxy.config.Live;
import dev.weir.proxy.config.Settings;
import dev.weir.proxy.flood.Eventually;
import dev.weir.proxy.flood.ObservedEngine;
import dev.weir.proxy.observe.Observations;
import dev.weir.proxy.path.Call;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Deadline;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.ReplySink;
import dev.weir.proxy.path.Sketch;
import dev.weir.proxy.path.WorkClock;
import dev.weir.routing.Coordinate;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.graphhopper.GraphHopperEngine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The steps as the server puts them together, on a real engine and a clock that stands still. */
final class DataPlaneTest {

  private static final RouteQuery QUERY =
      new RouteQuery.Nearest(new Coordinate(43.7384, 7.4246), false);

  private final ManualTicker ticker = new ManualTicker();
  private final List<String> replies = new CopyOnWriteArrayList<>();
  private final Observations observations = new Observations("test");
  private final Live<Settings> live = new Live<>(TestSettings.monaco());
  private ObservedEngine engine;
  private DataPlane plane;

  @BeforeEach
  void start() throws Exception {
    Settings settings = live.get();
    engine =
        new ObservedEngine(GraphHopperEngine.open(settings.engine(), line -> {}, System::nanoTime));
    Doorkeeper door =
        new Doorkeeper(
            live.map(Settings::callers), observations, ticker, InstantSource.system(), 1);
    plane =
        DataPlane.over(engine, live, door, 1, 4, observations, ticker, WorkClock.passing(ticker));
  }

  @AfterEach
  void stop() throws Exception {
    engine.open();
    assertTrue(plane.queue().awaitIdle(Duration.ofSeconds(30).toMillis()));
    engine.close();
    observations.close();
  }

  private void serve(String name) {
    ReplySink sink =
        new ReplySink() {
          @Override
          public void reply(Reply reply) {
            replies.add(name + outcome(reply));
          }

          @Override
          public boolean abandoned() {
            return false;
          }
        };
    Deadline deadline = Deadline.after(ticker.nanos(), Duration.ofSeconds(10).toNanos());
    plane
        .path()
        .serve(
            new Call(
                Traced.ANY,
                Caller.at("caller"),
                Sketch.of(QUERY),
                ticker.nanos(),
                deadline,
                () -> QUERY),
            sink);
  }

  private static String outcome(Reply reply) {
    return reply instanceof Reply.Refused refused
        ? " refused: " + refused.refusal().reason().code()
        : "";
  }

  private void pass(int millis) {
    ticker.advance(Duration.ofMillis(millis));
    plane.gate().tick();
    plane.queue().sweep();
  }

  private double counted(String outcome) {
    return observations
        .scrape()
        .lines()
        .filter(line -> line.startsWith("weir_requests_total{kind=\"nearest\""))
        .filter(line -> line.contains("outcome=\"" + outcome + "\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  @Test
  void inFacebooksOrderTheNewestGoFirstAndWhoHasWaitedForTooLongIsRefused() throws Exception {
    live.set(TestSettings.with(live.get(), facebooks()));
    pass(10);
    engine.shut();
    serve("running");
    Eventually.holds("it is computed", () -> engine.inside() == 1);
    serve("first");
    pass(60);
    serve("older");
    pass(1);
    serve("newer");
    pass(40);
    assertEquals(List.of("first refused: queue_full"), replies);
    serve("hasty");
    pass(5);
    assertEquals("hasty refused: queue_full", replies.getLast());

    engine.open();
    Eventually.holds("all are answered", () -> replies.size() == 5);
    assertEquals(List.of("running", "newer", "older"), replies.subList(2, 5));
    assertTrue(plane.queue().awaitIdle(Duration.ofSeconds(30).toMillis()));
    assertEquals(2, counted("shed"));
    assertEquals(3, counted("routed"));
  }

  /** The gate's own rules would let nobody wait. Nobody is stopped for what the clock skips. */
  private static GateSettings facebooks() {
    return GateSettings.standard()
        .with(
            gate -> {
              gate.order = GateSettings.Order.CODEL_LIFO;
              gate.limit = GateSettings.Limit.FIXED;
              gate.permits = 1;
              gate.maxQueueDelay = Duration.ZERO;
              gate.workBudget = 0;
            });
  }
}
