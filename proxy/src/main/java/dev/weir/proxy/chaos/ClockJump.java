package dev.weir.proxy.chaos;

import dev.weir.proxy.path.FaultSwitch.Illegal;
import dev.weir.proxy.path.Ticker;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that is suddenly ahead, as after a machine was suspended or moved. It stays ahead: the
 * clock that the server goes by never goes back on any machine. Thread-safe.
 */
final class ClockJump implements Fault, Ticker {

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long DAY_MILLIS = 86_400_000;

  private final Ticker right;
  private final AtomicLong aheadNanos = new AtomicLong();
  private volatile boolean jumped;

  ClockJump(Ticker right) {
    this.right = right;
  }

  @Override
  public long nanos() {
    return right.nanos() + aheadNanos.get();
  }

  @Override
  public String name() {
    return "clock-jump";
  }

  @Override
  public String usage() {
    return "millis=60000";
  }

  @Override
  public void start(Wishes wishes) throws Illegal {
    long millis = wishes.whole("millis", 1, DAY_MILLIS, 60_000);
    wishes.nothingElse();
    aheadNanos.addAndGet(millis * NANOS_PER_MILLI);
    jumped = true;
  }

  @Override
  public void stop() {
    jumped = false;
  }

  @Override
  public String state() {
    return jumped ? aheadNanos.get() / NANOS_PER_MILLI + " ms ahead" : "";
  }
}
