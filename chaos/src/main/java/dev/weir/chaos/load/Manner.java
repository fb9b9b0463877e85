package dev.weir.chaos.load;

import java.time.Duration;

/**
 * How callers behave.
 *
 * @param connections that they have at most
 * @param deadline after which an answer is of no use, and that the server is told
 * @param patience after which they hang up
 * @param retries of what was not answered well, at once
 */
public record Manner(int connections, Duration deadline, Duration patience, int retries) {

  /** Callers who wait somewhat longer than an answer is of use, and never ask twice. */
  public static Manner calm(Duration deadline) {
    return new Manner(512, deadline, deadline.multipliedBy(4), 0);
  }

  /** The same callers, who ask again at once when they did not get what they want. */
  public Manner retrying(int times) {
    return new Manner(connections, deadline, deadline, times);
  }
}
