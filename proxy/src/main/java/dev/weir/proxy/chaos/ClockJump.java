package dev.weir.proxy.chaos;

import dev.weir.proxy.path.FaultSwitch.Illegal;
import dev.weir.proxy.path.Ticker;

/** A clock that is suddenly ahead or behind, and jumps back when the fault ends. Thread-safe. */
final class ClockJump implements Fault, Ticker {

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long DAY_MILLIS = 86_400_000;

  private final Ticker right;
  private volatile long aheadNanos;

  ClockJump(Ticker right) {
    this.right = right;
  }

  @Override
  public long nanos() {
    return right.nanos() + aheadNanos;
  }

  @Override
  public String name() {
    return "clock-jump";
  }

  @Override
  public String usage() {
    return "millis=60000, negative for back";
  }

  @Override
  public void start(Wishes wishes) throws Illegal {
    long millis = wishes.whole("millis", -DAY_MILLIS, DAY_MILLIS, 60_000);
    wishes.nothingElse();
    aheadNanos = millis * NANOS_PER_MILLI;
  }

  @Override
  public void stop() {
    aheadNanos = 0;
  }

  @Override
  public String state() {
    return aheadNanos == 0 ? "" : aheadNanos / NANOS_PER_MILLI + " ms ahead";
  }
}
