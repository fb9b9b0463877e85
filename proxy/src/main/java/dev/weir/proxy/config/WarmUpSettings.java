package dev.weir.proxy.config;

import java.time.Duration;

/**
 * Work done before the server calls itself ready.
 *
 * @param atMost time cap; zero to skip warming up
 * @param seed of the random requests
 */
public record WarmUpSettings(Duration atMost, long seed) {

  private static final int FLOOD_PART = 3;

  public WarmUpSettings {
    WarmUpKeys.AT_MOST.require(atMost);
    WarmUpKeys.SEED.require(seed);
  }

  /** The engine's part of the time, the first. */
  public Duration engine() {
    return atMost.minus(flood());
  }

  /** The front end's part. */
  public Duration flood() {
    return atMost.dividedBy(FLOOD_PART);
  }
}
