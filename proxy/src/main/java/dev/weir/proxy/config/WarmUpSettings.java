package dev.weir.proxy.config;

import java.time.Duration;

/**
 * Work done before the server calls itself ready.
 *
 * @param atMost time cap; zero to skip warming up
 * @param seed of the random requests
 */
public record WarmUpSettings(Duration atMost, long seed) {

  public WarmUpSettings {
    WarmUpKeys.AT_MOST.require(atMost);
    WarmUpKeys.SEED.require(seed);
  }
}
