package dev.weir.routing.graphhopper;

import static dev.weir.routing.graphhopper.Monaco.HERMITAGE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.routing.Coordinate;
import dev.weir.routing.Legs;
import dev.weir.routing.Paths;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.StopSignal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A row of a matrix says what single routes say, however it is searched. */
final class MatrixRowsTest {

  private static final long SEED = 11;

  /** In the sea, off the map. */
  private static final Coordinate NOWHERE = new Coordinate(43.70, 7.50);

  private static RouteOutcome compute(RouteQuery query) {
    return Monaco.engine().compute(query, StopSignal.NEVER);
  }

  private static Legs legs(RouteQuery.MatrixRow query) {
    return assertInstanceOf(
        Legs.class, assertInstanceOf(RouteOutcome.Found.class, compute(query)).answer());
  }

  private static Legs.@Nullable Leg route(String profile, Coordinate from, Coordinate to) {
    RouteOutcome outcome =
        compute(
            new RouteQuery.Route(
                profile,
                List.of(from, to),
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of(),
                "",
                "en",
                null,
                Map.of(),
                new RouteQuery.Rendering(
                    false, false, false, false, new RouteQuery.Structure(1e5))));
    return outcome instanceof RouteOutcome.Found(Paths(var paths, double _), long _)
        ? new Legs.Leg(paths.getFirst().distanceMeters(), paths.getFirst().millis())
        : null;
  }

  private static Coordinate place(SplittableRandom random) {
    return new Coordinate(random.nextDouble(43.727, 43.748), random.nextDouble(7.412, 7.435));
  }

  /** One place is looked for on the hierarchy, forty by a tree. */
  @ParameterizedTest
  @ValueSource(ints = {1, 40})
  void everyLegIsThatOfARoute(int places) {
    SplittableRandom random = new SplittableRandom(SEED);
    int found = 0;
    for (int round = 0; round < 120 / places; round++) {
      Coordinate from = place(random);
      List<Coordinate> to = new ArrayList<>();
      for (int i = 0; i < places; i++) {
        to.add(place(random));
      }
      RouteQuery.MatrixRow query = new RouteQuery.MatrixRow("car", from, to);
      if (compute(query) instanceof RouteOutcome.Found(Legs row, long visitedNodes)) {
        assertTrue(visitedNodes > 0);
        for (int i = 0; i < places; i++) {
          Legs.Leg expected = route("car", from, to.get(i));
          Legs.Leg actual = row.legs().get(i);
          assertEquals(expected == null, actual == null, "seed " + SEED);
          if (expected != null && actual != null) {
            found++;
            assertEquals(expected.distanceMeters(), actual.distanceMeters(), 1, "seed " + SEED);
            assertEquals((double) expected.millis(), (double) actual.millis(), 200, "seed " + SEED);
          }
        }
      }
    }
    assertTrue(found > 20, found + " legs");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 40})
  void aPlaceOffTheMapIsNotReachedAndTheOthersAre(int places) {
    List<Coordinate> to = new ArrayList<>(Collections.nCopies(places, HERMITAGE));
    to.set(0, NOWHERE);
    Legs row = legs(new RouteQuery.MatrixRow("car", HERMITAGE, to));

    assertNull(row.legs().get(0));
    for (Legs.Leg here : row.legs().subList(1, places)) {
      assertNotNull(here);
      assertEquals(0, here.distanceMeters(), 0.1);
    }
  }

  @Test
  void thePlaceFromWhichHasToBeOnTheMap() {
    RouteOutcome outcome =
        compute(new RouteQuery.MatrixRow("car", NOWHERE, List.of(HERMITAGE, HERMITAGE)));

    assertInstanceOf(RouteOutcome.OutOfBounds.class, outcome);
  }

  @Test
  void moreThanAHundredPlacesAreTooMany() {
    RouteQuery.MatrixRow query =
        new RouteQuery.MatrixRow("car", HERMITAGE, Collections.nCopies(101, HERMITAGE));

    RouteOutcome.BadRequest refused =
        assertInstanceOf(RouteOutcome.BadRequest.class, compute(query));
    assertEquals("101 places are too many, at most 100 are allowed", refused.problem().message());
  }
}
