package dev.weir.benchmarks.riders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.benchmarks.load.Comparison.Spread;
import dev.weir.benchmarks.load.Remarks;
import dev.weir.benchmarks.load.Usage;
import dev.weir.benchmarks.load.Verdict;
import dev.weir.proxy.path.Priority;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RatiosTest {
  private static final Question ROUTE = new Question(Kind.SPEED, Places.TRIP, Priority.DEFAULT, "");

  /** A stage of 10 s with so many good answers of so many milliseconds. */
  private static Outcome outcome(String server, int pair, int good, int millis, double busy) {
    Book book = new Book(0);
    for (int i = 0; i < good; i++) {
      book.due(ROUTE, i, false);
      long latency = TimeUnit.MILLISECONDS.toNanos(millis);
      book.ended(ROUTE, new Book.End(Verdict.GOOD, i, latency, i, false), Remarks.NONE);
    }
    return Outcome.of(
        new Outcome.Label(server, pair, "poisson", 10),
        10,
        book,
        new Outcome.Circumstances(new Usage.Share(90, 0, 0.1), 0, 10, busy),
        List.of());
  }

  private static Spread ratio(List<Outcome> stages, String rival, Ratios.Figure figure) {
    return Ratios.of(stages, "weir").stream()
        .filter(r -> r.rival().equals(rival) && r.figure() == figure)
        .findFirst()
        .orElseThrow()
        .spread();
  }

  @Test
  void ratiosAreTakenWithinAPair() {
    List<Outcome> stages =
        List.of(
            outcome("weir", 1, 400, 10, 0.5),
            outcome("stock", 1, 100, 40, 0.5),
            outcome("stock", 2, 50, 20, 0.5),
            outcome("weir", 2, 300, 10, 0.5));
    assertEquals(new Spread(2, 5, 4, 6), ratio(stages, "stock", Ratios.Figure.GOOD));
    Spread median = ratio(stages, "stock", Ratios.Figure.MEDIAN);
    assertEquals(0.375, median.median(), 0.001);
  }

  @Test
  void aStageThatIsNotClaimedIsLeftOutOnEitherSide() {
    List<Outcome> stages =
        List.of(
            outcome("weir", 1, 400, 10, 0.95),
            outcome("stock", 1, 100, 40, 0.5),
            outcome("weir", 2, 300, 10, 0.5),
            outcome("stock", 2, 50, 20, 0.99),
            outcome("weir", 3, 200, 10, 0.5),
            outcome("stock", 3, 50, 20, 0.5));
    assertEquals(new Spread(1, 4, 4, 4), ratio(stages, "stock", Ratios.Figure.GOOD));
    RivalsPage page = new RivalsPage(Map.of(), stages, Ratios.of(stages, "weir"));
    assertTrue(page.lines().getLast().startsWith("2 stages not claimed"));
    assertTrue(page.html().contains("2 stages not claimed"));
  }

  @Test
  void aRivalWithoutAGoodAnswerHasNoRatioButIsShown() {
    List<Outcome> stages =
        List.of(outcome("weir", 1, 400, 10, 0.5), outcome("stock", 1, 0, 0, 0.5));
    assertTrue(Ratios.of(stages, "weir").isEmpty());
    RivalsPage page = new RivalsPage(Map.of(), stages, List.of());
    assertTrue(String.join("\n", page.lines()).contains("stock: good answers/s"));
    assertFalse(page.html().contains("NaN"));
  }

  @Test
  void answersThatDidWithoutSomethingAreNotFull() {
    Book book = new Book(0);
    Book.End good = new Book.End(Verdict.GOOD, 0, 1, 1, false);
    book.ended(ROUTE, good, new Remarks(-1, "", "search"));
    book.ended(ROUTE, good, Remarks.NONE);
    Outcome outcome =
        Outcome.of(
            new Outcome.Label("weir", 1, "poisson", 10),
            1,
            book,
            new Outcome.Circumstances(new Usage.Share(1, 1, 1), 1, 1, 0.1),
            List.of());
    assertEquals(2, outcome.goodPerSecond());
    assertEquals(1, outcome.fullPerSecond());
  }

  @Test
  void namesOfReasonsAreBounded() {
    Book book = new Book(0);
    for (int i = 0; i < 1_000; i++) {
      Book.End shed = new Book.End(Verdict.REFUSED, 0, 1, 1, false);
      book.ended(ROUTE, shed, new Remarks(1, "reason " + i, ""));
    }
    assertTrue(book.reasons().size() <= 25);
    assertEquals(1_000, book.reasons().values().stream().mapToLong(Long::longValue).sum());
  }
}
