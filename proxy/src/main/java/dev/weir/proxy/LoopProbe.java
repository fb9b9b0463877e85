package dev.weir.proxy;

import dev.weir.proxy.path.Ticker;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.function.ToIntFunction;

/**
 * Finds out how late the threads of a port come to what they are to do, by giving each of them a
 * task that does nothing else. While one has not come to it, there is no next task; its age so far
 * is told instead, so that a thread that stands still shows before it goes on.
 */
final class LoopProbe {

  private final ToIntFunction<Runnable> onEachLoop;
  private final LongConsumer lagNanos;
  private final Ticker ticker;
  private final AtomicInteger underway = new AtomicInteger();
  private long sentNanos;

  /**
   * @param onEachLoop runs a task on every thread, and returns how many there are
   * @param lagNanos hears of every delay, on those threads and that of {@link #send}
   */
  LoopProbe(ToIntFunction<Runnable> onEachLoop, LongConsumer lagNanos, Ticker ticker) {
    this.onEachLoop = onEachLoop;
    this.lagNanos = lagNanos;
    this.ticker = ticker;
  }

  /** To be called every second or so, by one thread. */
  void send() {
    long now = ticker.nanos();
    if (underway.get() != 0) {
      lagNanos.accept(now - sentNanos);
      return;
    }
    sentNanos = now;
    underway.addAndGet(onEachLoop.applyAsInt(() -> arrived(now)));
  }

  private void arrived(long atNanos) {
    lagNanos.accept(ticker.nanos() - atNanos);
    underway.decrementAndGet();
  }
}
