package dev.weir.proxy.transport.http;

import dev.weir.proxy.path.Ticker;
import io.netty.channel.EventLoop;
import java.util.function.LongUnaryOperator;

/** One timer for all that streams of a connection wait for. Used on its event loop only. */
final class Lookout {

  /** There is nothing to look for. */
  static final long NEVER = Long.MAX_VALUE;

  private final Ticker ticker;
  private final Expiry expiry;
  private final LongUnaryOperator look;
  private boolean set;
  private long dueNanos;

  /**
   * @param look looks, given the time, and says in how many nanoseconds to look again
   */
  Lookout(EventLoop loop, Ticker ticker, LongUnaryOperator look) {
    this.ticker = ticker;
    this.expiry = new Expiry(loop, ticker, this::look);
    this.look = look;
  }

  /** Looks after so many nanoseconds, or sooner. */
  void within(long nanos) {
    long due = ticker.nanos() + nanos;
    if (!set || due - dueNanos < 0) {
      set = true;
      dueNanos = due;
      expiry.arm(nanos);
    }
  }

  private void look() {
    set = false;
    long next = look.applyAsLong(ticker.nanos());
    if (next != NEVER) {
      within(next);
    }
  }

  void end() {
    expiry.cancel();
  }
}
