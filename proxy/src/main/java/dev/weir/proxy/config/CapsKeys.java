package dev.weir.proxy.config;

import dev.weir.routing.EngineSettings.Caps;
import dev.weir.routing.EngineSettings.ProfileSettings;
import java.util.List;
import java.util.function.ToIntFunction;

/** The keys below {@code caps} of a profile. */
final class CapsKeys {

  /** Half of the way around the earth, and then some: no distance is cut off by it. */
  private static final int AROUND_KM = 100_000;

  private static final Key<ProfileSettings, Integer> POINTS =
      key("points", 10_000, Caps::points, "Points of one route, via points included.");

  private static final Key<ProfileSettings, Integer> BEELINE =
      key(
          "beeline-km",
          AROUND_KM,
          Caps::beelineKm,
          "Straight distance, summed over the legs, of routes that speed mode answers.");

  private static final Key<ProfileSettings, Integer> FLEXIBLE_BEELINE =
      key(
          "flexible-beeline-km",
          AROUND_KM,
          Caps::flexibleBeelineKm,
          "The same for every other route; those cost far more.");

  private static final Key<ProfileSettings, Integer> ALTERNATIVES =
      key("alternatives", 100, Caps::alternatives, "Paths that one request may ask for.");

  private static final Key<ProfileSettings, Integer> ROUND_TRIP =
      key("round-trip-km", AROUND_KM, Caps::roundTripKm, "Wished length of a round trip.");

  private static final Key<ProfileSettings, Integer> ISOCHRONE_MINUTES =
      key(
          "isochrone-minutes",
          10_000,
          Caps::isochroneMinutes,
          "Reach of an isochrone or shortest-path tree by time.");

  private static final Key<ProfileSettings, Integer> ISOCHRONE_KM =
      key(
          "isochrone-km",
          AROUND_KM,
          Caps::isochroneKm,
          "Reach of an isochrone or shortest-path tree by distance.");

  private static final Key<ProfileSettings, Integer> ISOCHRONE_SITES =
      key(
          "isochrone-sites",
          100_000_000,
          Caps::isochroneSites,
          "Network places that an isochrone may triangulate; each takes some 10 to 50 µs.");

  private static final Key<ProfileSettings, Integer> TREE_ROWS =
      key("tree-rows", 100_000_000, Caps::treeRows, "Rows of one shortest-path tree.");

  private static final Key<ProfileSettings, Integer> MODEL_BYTES =
      key(
          "custom-model-bytes",
          100_000_000,
          Caps::customModelBytes,
          "Length of a custom model as JSON.");

  private static final Key<ProfileSettings, Integer> MODEL_STATEMENTS =
      key(
          "custom-model-statements",
          100_000,
          Caps::customModelStatements,
          "Statements of a custom model; each is compiled.");

  private static final Key<ProfileSettings, Integer> AREA_VERTICES =
      key(
          "area-vertices",
          1_000_000,
          Caps::areaVertices,
          "Vertices of all areas of a custom model together.");

  static final List<Key<ProfileSettings, ?>> ALL =
      List.of(
          POINTS,
          BEELINE,
          FLEXIBLE_BEELINE,
          ALTERNATIVES,
          ROUND_TRIP,
          ISOCHRONE_MINUTES,
          ISOCHRONE_KM,
          ISOCHRONE_SITES,
          TREE_ROWS,
          MODEL_BYTES,
          MODEL_STATEMENTS,
          AREA_VERTICES);

  private CapsKeys() {}

  private static Key<ProfileSettings, Integer> key(
      String name, int most, ToIntFunction<Caps> of, String sentence) {
    return new Key<>(
        "caps." + name,
        Forms.whole(1, most),
        of.applyAsInt(Caps.DEFAULT),
        sentence,
        profile -> of.applyAsInt(profile.caps()));
  }

  static Caps make(Values values) {
    return new Caps(
        values.get(POINTS),
        values.get(BEELINE),
        values.get(FLEXIBLE_BEELINE),
        values.get(ALTERNATIVES),
        values.get(ROUND_TRIP),
        values.get(ISOCHRONE_MINUTES),
        values.get(ISOCHRONE_KM),
        values.get(ISOCHRONE_SITES),
        values.get(TREE_ROWS),
        values.get(MODEL_BYTES),
        values.get(MODEL_STATEMENTS),
        values.get(AREA_VERTICES));
  }
}
