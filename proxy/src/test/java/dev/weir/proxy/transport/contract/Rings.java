package dev.weir.proxy.transport.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.v1.Area;
import dev.weir.v1.GetIsochroneResponse;
import dev.weir.v1.Polygon;
import dev.weir.v1.Polyline;
import java.util.ArrayList;
import java.util.List;

/** Holds the areas of the contract against GraphHopper's, place by place. */
final class Rings {

  private Rings() {}

  /**
   * @param polygons features of GeoJSON
   */
  static void assertSame(JsonNode polygons, GetIsochroneResponse told) {
    assertEquals(polygons.size(), told.getAreasCount());
    for (int bucket = 0; bucket < polygons.size(); bucket++) {
      Area area = told.getAreas(bucket);
      assertEquals(bucket, area.getBucket());
      List<JsonNode> parts = parts(polygons.get(bucket).get("geometry"));
      assertEquals(parts.size(), area.getPartsCount());
      for (int part = 0; part < parts.size(); part++) {
        assertSame(parts.get(part), area.getParts(part));
      }
    }
  }

  private static List<JsonNode> parts(JsonNode geometry) {
    JsonNode coordinates = geometry.get("coordinates");
    if (geometry.get("type").textValue().equals("Polygon")) {
      return List.of(coordinates);
    }
    assertEquals("MultiPolygon", geometry.get("type").textValue());
    List<JsonNode> parts = new ArrayList<>();
    coordinates.forEach(parts::add);
    return parts;
  }

  private static void assertSame(JsonNode rings, Polygon told) {
    assertEquals(rings.size(), told.getRingsCount());
    for (int i = 0; i < rings.size(); i++) {
      assertSame(rings.get(i), told.getRings(i));
    }
  }

  /** But for what the line rounds off. */
  private static void assertSame(JsonNode ring, Polyline told) {
    double multiplier = Math.pow(10, told.getPrecision());
    double roundedOff = 0.501 / multiplier;
    PolylineReader line = new PolylineReader(told.getEncoded(), multiplier);
    assertEquals(ring.size(), line.latitudes().length);
    for (int i = 0; i < ring.size(); i++) {
      assertEquals(ring.get(i).get(0).doubleValue(), line.longitudes()[i], roundedOff);
      assertEquals(ring.get(i).get(1).doubleValue(), line.latitudes()[i], roundedOff);
    }
  }

  static int areasOfSeveralParts(GetIsochroneResponse told) {
    return (int) told.getAreasList().stream().filter(area -> area.getPartsCount() > 1).count();
  }

  static int holes(GetIsochroneResponse told) {
    return told.getAreasList().stream()
        .flatMap(area -> area.getPartsList().stream())
        .mapToInt(part -> part.getRingsCount() - 1)
        .sum();
  }
}
