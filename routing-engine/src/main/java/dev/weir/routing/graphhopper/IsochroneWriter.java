package dev.weir.routing.graphhopper;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.graphhopper.jackson.ResponsePathSerializer;
import com.graphhopper.util.JsonFeature;
import com.graphhopper.util.PointList;
import dev.weir.routing.Answer;
import dev.weir.routing.Areas;
import dev.weir.routing.Rendered;
import dev.weir.routing.RouteQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;

/**
 * Writes isochrones as GraphHopper's own JSON, as a plain GeoJSON collection, or not at all.
 * Thread-safe.
 */
final class IsochroneWriter {

  private final ObjectMapper json;
  private final LoadedMap map;

  IsochroneWriter(ObjectMapper json, LoadedMap map) {
    this.json = json;
    this.map = map;
  }

  /**
   * @throws IllegalArgumentException if isochrones are not written in that form
   */
  Answer write(List<Geometry> areas, RouteQuery.Form form, double tookMillis) {
    return switch (form) {
      case RouteQuery.Json _ -> document(areas, false, tookMillis);
      case RouteQuery.GeoJson _ -> document(areas, true, tookMillis);
      case RouteQuery.Structure structure ->
          new Areas(
              areas.stream().map(area -> parts(area, structure.multiplier())).toList(), tookMillis);
      case RouteQuery.Gpx _ ->
          throw new IllegalArgumentException("Isochrones are not written as GPX");
    };
  }

  private static List<Areas.Part> parts(Geometry area, double multiplier) {
    List<Areas.Part> parts = new ArrayList<>();
    for (int i = 0; i < area.getNumGeometries(); i++) {
      Polygon polygon = (Polygon) area.getGeometryN(i);
      List<String> rings = new ArrayList<>();
      rings.add(line(polygon.getExteriorRing(), multiplier));
      for (int hole = 0; hole < polygon.getNumInteriorRing(); hole++) {
        rings.add(line(polygon.getInteriorRingN(hole), multiplier));
      }
      parts.add(new Areas.Part(rings));
    }
    return parts;
  }

  private static String line(LinearRing ring, double multiplier) {
    PointList points = new PointList(ring.getNumPoints(), false);
    for (Coordinate corner : ring.getCoordinates()) {
      points.add(corner.y, corner.x);
    }
    return ResponsePathSerializer.encodePolyline(points, false, multiplier);
  }

  private Rendered document(List<Geometry> areas, boolean geoJson, double tookMillis) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    if (geoJson) {
      document.put("type", "FeatureCollection").putPOJO("features", features(areas, true));
    } else {
      document.putPOJO("polygons", features(areas, false));
      ObjectNode info = document.putObject("info");
      info.putPOJO("copyrights", map.copyrights());
      info.put("took", Math.round(tookMillis));
      if (map.dataDate() != null) {
        info.put("road_data_timestamp", map.dataDate());
      }
    }
    try {
      return new Rendered(Rendered.Media.JSON, json.writeValueAsBytes(document), tookMillis);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An isochrone cannot be written", e);
    }
  }

  private List<JsonFeature> features(List<Geometry> areas, boolean withCopyrights) {
    List<JsonFeature> features = new ArrayList<>();
    for (Geometry area : areas) {
      Map<String, Object> properties = new LinkedHashMap<>();
      properties.put("bucket", features.size());
      if (withCopyrights) {
        properties.put("copyrights", map.copyrights());
      }
      JsonFeature feature = new JsonFeature();
      feature.setProperties(properties);
      feature.setGeometry(area);
      features.add(feature);
    }
    return features;
  }
}
