package dev.weir.proxy.path;

import dev.weir.routing.RequestKind;

/**
 * What a request says of the work it asks for: read off it cheaply, before the query itself is.
 * Values are as sent, or GraphHopper's defaults; nothing of it was checked.
 *
 * @param profile name of the profile, empty if none was given
 * @param search what a route asks for; {@link Search#PLAIN} for everything else
 * @param speedModeOff the caller does without contraction hierarchies, or asks for what they cannot
 *     do
 * @param hybridModeOff the same for landmarks
 * @param points places of a route
 * @param beelineMeters sum of the straight distances between them; of a round trip, its wished
 *     length
 * @param latitude of the first place, NaN if there is none
 * @param longitude of the first place, NaN if there is none
 * @param reachSeconds limit of an isochrone or tree by time or by weight, which is about the same;
 *     0 if it is by distance
 * @param reachMeters limit by distance, or 0
 * @param paths alternatives asked for, at least 1
 * @param modelHash of the custom model, 0 if there is none
 * @param modelBytes length of the custom model as JSON
 * @param fullOutput instructions or path details are asked for; of an isochrone, borders in every
 *     detail, whatever their tolerance
 * @param geometry the way itself is asked for
 */
public record Traits(
    RequestKind kind,
    String profile,
    Search search,
    boolean speedModeOff,
    boolean hybridModeOff,
    int points,
    double beelineMeters,
    double latitude,
    double longitude,
    long reachSeconds,
    long reachMeters,
    int paths,
    long modelHash,
    int modelBytes,
    boolean fullOutput,
    boolean geometry) {

  /** Ways to look for a route, which differ in cost by orders of magnitude. */
  public enum Search {
    PLAIN,
    ALTERNATIVES,
    ROUND_TRIP
  }

  /** Of a request that says nothing, or whose content is not known yet. */
  public static Traits unknown(RequestKind kind) {
    return new Traits(
        kind,
        "",
        Search.PLAIN,
        false,
        false,
        2,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        0,
        0,
        1,
        0,
        0,
        true,
        true);
  }
}
