package dev.weir.proxy.brownout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.weir.proxy.config.BrownoutSettings;
import dev.weir.proxy.config.SpeedSettings;
import dev.weir.proxy.config.Tier;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Plan;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.Sketch;
import dev.weir.proxy.path.Step;
import dev.weir.proxy.path.Traits;
import dev.weir.routing.RequestKind;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.RouteQuery.Isochrone;
import dev.weir.routing.RouteQuery.Route;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left out, of whose answers, in what order; and that glance and query agree on it. */
final class LadderTest {

  private static final List<Tier> ALL = List.of(Tier.values());
  private static final Caller CALLER = Caller.at("10.0.0.1");
  private static final Caller CONTENT = new Caller("10.0.0.1", null, null, null, true);

  private final Ladder ladder = ladder(ALL, ALL);

  private static Ladder ladder(List<Tier> output, List<Tier> others) {
    BrownoutSettings settings =
        new BrownoutSettings(
            others, output, others, others, others, 1.5, List.of(new SpeedSettings("van", 36)));
    return new Ladder(Queries.ENGINE, () -> settings);
  }

  private List<Plan> plans(Traits traits, Caller caller, Priority priority) {
    List<Plan> plans = new ArrayList<>();
    Plan plan = Plan.asAsked(traits);
    while ((plan = ladder.cheaper(plan, caller, priority)) != null) {
      plans.add(plan);
    }
    return plans;
  }

  private static List<Set<Step>> left(List<Plan> plans) {
    return plans.stream().map(Plan::left).toList();
  }

  @Test
  void leavesOutMoreAndMoreUntilThereIsNothingToLeaveOut() {
    Route asked =
        Queries.route(
            "car",
            "alternative_route",
            Map.of("ch.disable", true, "alternative_route.max_paths", 3));

    assertEquals(
        List.of(
            EnumSet.of(Step.ALTERNATIVES),
            EnumSet.of(Step.ALTERNATIVES, Step.OUTPUT),
            EnumSet.of(Step.ALTERNATIVES, Step.OUTPUT, Step.SEARCH),
            EnumSet.of(Step.ESTIMATE)),
        left(plans(Queries.glance(asked), CONTENT, Priority.DEFAULT)));
  }

  @Test
  void aPlainRouteWithoutInstructionsHasNothingToLeaveOut() {
    Traits plain = Less.plainOutput(Queries.glance(Queries.route("car", "", Map.of())));

    assertEquals(List.of(), plans(plain, CALLER, Priority.BATCH));
  }

  @Test
  void leavesNothingOutThatIsOffForTheTier() {
    Ladder careful = ladder(List.of(Tier.BATCH), List.of());
    Plan asked = Plan.asAsked(Queries.glance(Queries.route("car", "", Map.of())));

    assertNotNull(careful.cheaper(asked, CALLER, Priority.BATCH));
    assertNull(careful.cheaper(asked, CALLER, Priority.SHEDDABLE));
    assertNull(careful.cheaper(asked, CALLER, Priority.DEFAULT));
    assertNull(careful.cheaper(asked, CALLER, Priority.CRITICAL));
  }

  @Test
  void whatIsGlancedAtAndWhatIsComputedAgreeAfterEachStep() {
    for (String profile : List.of("car", "hybrid", "flexible")) {
      for (String algorithm : List.of("", "alternative_route", "dijkstrabi")) {
        for (Map<String, Object> hints : Queries.HINTS) {
          Route asked = Queries.route(profile, algorithm, hints);
          for (Plan plan : plans(Sketch.of(asked), CALLER, Priority.DEFAULT)) {
            RouteQuery reduced = Objects.requireNonNull(ladder.reduce(asked, plan.left()));
            assertEquals(plan.traits(), Sketch.of(reduced), () -> asked + " " + plan);
          }
        }
      }
    }
    Isochrone asked = Queries.isochrone("van", 600, -1, -1, 0);
    for (Plan plan : plans(Sketch.of(asked), CALLER, Priority.DEFAULT)) {
      RouteQuery reduced = Objects.requireNonNull(ladder.reduce(asked, plan.left()));
      assertEquals(plan.traits(), Sketch.of(reduced));
    }
  }

  @Test
  void theAnswerIsToSayWhatItDoesWithout() {
    Route asked = Queries.route("car", "alternative_route", Map.of());
    Route reduced =
        assertInstanceOf(
            Route.class, ladder.reduce(asked, EnumSet.of(Step.OUTPUT, Step.ALTERNATIVES)));

    assertEquals(List.of("alternatives", "output"), reduced.rendering().degraded());
    assertEquals(List.of(), asked.rendering().degraded());
  }

