package dev.weir.benchmarks.riders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.benchmarks.load.Rig;
import dev.weir.benchmarks.load.Tally.Latency;
import dev.weir.benchmarks.load.TinyServer;
import dev.weir.benchmarks.load.Verdict;
import dev.weir.benchmarks.load.Wire;
import dev.weir.proxy.path.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a real server on loopback. Bounds on times hold however slow the machine is. */
final class CrowdTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final List<Question> QUESTIONS =
      List.of(
          new Question(Kind.SPEED, Places.TRIP, Priority.DEFAULT, ""),
          new Question(Kind.ISOCHRONE, Places.TRIP, Priority.BATCH, ""));
  private static final String POLYGONS =
      TinyServer.response("200 OK", "{\"polygons\":[]}", "X-Weir-Degraded: coarse");
  private static final String REFUSAL =
      TinyServer.response(
          "503 Service Unavailable",
          "{\"message\":\"no\",\"hints\":[{\"reason\":\"queue_full\"}]}",
          "Retry-After: 1");

  private final Rig rig = new Rig(4);

  @AfterEach
  void stop() {
    rig.close();
  }

  private static Script script(double rate, int millis, Duration deadline, String manners) {
    return new Script(
        Shape.constant(rate, Duration.ofMillis(millis)),
        Duration.ZERO,
        deadline,
        QUESTIONS,
        Shares.parse(Manner.class, manners),
        2,
        3);
  }

  private static long arrivals(Script script) {
    return arrivals(script, Long.MAX_VALUE);
  }

  private static long arrivals(Script script, long beforeMillis) {
    Schedule schedule = new Schedule(script.shape(), script.seed());
    long count = 0;
    while (schedule.nextNanos() < TimeUnit.MILLISECONDS.toNanos(beforeMillis)) {
      count++;
    }
    return count;
  }

  private Book run(Script script, int riders, Function<String, String> answers) throws Exception {
    try (TinyServer server = new TinyServer(answers);
        Wire wire =
            Door.http1(server.address()).open(rig, riders, script.questions(), script.deadline())) {
      Book book = new Book(script.leadIn().toNanos());
      return new Crowd(rig.generator(), wire, script, book).run().get(90, TimeUnit.SECONDS);
    }
  }

  private static String right(String path) {
    return path.startsWith("/route") ? TinyServer.ROUTE : POLYGONS;
  }

  @Test
  void everyDueRequestGetsExactlyOneVerdict() throws Exception {
    Script script = script(500, 400, LONG, "calm=1");
    Book book = run(script, 32, CrowdTest::right);
    assertEquals(arrivals(script), book.all().offered());
    assertEquals(
        book.all().offered(),
        book.all().count(Verdict.GOOD) + book.all().count(Verdict.NO_CONNECTION));
    assertEquals(book.all().count(Verdict.GOOD), book.good().getTotalCount());
  }

  @Test
  void aRightAnswerToAnotherQuestionIsNotGood() throws Exception {
    Script script = script(200, 200, LONG, "calm=1");
    Book book = run(script, 128, path -> TinyServer.ROUTE);
    Map<Kind, Book.Counts> kinds = book.kinds();
    assertEquals(
        book.all().count(Verdict.GOOD), kinds.getOrDefault(Kind.SPEED, book.all()).offered());
    assertEquals(
        book.all().count(Verdict.ERROR), kinds.getOrDefault(Kind.ISOCHRONE, book.all()).offered());
  }

  @Test
  void answersWithLessThanWasAskedForAreGoodAndCounted() throws Exception {
    Book book = run(script(200, 200, LONG, "calm=1"), 128, CrowdTest::right);
    assertEquals(
        Map.of("coarse", book.kinds().getOrDefault(Kind.ISOCHRONE, book.all()).offered()),
        book.degraded());
  }

  @Test
  void aStallOfTheServerShowsInThePercentiles() throws Exception {
    Script script = script(200, 400, LONG, "calm=1");
    int arrivals = (int) arrivals(script);
    CountDownLatch allAsked = new CountDownLatch(arrivals);
    Book book =
        run(
            script,
            arrivals,
            path -> {
              allAsked.countDown();
              await(allAsked);
              return right(path);
            });
    assertEquals(arrivals, book.all().count(Verdict.GOOD));
    // nobody was answered before the last had asked, and half of them were due by half of the time
    assertTrue(Latency.of(book.good()).p50Millis() >= 100, () -> "" + Latency.of(book.good()));
  }

  @Test
  void aBusyGeneratorShowsInTheLatencyAndInItsOwnLag() throws Exception {
    Script script = script(500, 100, LONG, "calm=1");
    try (TinyServer server = new TinyServer(CrowdTest::right);
        Wire wire = Door.http1(server.address()).open(rig, 256, script.questions(), LONG)) {
      CompletableFuture<Void> bothQueued = new CompletableFuture<>();
      rig.generator().execute(bothQueued::join);
      CompletableFuture<Book> running = new Crowd(rig.generator(), wire, script, new Book(0)).run();
      rig.generator().execute(() -> spin(Duration.ofMillis(250)));
      bothQueued.complete(null);
      Book book = running.get(90, TimeUnit.SECONDS);
      assertTrue(Latency.of(book.lag()).p50Millis() >= 140);
      assertTrue(Latency.of(book.good()).p50Millis() >= 140);
      assertTrue(!new Claim(Latency.of(book.lag()).p99Millis(), 0.1).holds());
    }
  }

  @Test
  void politeRidersComeBackWhenTheyAreToldTo() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Script script = script(25, 5_000, LONG, "polite=1");
    Book book =
        run(
            script,
            512,
            path -> {
              asked.incrementAndGet();
              return REFUSAL;
            });
    // Retry-After is a second: who was refused in the last one does not come back in time, and
    // who was in the one before comes back once
    long inTime = arrivals(script, 4_000) + arrivals(script, 3_000);
    assertTrue(book.retries() > 0);
    assertTrue(book.retries() <= inTime, () -> book.retries() + " came back");
    assertEquals(arrivals(script) + book.retries(), asked.get());
    assertEquals(Map.of("queue_full", (long) asked.get()), book.reasons());
  }

  @Test
  void aStormRetriesAtOnceAndNotForEver() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Script script = script(100, 3_000, LONG, "storm=1");
    Book book =
        run(
            script,
            256,
            path -> {
              asked.incrementAndGet();
              return REFUSAL;
            });
    assertTrue(book.retries() > 0);
    assertTrue(asked.get() <= 3 * arrivals(script), () -> "asked " + asked);
    assertEquals(asked.get(), book.all().count(Verdict.REFUSED));
  }

  @Test
  void calmRidersTakeARefusalForWhatItIs() throws Exception {
    Script script = script(100, 300, LONG, "calm=1");
    Book book = run(script, 256, path -> REFUSAL);
    assertEquals(0, book.retries());
    assertEquals(arrivals(script), book.shed().getTotalCount());
  }

  @Test
  void whoLeavesAtTheDeadlineHangsUpAndTheRiderComesBack() throws Exception {
    Script script = script(100, 3_000, Duration.ofMillis(50), "leaves=1");
    Book book = run(script, 8, path -> TinyServer.SILENCE);
    assertEquals(
        book.all().offered(),
        book.all().count(Verdict.LEFT) + book.all().count(Verdict.NO_CONNECTION));
    // eight connections were not enough for all: they were made anew
    assertTrue(book.all().count(Verdict.LEFT) > 8, () -> "" + book.all().verdicts());
  }

  @Test
  void whoWaitsForeverIsUnansweredInTheEnd() throws Exception {
    Script script = script(100, 200, Duration.ofMillis(20), "calm=1");
    Book book = run(script, 64, path -> TinyServer.SILENCE);
    assertEquals(arrivals(script), book.all().count(Verdict.UNANSWERED));
  }

  @Test
  void answersAfterTheDeadlineAreLate() throws Exception {
    Script script = script(100, 200, Duration.ofNanos(1), "calm=1");
    Book book = run(script, 64, CrowdTest::right);
    assertEquals(arrivals(script), book.all().count(Verdict.LATE));
    assertEquals(arrivals(script), book.late().getTotalCount());
  }

  @Test
  void whatIsDueInTheLeadInIsOfferedButNotCounted() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Script script = script(200, 400, LONG, "calm=1");
    Script withLeadIn =
        new Script(
            script.shape(),
            Duration.ofMillis(200),
            LONG,
            QUESTIONS,
            script.manners(),
            0,
            script.seed());
    Book book =
        run(
            withLeadIn,
            256,
            path -> {
              asked.incrementAndGet();
              return right(path);
            });
    assertEquals(arrivals(script), asked.get());
    assertTrue(book.all().offered() < asked.get());
    assertEquals(book.all().offered(), book.all().count(Verdict.GOOD));
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("not all asked");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void spin(Duration time) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < time.toNanos()) {
      Thread.onSpinWait();
    }
  }
}
