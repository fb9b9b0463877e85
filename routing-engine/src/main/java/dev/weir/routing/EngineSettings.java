package dev.weir.routing;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What to load and what to prepare.
 *
 * @param map the OpenStreetMap extract: {@code .osm.pbf}, {@code .osm}, {@code .osm.gz}
 * @param graphDir where the imported graph is kept for the next start
 * @param profiles at least one; names are unique
 * @param encodedValues further encoded values to store, beyond those the profiles need
 * @param minNetworkSize smaller islands of the road network are not snapped to; in nodes
 * @param snapPreventions where a route does not say, roads not to snap to: {@code tunnel}, {@code
 *     bridge}, {@code ferry}, {@code ford}, {@code motorway}, {@code trunk}
 * @param elevation where elevation comes from
 * @param memoryMapped keep the graph in memory-mapped files instead of on the heap
 * @param maxVisitedNodes bound on the nodes one search may visit
 */
public record EngineSettings(
    Path map,
    Path graphDir,
    List<ProfileSettings> profiles,
    List<String> encodedValues,
    int minNetworkSize,
    List<String> snapPreventions,
    Elevation elevation,
    boolean memoryMapped,
    int maxVisitedNodes) {

  public EngineSettings {
    profiles = List.copyOf(profiles);
    encodedValues = List.copyOf(encodedValues);
    snapPreventions = List.copyOf(snapPreventions);
    if (profiles.isEmpty()) {
      throw new InvalidSetting("profiles", "must name at least one profile");
    }
    Set<String> names = new HashSet<>();
    for (ProfileSettings profile : profiles) {
      if (!names.add(profile.name())) {
        throw new InvalidSetting("profiles", "names " + profile.name() + " twice");
      }
    }
    atLeast("min-network-size", 0, minNetworkSize);
    atLeast("max-visited-nodes", 1, maxVisitedNodes);
  }

  private static void atLeast(String setting, int least, int value) {
    if (value < least) {
      throw new InvalidSetting(setting, "must be at least " + least + ", not " + value);
    }
  }

  /**
   * @param name what callers ask for
   * @param customModelFiles the rules of the profile: names of files that GraphHopper ships ({@code
   *     car.json}, {@code bike.json}, {@code foot.json} …) or paths of your own
   * @param turnCosts respect turn restrictions and turn costs
   * @param uTurnCostSeconds time a U-turn costs, -1 to forbid them; only with {@code turnCosts}
   * @param speedMode prepare contraction hierarchies: fastest, fixed weighting
   * @param hybridMode prepare landmarks: fast, and allows custom models
   */
  public record ProfileSettings(
      String name,
      List<String> customModelFiles,
      boolean turnCosts,
      int uTurnCostSeconds,
      boolean speedMode,
      boolean hybridMode,
      Caps caps) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,64}");

    public ProfileSettings {
      customModelFiles = List.copyOf(customModelFiles);
      if (!NAME.matcher(name).matches()) {
        throw new InvalidSetting(
            "name", "must be of lower-case letters, digits, _ and -, and at most 64 of them");
      }
      if (customModelFiles.isEmpty()) {
        throw new InvalidSetting("custom-model-files", "must name the rules of the profile");
      }
      atLeast("u-turn-cost", -1, uTurnCostSeconds);
      if (!turnCosts && uTurnCostSeconds != -1) {
        throw new InvalidSetting("u-turn-cost", "means nothing without turn-costs: true");
      }
    }
  }

  /**
   * Bounds on what one request may ask; beyond them it is a bad request.
   *
   * @param points via points included
   * @param beelineKm sum over legs of the straight distance, for routes that speed mode answers
   * @param flexibleBeelineKm the same for every other route
   * @param alternatives paths one request may ask for
   * @param roundTripKm wished length of a round trip
   * @param isochroneMinutes reach of an isochrone or tree, by time
   * @param isochroneKm reach of an isochrone or tree, by distance
   * @param isochroneSites network places an isochrone may triangulate
   * @param treeRows rows of one shortest-path tree
   * @param customModelBytes length of a custom model as JSON
   * @param customModelStatements statements of a custom model
   * @param areaVertices vertices of all areas of a custom model together
   */
  public record Caps(
      int points,
      int beelineKm,
      int flexibleBeelineKm,
      int alternatives,
      int roundTripKm,
      int isochroneMinutes,
      int isochroneKm,
      int isochroneSites,
      int treeRows,
      int customModelBytes,
      int customModelStatements,
      int areaVertices) {

    public Caps {
      atLeast("points", 1, points);
      atLeast("beeline-km", 0, beelineKm);
      atLeast("flexible-beeline-km", 0, flexibleBeelineKm);
      atLeast("alternatives", 1, alternatives);
      atLeast("round-trip-km", 0, roundTripKm);
      atLeast("isochrone-minutes", 0, isochroneMinutes);
      atLeast("isochrone-km", 0, isochroneKm);
      atLeast("isochrone-sites", 0, isochroneSites);
      atLeast("tree-rows", 0, treeRows);
      atLeast("custom-model-bytes", 0, customModelBytes);
      atLeast("custom-model-statements", 0, customModelStatements);
      atLeast("area-vertices", 0, areaVertices);
    }

    public static final Caps DEFAULT =
        new Caps(100, 5_000, 1_000, 5, 500, 120, 200, 250_000, 1_000_000, 65_536, 100, 1_000);
  }

  /**
   * @param provider GraphHopper's name of the source ({@code srtm}, {@code cgiar}, {@code multi} …)
   *     or {@code null} for a flat map
   * @param tiles directory of tiles that were fetched before
   */
  public record Elevation(@Nullable String provider, @Nullable Path tiles) {

    public Elevation {
      if (provider == null && tiles != null) {
        throw new InvalidSetting("tiles", "means nothing without an elevation provider");
      }
    }

    public static final Elevation NONE = new Elevation(null, null);
  }
}
