package dev.weir.routing.graphhopper;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.graphhopper.util.JsonFeature;
import dev.weir.routing.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.locationtech.jts.geom.Geometry;

/** Writes isochrones as GraphHopper's own JSON or as a plain GeoJSON collection. Thread-safe. */
final class IsochroneWriter {

  private final ObjectMapper json;
  private final LoadedMap map;

  IsochroneWriter(ObjectMapper json, LoadedMap map) {
    this.json = json;
    this.map = map;
  }

  Answer write(List<Geometry> areas, boolean geoJson, double tookMillis) {
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
      return new Answer(Answer.Media.JSON, json.writeValueAsBytes(document), tookMillis);
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
