package dev.weir.routing;

/**
 * The place on the road network that is nearest to another.
 *
 * @param distanceMeters straight from the place asked for
 */
public record Nearby(Coordinate point, double distanceMeters, double tookMillis)
    implements Answer {}
