package dev.weir.proxy.walls.planted.dispatch;

import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

final class ThrowsDice {

  private ThrowsDice() {}

  static long dice() {
    return UUID.randomUUID().getMostSignificantBits()
        + ThreadLocalRandom.current().nextLong()
        + new Random().nextLong();
  }
}
