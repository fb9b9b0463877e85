package dev.weir.proxy.path;

import java.time.Instant;

/**
 * What a caller was told of a ride.
 *
 * @param id proves the fare, and for whom and until when it holds
 * @param distanceMillimeters length of the ride
 * @param millis time it takes
 * @param validUntil the first moment at which it no longer holds; whole milliseconds
 */
public record Quote(
    String id, long distanceMillimeters, long millis, Fare fare, Instant validUntil) {

  public boolean expired(Instant now) {
    return !now.isBefore(validUntil);
  }
}
