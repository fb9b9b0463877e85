package dev.weir.proxy.walls.planted.dispatch;

import java.util.function.LongSupplier;

final class RefersToTheClock {

  static final LongSupplier CLOCK = System::nanoTime;

  private RefersToTheClock() {}
}
