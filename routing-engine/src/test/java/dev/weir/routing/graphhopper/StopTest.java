package dev.weir.routing.graphhopper;

import static dev.weir.routing.graphhopper.Monaco.HERMITAGE;
import static dev.weir.routing.graphhopper.Monaco.LARVOTTO;
import static dev.weir.routing.graphhopper.Monaco.STADIUM;
import static dev.weir.routing.graphhopper.Monaco.engine;
import static dev.weir.routing.graphhopper.Monaco.isochrone;
import static dev.weir.routing.graphhopper.RouteDraft.route;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.routing.Coordinate;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.StopSignal;
import dev.weir.routing.StopSignal.Cause;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class StopTest {

  /** Large enough for a search to look at the signal again and again, on this small map. */
  static Stream<Arguments> everyKindOfSearch() {
    Coordinate[] many = new Coordinate[20];
    Arrays.setAll(many, i -> i % 2 == 0 ? STADIUM : LARVOTTO);
    return Stream.of(
        Arguments.of("a flexible route", route("car", many).flexible().build()),
        Arguments.of("a dijkstra", route("car", many).flexible().algorithm("dijkstra").build()),
        Arguments.of("an A*", route("car", many).flexible().algorithm("astar").build()),
        Arguments.of("a hybrid route", route("car", many).hybrid().build()),
        Arguments.of("a route in speed mode", route("car", many).build()),
        Arguments.of("a route in speed mode with turn costs", route("car_tc", many).build()),
        Arguments.of("a flexible route with turn costs", route("car_tc", many).flexible().build()),
        Arguments.of(
            "alternatives in speed mode",
            route("car", HERMITAGE, STADIUM).algorithm("alternative_route").build()),
        Arguments.of(
            "flexible alternatives",
            route("car", HERMITAGE, STADIUM).flexible().algorithm("alternative_route").build()),
        Arguments.of(
            "hybrid alternatives",
            route("car", HERMITAGE, STADIUM).hybrid().algorithm("alternative_route").build()),
        Arguments.of(
            "a round trip", route("car", HERMITAGE).flexible().algorithm("round_trip").build()),
        Arguments.of("an isochrone", isochrone("foot", HERMITAGE, 1200)),
        Arguments.of(
            "a shortest-path tree",
            new RouteQuery.ShortestPathTree(
                "foot", HERMITAGE, false, 1200, -1, List.of(), Map.of())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("everyKindOfSearch")
  void stopsAtTheVeryLookAtWhichTheSignalSaysSo(String name, RouteQuery query) {
    StopAfter never = new StopAfter(Cause.CALLER_GONE, Integer.MAX_VALUE);
    assertInstanceOf(RouteOutcome.Found.class, engine().compute(query, never), name);
    assertTrue(never.looked() > 5, name + " looked only " + never.looked() + " times");

    for (int look : new int[] {1, 2, never.looked() / 2, never.looked()}) {
      StopAfter stop = new StopAfter(Cause.CALLER_GONE, look);
      assertEquals(new RouteOutcome.Cancelled(0), engine().compute(query, stop), name);
      assertEquals(look, stop.looked(), name + " went on after it was stopped");
    }
  }

  @ParameterizedTest
  @EnumSource(Cause.class)
  void tellsApartWhyItWasStopped(Cause cause) {
    RouteOutcome outcome =
        engine()
            .compute(route("car", HERMITAGE, STADIUM).flexible().build(), new StopAfter(cause, 3));

    assertEquals(
        switch (cause) {
          case DEADLINE_PASSED -> new RouteOutcome.TooLate(0);
          case OVER_BUDGET -> new RouteOutcome.OverBudget(0);
          case CALLER_GONE, SHUTTING_DOWN -> new RouteOutcome.Cancelled(0);
        },
        outcome);
  }

  @Test
  void aLimitOfTheQueryIsTooLateAndNotNotFound() {
    for (Object limit : new Object[] {0, -1, Long.MIN_VALUE}) {
      assertEquals(
          new RouteOutcome.TooLate(0),
          compute(route("car", HERMITAGE, STADIUM).flexible().hint("timeout_ms", limit)));
      assertEquals(
          new RouteOutcome.TooLate(0),
          compute(route("car", HERMITAGE, STADIUM).hint("timeout_ms", limit)));
    }
  }

  @Test
  void aQueryThatIsWrongIsToldSoHoweverLittleTimeItGave() {
    assertInstanceOf(
        RouteOutcome.BadRequest.class,
        compute(route("nope", HERMITAGE, STADIUM).hint("timeout_ms", 0)));
    assertInstanceOf(
        RouteOutcome.OutOfBounds.class,
        compute(route("car", HERMITAGE, Monaco.FAR_AWAY).hint("timeout_ms", 0)));
  }

  @Test
  void aGenerousLimitOrOneThatIsNoNumberChangesNothing() {
    for (Object limit : new Object[] {60_000, Long.MAX_VALUE, 1e300, "soon", true}) {
      assertInstanceOf(
          RouteOutcome.Found.class,
          compute(route("car", HERMITAGE, STADIUM).hint("timeout_ms", limit)),
          String.valueOf(limit));
    }
  }

  @Test
  void oneLimitHoldsForAllLegsTogether() {
    Coordinate[] many = new Coordinate[60];
    Arrays.setAll(many, i -> i % 2 == 0 ? STADIUM : LARVOTTO);
    // Each look at the clock takes a millisecond: a leg stays far below the limit, all legs do not.
    long[] clock = {0};
    StopTicket ticket = new StopTicket(StopSignal.NEVER, 100, () -> clock[0] += 1_000_000);
    int looks = 0;
    try {
      for (; looks < 1000; looks++) {
        ticket.poll();
      }
    } catch (StoppedSearch e) {
      assertEquals(Cause.DEADLINE_PASSED, e.reason());
    }
    assertEquals(99, looks);
    assertInstanceOf(
        RouteOutcome.Found.class,
        compute(route("car", many).flexible().hint("timeout_ms", 60_000)));
  }

  @Test
  void limitsAreMeasuredAcrossTheOverflowOfTheClock() {
    long[] clock = {Long.MAX_VALUE - 10};
    StopTicket ticket = new StopTicket(StopSignal.NEVER, 1, () -> clock[0]);

    ticket.poll();
    clock[0] += 999_999;
    ticket.poll();
    clock[0] += 1;
    StoppedSearch stopped = assertThrows(StoppedSearch.class, ticket::poll);
    assertEquals(0, stopped.getStackTrace().length);
  }

  private static RouteOutcome compute(RouteDraft draft) {
    return engine().compute(draft.build(), new StopAfter(Cause.CALLER_GONE, Integer.MAX_VALUE));
  }
}