  @Test
  void gpxIsMadeOfInstructionsAndKeepsThem() {
    Route asked = Queries.gpx(Queries.route("car", "", Map.of()));
    Route reduced = assertInstanceOf(Route.class, ladder.reduce(asked, EnumSet.of(Step.OUTPUT)));

    assertEquals(true, reduced.rendering().instructions());
    assertEquals(List.of(), reduced.pathDetails());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pass_through", "max_visited_nodes", "edge_based", "u_turn_costs", "whatever"})
  void asksForNoPreparedSearchWhereTheCallerAsksForMoreThanItCanDo(String hint) {
    Route asked = Queries.route("car", "", Map.of("ch.disable", true, hint, 1));

    assertNull(ladder.reduce(asked, EnumSet.of(Step.SEARCH)));
  }

  @Test
  void headingsCurbsidesAndModelsNeedTheSearchThatWasAskedFor() {
    Route asked = Queries.route("car", "", Map.of("ch.disable", true));

    assertNull(ladder.reduce(Queries.heading(asked), EnumSet.of(Step.SEARCH)));
    assertNull(ladder.reduce(Queries.curbside(asked), EnumSet.of(Step.SEARCH)));
    assertNull(ladder.reduce(Queries.model(asked), EnumSet.of(Step.SEARCH)));
    assertNull(
        ladder.reduce(
            Queries.route("car", "round_trip", Map.of("ch.disable", true)),
            EnumSet.of(Step.SEARCH)));
    assertNotNull(ladder.reduce(asked, EnumSet.of(Step.SEARCH)));
  }

  @Test
  void aCoarserIsochroneKeepsItsFormItsBucketsAndItsLimit() {
    Isochrone asked = Queries.isochrone("van", 600, -1, -1, 0);
    Isochrone coarse =
        assertInstanceOf(Isochrone.class, ladder.reduce(asked, EnumSet.of(Step.COARSE)));

    assertEquals(120, coarse.grainMeters(), 1e-6); // 2 % of 10 minutes at 36 km/h
    assertEquals(Queries.isochrone("van", 600, -1, -1, coarse.grainMeters()), coarse);
  }

  @Test
  void aCoarserIsochroneIsSoByTheLimitThatCounts() {
    Isochrone byDistance = Queries.isochrone("car", 600, 10_000, -1, 0);
    Isochrone byWeight = Queries.isochrone("van", 600, 10_000, 100, 0);

    assertEquals(
        Queries.isochrone("car", 600, 10_000, -1, 200),
        ladder.reduce(byDistance, EnumSet.of(Step.COARSE)));
    assertEquals(
        Queries.isochrone("van", 600, 10_000, 100, 20),
        ladder.reduce(byWeight, EnumSet.of(Step.COARSE)));
  }

  @Test
  void anIsochroneHasOnlyItsBorderToLeaveOut() {
    Traits asked = Queries.reach(RequestKind.ISOCHRONE, 600);

    assertEquals(List.of(EnumSet.of(Step.COARSE)), left(plans(asked, CONTENT, Priority.DEFAULT)));
    assertEquals(List.of(), plans(Less.plainOutput(asked), CONTENT, Priority.DEFAULT));
    assertEquals(
        List.of(), plans(Queries.reach(RequestKind.ISOCHRONE, 0), CONTENT, Priority.DEFAULT));
  }

  @ParameterizedTest
  @EnumSource(
      value = RequestKind.class,
      names = {"SPT", "NEAREST"})
  void whatIsCheapOrAllOrNothingIsLeftAsItIs(RequestKind kind) {
    assertEquals(List.of(), plans(Queries.reach(kind, 600), CONTENT, Priority.DEFAULT));
  }

  @Test
  void estimatesOnlyForWhoAskedForThat() {
    Traits plain = Less.plainOutput(Queries.glance(Queries.route("van", "", Map.of())));

    assertEquals(List.of(), plans(plain, CALLER, Priority.DEFAULT));
    assertEquals(List.of(EnumSet.of(Step.ESTIMATE)), left(plans(plain, CONTENT, Priority.DEFAULT)));
  }

  @Test
  void estimatesNothingForAProfileOfUnknownSpeedForARoundTripOrAModel() {
    List<Route> hard =
        List.of(
            Queries.route("flexible", "", Map.of()),
            Queries.route("car", "round_trip", Map.of()),
            Queries.model(Queries.route("car", "", Map.of())));
    for (Route query : hard) {
      Traits plain = Less.plainOutput(Queries.glance(query));
      assertEquals(List.of(), plans(plain, CONTENT, Priority.DEFAULT), query::toString);
    }
  }

  @Test
  void anEstimateIsMadeOfStraightLinesADetourAndTheMeanSpeed() {
    Traits asked = Queries.glance(Queries.route("van", "", Map.of()));

    assertEquals(new Reply.Estimated(15_000, 1_500_000), ladder.estimate(asked));
  }

  @Test
  void leavesNothingOutWhenNothingIsToBe() {
    Ladder off = new Ladder(Queries.ENGINE, () -> BrownoutSettings.OFF);
    @Nullable Plan none =
        off.cheaper(
            Plan.asAsked(Queries.glance(Queries.route("car", "", Map.of()))),
            CONTENT,
            Priority.BATCH);

    assertNull(none);
  }
}
