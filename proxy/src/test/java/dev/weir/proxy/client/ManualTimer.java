package dev.weir.proxy.client;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Runs tasks when the test says so. */
final class ManualTimer implements Timer {

  private final BlockingQueue<Armed> armed = new LinkedBlockingQueue<>();

  /** A task that waits. */
  record Armed(Runnable task, long delayNanos) {}

  @Override
  public Runnable schedule(Runnable task, long delayNanos) {
    Armed next = new Armed(task, delayNanos);
    armed.add(next);
    return () -> armed.remove(next);
  }

  /** The next task that is to be run later. */
  Armed next() throws InterruptedException {
    Armed next = armed.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing was put off");
    }
    return next;
  }

  boolean idle() {
    return armed.isEmpty();
  }
}
