package dev.weir.proxy.flood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.Server;
import dev.weir.proxy.TestSettings;
import dev.weir.proxy.config.DeadlineSettings;
import dev.weir.proxy.config.GateSettings;
import dev.weir.proxy.config.Settings;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.routing.graphhopper.GraphHopperEngine;
import dev.weir.v1.ListQuotesResponse;
import dev.weir.v1.QuoteRideRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * All methods of the contract in all ways to ask while the server sheds: whoever asks gets the
 * answer that a calm server gives, or a refusal with all that belongs to it, and never anything
 * else. Run with {@code -Dweir.test.flood.seed} to repeat a flood.
 */
final class ContractFloodTest {

  private static final int CONNECTIONS = 1_000;
  private static final long LAST_REQUEST_MILLIS = 1_500;
  private static final int QUESTIONS_OF_EACH = 2;
  private static final int ASKERS_OF_EACH = 2;
  private static final Way GRPC = new Way(Way.Form.GRPC, false);
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
  void everyMethodGivesTheCalmAnswerOrARefusalInItsWords() throws Exception {
    try (Server server = Server.start(flooded(), _ -> {});
        ContractCaller caller = new ContractCaller(server, "batch");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Question<?, ?>> questions = Question.some(QUESTIONS_OF_EACH, new SplittableRandom(SEED));
      questions.add(oldQuotes(caller, questions));
      Map<Way, Map<Question<?, ?>, Told>> calm = calm(caller, questions);
      Scripts scripts = new Scripts(new SplittableRandom(SEED), LAST_REQUEST_MILLIS);
      Future<Tally> flood =
          threads.submit(
              () -> Flood.play(server.httpPort(), scripts.polite(CONNECTIONS), () -> true));
      List<Future<Set<Reason>>> askers = new ArrayList<>();
      calm.forEach(
          (way, answers) -> {
            for (int i = 0; i < ASKERS_OF_EACH; i++) {
              askers.add(threads.submit(() -> ask(caller, way, answers, flood)));
            }
          });
      Set<Reason> reasons = EnumSet.noneOf(Reason.class);
      for (Future<Set<Reason>> asker : askers) {
        reasons.addAll(asker.get());
      }
      assertEquals(List.of(), flood.get().complaints(), "seed " + SEED);
      assertTrue(flood.get().of(Tally.What.REFUSED) > 0, "this was no flood");
      assertTrue(!reasons.isEmpty(), "nobody who asked by the contract was refused");
      assertNothingIsLeft(server);
      assertCalm(caller, calm);
    }
  }

  /** A page of quotes that those to come do not change. */
  private static Question<?, ?> oldQuotes(ContractCaller caller, List<Question<?, ?>> questions)
      throws Exception {
    for (Question<?, ?> question : questions) {
      if (question.request() instanceof QuoteRideRequest) {
        for (int i = 0; i < 2; i++) {
          answer(caller, GRPC, question);
        }
      }
    }
    Told newest = answer(caller, GRPC, Question.quotes(1, ""));
    String token =
        assertInstanceOf(ListQuotesResponse.class, newest.content().getFirst()).getNextPageToken();
    return Question.quotes(2, token);
  }

  /** What each question is answered, by way; all but GraphHopper's own give the same. */
  private static Map<Way, Map<Question<?, ?>, Told>> calm(
      ContractCaller caller, List<Question<?, ?>> questions) throws Exception {
    Map<Way, Map<Question<?, ?>, Told>> calm = new LinkedHashMap<>();
    for (Way way : Way.ALL) {
      Map<Question<?, ?>, Told> answers = new LinkedHashMap<>();
      for (Question<?, ?> question : questions) {
        if (question.hasForm(way.form())) {
          answers.put(question, answer(caller, way, question));
        }
      }
      calm.put(way, answers);
    }
    calm.forEach(
        (way, answers) -> {
          Way other = way.form() == Way.Form.GRAPHHOPPER ? new Way(way.form(), false) : GRPC;
          answers.forEach(
              (question, answer) ->
                  assertEquals(at(calm, other, question), answer, () -> way + " " + question));
        });
    return calm;
  }

