package dev.weir.proxy.transport.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.weir.proxy.transport.ContractRules;
import dev.weir.routing.MalformedQuery;
import dev.weir.v1.Location;
import dev.weir.v1.StreamRoutesRequest;
import dev.weir.v1.ViaPoints;
import org.junit.jupiter.api.Test;

final class StreamRoutesTest {

  private final StreamRoutes method = new StreamRoutes();

  @Test
  void thereIsATurnForEachViaPointThatTheContractAllows() throws Exception {
    assertEquals(11, method.turns(withViaPoints(10)).size());
    ContractRules.ALL.check(withViaPoints(10).getViaPoints());
    assertThrows(
        MalformedQuery.class, () -> ContractRules.ALL.check(withViaPoints(11).getViaPoints()));
  }

  @Test
  void moreViaPointsThanAllowedCostNoMoreTurns() {
    assertEquals(11, method.turns(withViaPoints(500)).size());
  }

  private static StreamRoutesRequest withViaPoints(int count) {
    ViaPoints.Builder via = ViaPoints.newBuilder();
    for (int i = 0; i < count; i++) {
      via.addLocations(Location.newBuilder().setLatitude(1).setLongitude(i / 10.0));
    }
    return StreamRoutesRequest.newBuilder().setViaPoints(via).build();
  }
}
