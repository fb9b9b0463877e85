package dev.weir.routing.graphhopper;

import com.graphhopper.GraphHopper;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an answer says about the map it was computed on.
 *
 * @param dataDate of what moment the map is, {@code null} if it does not say
 */
record LoadedMap(List<String> copyrights, @Nullable String dataDate) {

  static LoadedMap of(GraphHopper hopper) {
    String dataDate = hopper.getProperties().get("datareader.data.date");
    return new LoadedMap(
        List.of("GraphHopper", "OpenStreetMap contributors"), dataDate.isEmpty() ? null : dataDate);
  }
}
