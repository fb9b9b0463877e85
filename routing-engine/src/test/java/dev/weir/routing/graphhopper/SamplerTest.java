package dev.weir.routing.graphhopper;

import static dev.weir.routing.graphhopper.Monaco.engine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.routing.RequestKind;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.StopSignal;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SamplerTest {

  @Test
  void makesQueriesThatNearlyAlwaysHaveAnAnswer() {
    Random random = new Random(1);
    Set<RequestKind> kinds = EnumSet.noneOf(RequestKind.class);
    int found = 0;
    for (int i = 0; i < 300; i++) {
      RouteQuery query = engine().sample(random);
      kinds.add(query.kind());
      if (engine().compute(query, StopSignal.NEVER) instanceof RouteOutcome.Found) {
        found++;
      }
    }

    assertTrue(found >= 290, found + " of 300");
    assertEquals(EnumSet.of(RequestKind.ROUTE, RequestKind.ISOCHRONE, RequestKind.NEAREST), kinds);
  }

  @Test
  void makesTheSameQueriesFromTheSameSeed() {
    Random one = new Random(7);
    Random other = new Random(7);
    for (int i = 0; i < 50; i++) {
      assertEquals(engine().sample(one), engine().sample(other));
    }
  }
}
