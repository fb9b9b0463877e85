package dev.weir.routing.graphhopper;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.carrotsearch.hppc.IntHashSet;
import com.fasterxml.jackson.databind.JsonNode;
import com.graphhopper.GraphHopper;
import com.graphhopper.routing.ev.EnumEncodedValue;
import com.graphhopper.routing.ev.RoadClass;
import com.graphhopper.routing.util.AllEdgesIterator;
import com.graphhopper.storage.BaseGraph;
import com.graphhopper.util.FetchMode;
import com.graphhopper.util.PointList;
import com.graphhopper.util.shapes.BBox;
import dev.weir.routing.MapTile;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tiles hold the roads of the graph, and no more than they may. */
final class RoadTilesTest {

  private static final MapTile WORLD = new MapTile(0, 0, 0);
  private static final BBox EVERYWHERE = new BBox(-180, 180, -85, 85);

  private final GraphHopper hopper = Monaco.bare().hopper();
  private final BaseGraph graph = hopper.getBaseGraph();
  private final EnumEncodedValue<RoadClass> classes =
      hopper.getEncodingManager().getEnumEncodedValue(RoadClass.KEY, RoadClass.class);

  /** The lines of a tile, by class. */
  private static Map<String, List<Line2D>> lines(MapTile tile) {
    Map<String, List<Line2D>> all = new HashMap<>();
    Monaco.json(Monaco.engine().roads(tile))
        .get("roads")
        .properties()
        .forEach(
            kind -> {
              List<Line2D> lines = all.computeIfAbsent(kind.getKey(), _ -> new ArrayList<>());
              kind.getValue().forEach(line -> addTo(lines, line));
            });
    return all;
  }

  private static void addTo(List<Line2D> lines, JsonNode line) {
    int x = line.get(0).intValue();
    int y = line.get(1).intValue();
    for (int i = 2; i < line.size(); i += 2) {
      int nextX = x + line.get(i).intValue();
      int nextY = y + line.get(i + 1).intValue();
      lines.add(new Line2D.Double(x, y, nextX, nextY));
      x = nextX;
      y = nextY;
    }
  }

  @ParameterizedTest
  @CsvSource({"15", "17", "18"})
  void everyPieceOfEveryRoadIsInTheTileItLiesIn(int zoom) {
    Map<MapTile, Map<String, List<Line2D>>> drawn = new HashMap<>();
    AllEdgesIterator edge = graph.getAllEdges();
    int pieces = 0;
    while (edge.next()) {
      String kind = edge.get(classes).toString();
      PointList way = edge.fetchWayGeometry(FetchMode.ALL);
      for (int i = 1; i < way.size(); i++) {
        double latitude = (way.getLat(i - 1) + way.getLat(i)) / 2;
        double longitude = (way.getLon(i - 1) + way.getLon(i)) / 2;
        MapTile tile = MapTile.at(zoom, latitude, longitude);
        double x = tile.across(longitude) * TileSheet.EXTENT;
        double y = tile.down(latitude) * TileSheet.EXTENT;
        double distance =
            drawn.computeIfAbsent(tile, RoadTilesTest::lines).getOrDefault(kind, List.of()).stream()
                .mapToDouble(line -> line.ptSegDist(x, y))
                .min()
                .orElse(Double.POSITIVE_INFINITY);
        assertTrue(distance < 2.5, () -> kind + " is " + distance + " off in " + tile);
        pieces++;
      }
    }
    assertTrue(pieces > 5_000, "this map has " + pieces + " pieces of roads");
  }

  @Test
  void noTileReachesFarBeyondItself() {
    MapTile tile = MapTile.at(16, Monaco.HERMITAGE.latitude(), Monaco.HERMITAGE.longitude());
    double longest = Monaco.json(Monaco.engine().roads(tile)).get("extent").intValue() * 2.0;
    lines(tile).values().stream()
        .flatMap(List::stream)
        .forEach(line -> assertTrue(line.ptSegDist(512, 512) < longest));
  }

  @Test
  void pathsAreLeftOutFromAbove() {
    double latitude = Monaco.HERMITAGE.latitude();
    double longitude = Monaco.HERMITAGE.longitude();
    assertTrue(lines(MapTile.at(15, latitude, longitude)).containsKey("footway"));
    Map<String, List<Line2D>> above = lines(MapTile.at(14, latitude, longitude));
    assertFalse(above.containsKey("footway"));
    assertTrue(above.containsKey("residential"));
  }

