package dev.weir.routing.graphhopper;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.graphhopper.GHResponse;
import com.graphhopper.jackson.ResponsePathSerializer;
import dev.weir.routing.Answer;
import dev.weir.routing.Rendered;
import dev.weir.routing.RouteQuery;
import java.util.function.LongSupplier;

/** Writes routes as JSON, with GraphHopper's own serialisers, or as GPX. Thread-safe. */
final class RouteWriter {

  private static final String DEGRADED = "weir.degraded";

  private final ObjectMapper json;
  private final LoadedMap map;
  private final LongSupplier epochMillis;

  /**
   * @param epochMillis start of a track that no time was given for
   */
  RouteWriter(ObjectMapper json, LoadedMap map, LongSupplier epochMillis) {
    this.json = json;
    this.map = map;
    this.epochMillis = epochMillis;
  }

  /**
   * @throws IllegalArgumentException if the route cannot be written as it was wished
   */
  Answer write(GHResponse response, RouteQuery.Rendering rendering, double tookMillis) {
    return switch (rendering.form()) {
      case RouteQuery.Json form ->
          new Rendered(
              Rendered.Media.JSON, json(response, rendering, form, tookMillis), tookMillis);
      case RouteQuery.Gpx form ->
          new Rendered(Rendered.Media.GPX, gpx(response, form, rendering.elevation()), tookMillis);
      case RouteQuery.Structure form ->
          PathReader.read(response.getAll(), rendering, form.multiplier(), tookMillis);
      case RouteQuery.GeoJson _ ->
          throw new IllegalArgumentException("Routes are not written as GeoJSON");
    };
  }

  private byte[] json(
      GHResponse response,
      RouteQuery.Rendering rendering,
      RouteQuery.Json form,
      double tookMillis) {
    if (!rendering.degraded().isEmpty()) {
      response.getHints().putObject(DEGRADED, rendering.degraded());
    }
    JsonNode document =
        ResponsePathSerializer.jsonObject(
            response,
            new ResponsePathSerializer.Info(
                map.copyrights(), Math.round(tookMillis), map.dataDate()),
            rendering.instructions(),
            rendering.calcPoints(),
            rendering.elevation(),
            form.pointsEncoded(),
            form.multiplier());
    try {
      return json.writeValueAsBytes(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A route cannot be written", e);
    }
  }

  private byte[] gpx(GHResponse response, RouteQuery.Gpx gpx, boolean elevation) {
    if (response.getAll().size() > 1) {
      throw new IllegalArgumentException("Alternatives are currently not yet supported for GPX");
    }
    String millis = gpx.millis();
    long startMillis = millis == null ? epochMillis.getAsLong() : Long.parseLong(millis);
    return new GpxDocument(response.getBest().getInstructions(), startMillis, elevation).write(gpx);
  }
}
