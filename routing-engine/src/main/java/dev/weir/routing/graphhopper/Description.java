package dev.weir.routing.graphhopper;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.graphhopper.GraphHopper;
import com.graphhopper.config.Profile;
import com.graphhopper.routing.ev.BooleanEncodedValue;
import com.graphhopper.routing.ev.DecimalEncodedValue;
import com.graphhopper.routing.ev.EncodedValue;
import com.graphhopper.routing.ev.EnumEncodedValue;
import com.graphhopper.routing.ev.IntEncodedValue;
import com.graphhopper.util.Constants;
import com.graphhopper.util.shapes.BBox;
import dev.weir.routing.Rendered;
import org.locationtech.jts.geom.Envelope;

/** Writes down what was loaded, as {@code GET /info} of GraphHopper's server does. */
final class Description {

  private Description() {}

  static Rendered of(GraphHopper hopper, ObjectMapper json) {
    BBox bounds = hopper.getBaseGraph().getBounds();
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.putPOJO(
        "bbox", new Envelope(bounds.minLon, bounds.maxLon, bounds.minLat, bounds.maxLat));
    ArrayNode profiles = document.putArray("profiles");
    for (Profile profile : hopper.getProfiles()) {
      profiles.addObject().put("name", profile.getName());
    }
    document.put("version", Constants.VERSION);
    document.put("elevation", hopper.hasElevation());
    ObjectNode values = document.putObject("encoded_values");
    hopper.getEncodingManager().getEncodedValues().forEach(value -> describe(value, values));
    document.put("import_date", hopper.getProperties().get("datareader.import.date"));
    document.put("data_date", hopper.getProperties().get("datareader.data.date"));
    try {
      return new Rendered(Rendered.Media.JSON, json.writeValueAsBytes(document), 0);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The description cannot be written", e);
    }
  }

  /** The order of the cases matters: an enum value, for one, is also an integer value. */
  private static void describe(EncodedValue value, ObjectNode values) {
    switch (value) {
      case EnumEncodedValue<?> named -> {
        ArrayNode names = values.putArray(value.getName());
        for (Enum<?> name : named.getValues()) {
          names.add(name.name());
        }
      }
      case BooleanEncodedValue _ -> values.putArray(value.getName()).add("true").add("false");
      case DecimalEncodedValue _ -> values.putArray(value.getName()).add(">number").add("<number");
      case IntEncodedValue _ -> values.putArray(value.getName()).add(">number").add("<number");
      default -> {
        // A text; there is no saying what it may be.
      }
    }
  }
}
