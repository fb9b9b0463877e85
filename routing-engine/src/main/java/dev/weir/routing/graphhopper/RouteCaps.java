package dev.weir.routing.graphhopper;

import static com.graphhopper.util.DistanceCalcEarth.DIST_EARTH;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import com.graphhopper.GHRequest;
import com.graphhopper.util.PMap;
import com.graphhopper.util.Parameters;
import com.graphhopper.util.shapes.BBox;
import com.graphhopper.util.shapes.GHPoint;
import dev.weir.routing.EngineSettings.Caps;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses routes that ask for more than their profile allows, before anything is searched. All
 * methods throw {@link IllegalArgumentException} with a sentence for the caller.
 */
final class RouteCaps {

  private static final double METERS_PER_KM = 1000;

  private final ObjectMapper json;
  private final BBox bounds;
  private final boolean anySpeedMode;

  RouteCaps(ObjectMapper json, BBox bounds, boolean anySpeedMode) {
    this.json = json;
    this.bounds = bounds;
    this.anySpeedMode = anySpeedMode;
  }

  void check(GHRequest request, @Nullable GraphHopperModel model, ServedProfile profile) {
    Caps caps = profile.caps();
    require(
        request.getPoints().size() <= caps.points(),
        "%d points are too many, at most %d are allowed for profile '%s'",
        request.getPoints().size(),
        caps.points(),
        profile.name());
    checkDistance(request, profile);
    checkAlgorithm(request, profile);
    if (model != null) {
      checkModel(model, profile);
    }
  }

  private void checkDistance(GHRequest request, ServedProfile profile) {
    List<GHPoint> points = request.getPoints();
    if (!points.stream().allMatch(point -> bounds.contains(point.lat, point.lon))) {
      return; // GraphHopper says which point it is, and searches nothing.
    }
    double meters = 0;
    for (int i = 1; i < points.size(); i++) {
      GHPoint from = points.get(i - 1);
      GHPoint to = points.get(i);
      meters += DIST_EARTH.calcDist(from.lat, from.lon, to.lat, to.lon);
    }
    boolean speedMode = anySpeedMode && !request.getHints().getBool(Parameters.CH.DISABLE, false);
    int cap = speedMode ? profile.caps().beelineKm() : profile.caps().flexibleBeelineKm();
    require(
        meters <= cap * METERS_PER_KM,
        "The points are %.1f km apart in a straight line, at most %d km are allowed for profile"
            + " '%s' %s speed mode",
        meters / METERS_PER_KM,
        cap,
        profile.name(),
        speedMode ? "in" : "without");
  }

  private static void checkAlgorithm(GHRequest request, ServedProfile profile) {
    PMap hints = request.getHints();
    if (Parameters.Algorithms.ALT_ROUTE.equalsIgnoreCase(request.getAlgorithm())) {
      int paths = hints.getInt(Parameters.Algorithms.AltRoute.MAX_PATHS, 0);
      require(
          paths <= profile.caps().alternatives(),
          "%d alternatives are too many, at most %d are allowed for profile '%s'",
          paths,
          profile.caps().alternatives(),
          profile.name());
    }
    if (Parameters.Algorithms.ROUND_TRIP.equalsIgnoreCase(request.getAlgorithm())) {
      double meters = hints.getDouble(Parameters.Algorithms.RoundTrip.DISTANCE, 0);
      require(
          Math.abs(meters) <= profile.caps().roundTripKm() * METERS_PER_KM,
          "A round trip of %.1f km is too long, at most %d km are allowed for profile '%s'",
          meters / METERS_PER_KM,
          profile.caps().roundTripKm(),
          profile.name());
    }
  }

  private void checkModel(GraphHopperModel model, ServedProfile profile) {
    Caps caps = profile.caps();
    require(
        model.documentBytes() <= caps.customModelBytes()
            || length(model) <= caps.customModelBytes(),
        "The custom model is longer than the %d bytes allowed for profile '%s'",
        caps.customModelBytes(),
        profile.name());
    require(
        model.statements() <= caps.customModelStatements(),
        "%d statements in a custom model are too many, at most %d are allowed for profile '%s'",
        model.statements(),
        caps.customModelStatements(),
        profile.name());
    require(
        model.areaVertices() <= caps.areaVertices(),
        "%d vertices in the areas of a custom model are too many, at most %d are allowed for"
            + " profile '%s'",
        model.areaVertices(),
        caps.areaVertices(),
        profile.name());
  }

  private int length(GraphHopperModel model) {
    try {
      return json.writeValueAsBytes(model.model()).length;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A model that was read cannot be written", e);
    }
  }

  @FormatMethod
  static void require(boolean allowed, @FormatString String message, Object... values) {
    if (!allowed) {
      throw new IllegalArgumentException(message.formatted(values));
    }
  }
}
