package dev.weir.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far it is from one place to each of several.
 *
 * @param legs in the order of the places; {@code null} where there is no way
 */
public record Legs(List<@Nullable Leg> legs, double tookMillis) implements Answer {

  /** One of them. */
  public record Leg(double distanceMeters, long millis) {}
}