  @Test
  void aSmallMapIsShownAsAWholeFromHoweverFar() {
    assertTrue(lines(WORLD).containsKey("footway"));
    assertEquals(
        graph.getEdges(), visited(MainRoads.of(graph, classes, graph.getEdges()), 0).size());
  }

  @ParameterizedTest
  @CsvSource({"0, TRUNK", "6, TRUNK", "7, PRIMARY", "9, SECONDARY", "11, TERTIARY", "12, TERTIARY"})
  void ofALargeOneOnlyLargeRoadsAreShownFromFarAbove(int zoom, RoadClass least) {
    IntHashSet expected = new IntHashSet();
    AllEdgesIterator edge = graph.getAllEdges();
    while (edge.next()) {
      RoadClass kind = edge.get(classes);
      if (kind != RoadClass.OTHER && kind.compareTo(least) <= 0) {
        expected.add(edge.getEdge());
      }
    }

    assertTrue(zoom < 7 || !expected.isEmpty());
    assertEquals(expected, visited(MainRoads.of(graph, classes, 0), zoom));
  }

  @Test
  void onlyNeighboursOfABoxAreLookedAt() {
    MainRoads roads = MainRoads.of(graph, classes, graph.getEdges());
    double latitude = Monaco.HERMITAGE.latitude();
    double longitude = Monaco.HERMITAGE.longitude();
    BBox box = new BBox(longitude, longitude + 0.002, latitude, latitude + 0.002);
    IntHashSet found = new IntHashSet();
    roads.visit(box, 12, found::add);

    AllEdgesIterator edge = graph.getAllEdges();
    while (edge.next()) {
      PointList way = edge.fetchWayGeometry(FetchMode.ALL);
      for (int i = 0; i < way.size(); i++) {
        if (box.contains(way.getLat(i), way.getLon(i))) {
          assertTrue(found.contains(edge.getEdge()));
        }
      }
    }
    assertTrue(found.size() < graph.getEdges() / 2, () -> found.size() + " looked at");
  }

  private static IntHashSet visited(MainRoads roads, int zoom) {
    IntHashSet seen = new IntHashSet();
    roads.visit(EVERYWHERE, zoom, edge -> assertTrue(seen.add(edge)));
    return seen;
  }

  @Test
  void whoNobodyWaitsForStopsLooking() {
    Thread.currentThread().interrupt();
    try {
      assertThrows(CancellationException.class, () -> MainRoads.of(graph, classes, 1 << 30));
    } finally {
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void whereThereIsNoMapThereIsAnEmptyTile() {
    JsonNode tile = Monaco.json(Monaco.engine().roads(MapTile.at(16, 0, 0)));
    assertTrue(tile.get("roads").isEmpty());
    assertFalse(tile.get("cut").booleanValue());
  }

  @Test
  void aTileHoldsNoMoreThanItMay() {
    TileSheet sheet = new TileSheet(WORLD);
    var road = graph.getEdgeIteratorState(0, Integer.MIN_VALUE);
    for (int i = 0; i < TileSheet.MOST_ROADS - 1; i++) {
      sheet.add(RoadClass.PRIMARY, road);
    }
    int before = sheet.json().length;
    sheet.add(RoadClass.PRIMARY, road);
    String full = new String(sheet.json(), US_ASCII);
    sheet.add(RoadClass.PRIMARY, road);

    assertTrue(full.contains("\"cut\":true"));
    assertEquals(full.length(), sheet.json().length);
    assertTrue(full.length() < before + 100);
  }

  @ParameterizedTest
  @CsvSource({"-1, 0, 0", "19, 0, 0", "0, 1, 0", "3, 8, 0", "3, 0, 8", "3, -1, 0", "3, 0, -1"})
  void thereAreNoOtherTiles(int zoom, int x, int y) {
    assertThrows(IllegalArgumentException.class, () -> new MapTile(zoom, x, y));
  }

  @Test
  void aTileKnowsWhereItsBordersAre() {
    MapTile tile = MapTile.at(14, Monaco.HERMITAGE.latitude(), Monaco.HERMITAGE.longitude());
    assertEquals(new MapTile(14, 8529, 5974), tile);
    assertEquals(0.25, tile.across(tile.longitude(0.25)), 1e-9);
    assertEquals(0.75, tile.down(tile.latitude(0.75)), 1e-9);
  }
}
