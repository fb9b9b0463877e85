package dev.weir.proxy.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.Server;
import dev.weir.proxy.TestSettings;
import dev.weir.proxy.config.DeadlineSettings;
import dev.weir.proxy.config.Settings;
import dev.weir.proxy.flood.Eventually;
import dev.weir.proxy.flood.MetricsPage;
import dev.weir.proxy.flood.ObservedEngine;
import dev.weir.routing.graphhopper.GraphHopperEngine;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What callers of every state see while a server comes to its end. */
final class DrainTest {

  private static final int WAITING = 4;

  @Test
  void finishesWhatRunsAndRefusesWhatWaits() throws Exception {
    Settings settings = TestSettings.with(oneAtATime(), Duration.ofSeconds(60));
    ObservedEngine engine = open(settings);
    try (Server server = Server.over(engine, settings, line -> {});
        Callers callers = new Callers(server.httpPort());
        Socket idle = callers.connect()) {
      engine.shut();
      CompletableFuture<HttpResponse<String>> running = callers.route();
      Eventually.holds("one is computed", () -> engine.inside() == 1);
      List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
      for (int i = 0; i < WAITING; i++) {
        waiting.add(callers.route());
      }
      Eventually.holds("the others wait", () -> queueLength(server) == WAITING);

      // the common pool would not do: the callers' answers go through its one thread
      CompletableFuture<Void> closing =
          CompletableFuture.runAsync(server::close, DrainTest::onItsOwn);
      Eventually.holds("nobody gets in", () -> !callers.accepted());
      assertEquals(503, Callers.get(server.adminPort(), "/health/ready").statusCode());
      for (CompletableFuture<HttpResponse<String>> each : waiting) {
        HttpResponse<String> answer = each.get(30, TimeUnit.SECONDS);
        assertEquals(503, answer.statusCode());
        assertTrue(answer.body().contains("\"draining\""), answer.body());
      }
      assertEquals(-1, idle.getInputStream().read(), "idle connections are closed");
      assertFalse(closing.isDone(), "closed while a call is computed");

      engine.open();
      HttpResponse<String> answer = running.get(30, TimeUnit.SECONDS);
      assertEquals(200, answer.statusCode());
      assertTrue(answer.body().contains("\"paths\""), answer.body());
      closing.get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void cutsOffASearchThatOutlastsTheDrainTimeout() throws Exception {
    Duration drainTimeout = Duration.ofMillis(200);
    Settings settings = TestSettings.with(oneAtATime(), drainTimeout);
    ObservedEngine engine = open(settings);
    try (Server server = Server.over(engine, settings, line -> {});
        Callers callers = new Callers(server.httpPort())) {
      CompletableFuture<HttpResponse<String>> endless = callers.endlessRoute();
      Eventually.holds("it is computed", () -> engine.inside() == 1);
      long startNanos = System.nanoTime();
      server.close();
      Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
      Eventually.holds("the search ends", () -> engine.inside() == 0);
      Eventually.holds("its caller waits no more", endless::isDone);
      // who is not answered within a second after that hears no more than that it is over
      if (took.compareTo(drainTimeout.plusSeconds(1)) < 0) {
        HttpResponse<String> answer = endless.get();
        assertEquals(503, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("\"draining\""), answer.body());
      }
      assertTrue(took.compareTo(drainTimeout.plusSeconds(60)) < 0, () -> "took " + took);
    }
  }

  @Test
  void mayBeClosedTwice() throws Exception {
    Settings settings = oneAtATime();
    Server server = Server.over(open(settings), settings, line -> {});
    server.close();
    server.close();
  }

  private static ObservedEngine open(Settings settings) throws Exception {
    return new ObservedEngine(
        GraphHopperEngine.open(settings.engine(), line -> {}, System::nanoTime));
  }

  /** One worker, and nobody is refused for having to wait. */
  private static Settings oneAtATime() {
    Duration minutes = Duration.ofMinutes(10);
    Settings all = TestSettings.monaco();
    all = TestSettings.with(all, TestSettings.waiting(1));
    return TestSettings.with(all, new DeadlineSettings(minutes, minutes));
  }

  private static void onItsOwn(Runnable task) {
    Thread.ofPlatform().start(task);
  }

  private static double queueLength(Server server) throws Exception {
    return MetricsPage.read(server.adminPort()).sum("weir_queue_length");
  }
}
