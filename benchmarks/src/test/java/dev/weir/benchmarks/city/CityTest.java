package dev.weir.benchmarks.city;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.benchmarks.city.Network.Way;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CityTest {

  private static final City CITY = City.of(7, 50_000);

  private static List<Way> ways(City city) {
    return city.kept().ways().stream().mapToObj(city.network().ways()::get).toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void hasAboutAsManyNodesAsWished(long seed) {
    assertEquals(20_000, City.of(seed, 20_000).kept().nodes(), 600);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void hasWaysOfEveryKind(Kind kind) {
    assertTrue(ways(CITY).stream().anyMatch(way -> way.kind() == kind));
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void hasWaysOfEveryForm(Form form) {
    assertTrue(ways(CITY).stream().anyMatch(way -> way.form() == form));
  }

  @Test
  void theLargerTheRoadTheFewerOfIt() {
    assertTrue(count(Kind.PRIMARY) < count(Kind.TERTIARY));
    assertTrue(count(Kind.TERTIARY) < count(Kind.RESIDENTIAL));
  }

  private static long count(Kind kind) {
    return ways(CITY).stream()
        .filter(way -> way.kind() == kind)
        .mapToLong(way -> way.end() - way.first())
        .sum();
  }

  @Test
  void fewNodesAreOnIslands() {
    double share = (double) CITY.kept().islandNodes() / CITY.kept().nodes();
    assertTrue(share > 0 && share < 0.02, "share " + share);
  }

  @Test
  void theCentreIsDenserThanTheEdge() {
    Layout layout = CITY.layout();
    int edge = (int) (0.8 * layout.radius());
    assertTrue(layout.cuts(0, 0) > 2 * layout.cuts(edge, edge / 3));
  }

  @Test
  void onlyBridgesCrossWater() {
    Layout layout = new Layout(new Dice(7), 12);
    River river = layout.rivers().getFirst();
    Network network = new Network();
    double middle = river.middle(1);
    int south = network.addNode(0, 0);
    int north = network.addNode(0, 1);
    for (boolean bridges : new boolean[] {false, true}) {
      Street street = new Street(network, layout, Kind.PRIMARY, Form.PLAIN, 1, bridges);
      street.to(south, 1, middle - 0.3);
      street.to(north, 1, middle + 0.3);
      street.cut();
    }
    assertEquals(List.of(Form.BRIDGE), network.ways().stream().map(Way::form).toList());
  }

  @Test
  void aParkHasNoStreets() {
    Layout layout = CITY.layout();
    int parks = 0;
    for (int a = -layout.reach(); a < layout.reach(); a++) {
      for (int b = -layout.reach(); b < layout.reach(); b++) {
        if (layout.park(a, b)) {
          parks++;
          assertEquals(1, layout.cuts(a, b));
        }
      }
    }
    assertTrue(parks > 0);
  }

  @Test
  void everyNameSaysThatItIsMadeUp() {
    for (Way way : ways(CITY)) {
      String name = Names.of(way.kind(), way.name());
      assertFalse(name != null && !name.endsWith("(synthetic)"), name);
    }
  }
}