  /** Asks until it is answered: for a slow machine calm times may have their refusals, too. */
  private static Told answer(ContractCaller caller, Way way, Question<?, ?> question)
      throws Exception {
    AtomicReference<Told> told = new AtomicReference<>();
    Eventually.holds(
        way + " answers " + question,
        () -> {
          told.set(caller.ask(way, question));
          return told.get() instanceof Told.Answer;
        });
    return told.get();
  }

  private static Told at(
      Map<Way, Map<Question<?, ?>, Told>> calm, Way way, Question<?, ?> question) {
    return Objects.requireNonNull(Objects.requireNonNull(calm.get(way)).get(question));
  }

  /** One after the other, and again for as long as the flood goes on; returns the refusals. */
  private static Set<Reason> ask(
      ContractCaller caller, Way way, Map<Question<?, ?>, Told> calm, Future<?> flood)
      throws Exception {
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    do {
      for (Map.Entry<Question<?, ?>, Told> each : calm.entrySet()) {
        List<?> expected = each.getValue().content();
        switch (caller.ask(way, each.getKey())) {
          case Told.Answer(List<?> content) ->
              assertEquals(expected, content, () -> way + " changed");
          case Told.Refused(Reason reason, List<?> before) -> {
            assertEquals(
                expected.subList(0, before.size()), before, () -> way + " began differently");
            reasons.add(reason);
          }
        }
      }
    } while (!flood.isDone());
    return reasons;
  }

  /** All workers and places are free again, and nothing is kept. */
  private static void assertNothingIsLeft(Server server) throws Exception {
    for (String gauge :
        List.of(
            "weir_in_flight",
            "weir_queue_length",
            "weir_work_ahead_seconds",
            "weir_rides",
            "weir_http_pending_answer_bytes")) {
      Eventually.holds(
          gauge + " back to zero", () -> MetricsPage.read(server.adminPort()).sum(gauge) == 0);
    }
    MetricsPage page = MetricsPage.read(server.adminPort());
    assertEquals(0, page.sum("weir_workers_lost"));
    assertEquals(0, page.sum("weir_faults_total"));
  }

  /** Soon after a flood all is answered as before it. */
  private static void assertCalm(ContractCaller caller, Map<Way, Map<Question<?, ?>, Told>> calm)
      throws Exception {
    for (Map.Entry<Way, Map<Question<?, ?>, Told>> way : calm.entrySet()) {
      for (Map.Entry<Question<?, ?>, Told> each : way.getValue().entrySet()) {
        Told again = answer(caller, way.getKey(), each.getKey());
        assertEquals(each.getValue(), again, () -> way.getKey() + " changed");
      }
    }
  }

  @Test
  void aFullHouseIsTheSameRefusalOfEveryMethodInEveryWay() throws Exception {
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
      List<Question<?, ?>> questions = Question.some(1, new SplittableRandom(SEED));
      Question<?, ?> route = questions.getFirst();
      List<Way> ways = Way.ALL.stream().filter(way -> route.hasForm(way.form())).toList();
      engine.shut();
      List<Future<Told>> waiting = new ArrayList<>();
      for (int i = 0; i < INSIDE; i++) {
        Way way = ways.get(i % ways.size());
        waiting.add(threads.submit(() -> inside.ask(way, route)));
      }
      Eventually.holds("the house is full", () -> full(server));
      for (Way way : Way.ALL) {
        for (Question<?, ?> question : questions) {
          if (question.hasForm(way.form())) {
            assertEquals(
                new Told.Refused(Reason.QUEUE_FULL, List.of()),
                caller.ask(way, question),
                () -> way + " " + question);
          }
        }
      }
      engine.open();

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
