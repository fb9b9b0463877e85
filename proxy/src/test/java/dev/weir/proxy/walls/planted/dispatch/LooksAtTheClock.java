package dev.weir.proxy.walls.planted.dispatch;

import java.time.Instant;

final class LooksAtTheClock {

  private LooksAtTheClock() {}

  static long elapsed() {
    return System.nanoTime() + System.currentTimeMillis() + Instant.now().toEpochMilli();
  }
}
