package dev.weir.proxy.flood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.Server;
import dev.weir.proxy.TestSettings;
import dev.weir.proxy.config.DeadlineSettings;
import dev.weir.proxy.config.GateSettings;
import dev.weir.proxy.config.Settings;
import dev.weir.proxy.flood.ContractCaller.Transport;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.routing.graphhopper.GraphHopperEngine;
import dev.weir.v1.Location;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * The contract on all four transports while the server sheds: whoever asks gets the answer that a
 * calm server gives, or a refusal with all that belongs to it, and never anything else. Run with
 * {@code -Dweir.test.flood.seed} to repeat a flood.
 */
final class ContractFloodTest {

  private static final int CONNECTIONS = 1_000;
  private static final long LAST_REQUEST_MILLIS = 2_500;
  private static final int QUESTIONS = 12;
  private static final int ASKERS_OF_EACH = 3;
  private static final List<Transport> ALL = List.of(Transport.values());
  private static final int PERMITS = 2;
  private static final int PLACES = 10;

  /** As many as callers by default may be; others find no place then. */
  private static final int INSIDE = 9;

  private static final Duration LONG = Duration.ofMinutes(10);
  private static final long SEED = Long.getLong("weir.test.flood.seed", 11);

  private static Settings flooded() {
    GateSettings gate =
        GateSettings.standard()
            .with(
                draft -> {
                  draft.permits = PERMITS;
                  draft.maxQueue = 40;
                });
    DeadlineSettings deadline = new DeadlineSettings(Duration.ofSeconds(1), Duration.ofSeconds(10));
    return TestSettings.with(
        TestSettings.with(TestSettings.withGrpc(TestSettings.monaco()), gate), deadline);
  }

  @Test
  void everyTransportGivesTheCalmAnswerOrARefusalInItsWords() throws Exception {
    try (Server server = Server.start(flooded(), _ -> {});
        ContractCaller caller = new ContractCaller(server, "batch");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Question> questions = Question.some(QUESTIONS, new SplittableRandom(SEED));
      Map<Transport, List<Told>> calm = calm(caller, questions);
      Scripts scripts = new Scripts(new SplittableRandom(SEED), LAST_REQUEST_MILLIS);
      Future<Tally> flood =
          threads.submit(
              () -> Flood.play(server.httpPort(), scripts.polite(CONNECTIONS), () -> true));
      List<Future<Set<Reason>>> askers = new ArrayList<>();
      calm.forEach(
          (transport, answers) -> {
            for (int i = 0; i < ASKERS_OF_EACH; i++) {
              askers.add(threads.submit(() -> ask(caller, transport, questions, answers, flood)));
            }
          });
      Set<Reason> reasons = EnumSet.noneOf(Reason.class);
      for (Future<Set<Reason>> asker : askers) {
        reasons.addAll(asker.get());
      }
      assertEquals(List.of(), flood.get().complaints(), "seed " + SEED);
      assertTrue(flood.get().of(Tally.What.REFUSED) > 0, "this was no flood");
      assertTrue(!reasons.isEmpty(), "nobody who asked by the contract was refused");
    }
  }

  private static Map<Transport, List<Told>> calm(ContractCaller caller, List<Question> questions)
      throws Exception {
    Map<Transport, List<Told>> calm = new EnumMap<>(Transport.class);
    for (Transport transport : Transport.values()) {
      List<Told> answers = new ArrayList<>();
      for (Question question : questions) {
        answers.add(assertInstanceOf(Told.Answer.class, caller.ask(transport, question)));
      }
      calm.put(transport, answers);
    }
    assertEquals(calm.get(Transport.REST), calm.get(Transport.GRPC));
    assertEquals(calm.get(Transport.CONNECT_JSON), calm.get(Transport.CONNECT_PROTO));
    return calm;
  }

  /** One after the other, and again for as long as the flood goes on; returns the refusals. */
  private static Set<Reason> ask(
      ContractCaller caller,
      Transport transport,
      List<Question> questions,
      List<Told> calm,
      Future<?> flood)
      throws Exception {
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    do {
      for (int i = 0; i < questions.size(); i++) {
        switch (caller.ask(transport, questions.get(i))) {
          case Told.Answer answer ->
              assertEquals(calm.get(i), answer, () -> transport + " changed");
          case Told.Refused(Reason reason) -> reasons.add(reason);
        }
      }
    } while (!flood.isDone());
    return reasons;
  }

  @Test
  void aFullHouseIsTheSameRefusalOnEveryTransport() throws Exception {
    GateSettings gate =
        TestSettings.waiting(PERMITS)
            .with(
                draft -> {
                  draft.maxQueue = PLACES;
                  draft.workBudget = 0; // they take as long as the door is shut
                });
    Settings settings =
        TestSettings.with(
            TestSettings.with(TestSettings.withGrpc(TestSettings.monaco()), gate),
            new DeadlineSettings(LONG, LONG));
    ObservedEngine engine =
        new ObservedEngine(GraphHopperEngine.open(settings.engine(), _ -> {}, System::nanoTime));
    try (Server server = Server.over(engine, settings, _ -> {});
        ContractCaller inside = new ContractCaller(server, "default");
        ContractCaller caller = new ContractCaller(server, "batch");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Question question =
          Question.route(
              Location.newBuilder().setLatitude(43.7384).setLongitude(7.4246).build(),
              Location.newBuilder().setLatitude(43.7311).setLongitude(7.4197).build());
      engine.shut();
      List<Future<Told>> waiting = new ArrayList<>();
      for (int i = 0; i < INSIDE; i++) {
        Transport transport = ALL.get(i % ALL.size());
        waiting.add(threads.submit(() -> inside.ask(transport, question)));
      }
      Eventually.holds("the house is full", () -> full(server));
      Set<Told> told = new HashSet<>();
      for (Transport transport : Transport.values()) {
        told.add(caller.ask(transport, question));
      }
      engine.open();

      assertEquals(Set.of(new Told.Refused(Reason.QUEUE_FULL)), told);
      for (Future<Told> each : waiting) {
        assertInstanceOf(Told.Answer.class, each.get());
      }
    }
  }

  private static boolean full(Server server) throws Exception {
    MetricsPage page = MetricsPage.read(server.adminPort());
    return page.sum("weir_queue_length") + page.sum("weir_in_flight") == INSIDE;
  }
}
