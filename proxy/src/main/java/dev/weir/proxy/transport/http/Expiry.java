package dev.weir.proxy.transport.http;

import dev.weir.proxy.path.Ticker;
import io.netty.channel.EventLoop;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A time limit that is moved far more often than it is reached: moving it is a write to a field, as
 * the one scheduled wake-up looks at the field and sleeps on. Used on its event loop only.
 *
 * <p>When the time is over the loop gets one more turn before the action runs. A loop that is late
 * itself may not have read yet what was there in time, and would blame the caller for it.
 */
final class Expiry {

  private final EventLoop loop;
  private final Ticker ticker;
  private final Runnable action;
  private boolean armed;
  private boolean lastTurn;
  private long dueNanos;
  private long wakeNanos;
  private @Nullable Future<?> wake;

  Expiry(EventLoop loop, Ticker ticker, Runnable action) {
    this.loop = loop;
    this.ticker = ticker;
    this.action = action;
  }

  /** Sets or moves the limit. */
  void arm(long afterNanos) {
    long now = ticker.nanos();
    armed = true;
    lastTurn = false;
    dueNanos = now + afterNanos;
    if (wake == null) {
      schedule(now);
    } else if (dueNanos - wakeNanos < 0) {
      wake.cancel(false);
      schedule(now);
    }
  }

  void disarm() {
    armed = false;
  }

  /** Takes the wake-up away too; for the end of the connection. */
  void cancel() {
    armed = false;
    if (wake != null) {
      wake.cancel(false);
      wake = null;
    }
  }

  private void schedule(long now) {
    wakeNanos = dueNanos;
    wake = loop.schedule(this::wake, dueNanos - now, TimeUnit.NANOSECONDS);
  }

  private void wake() {
    wake = null;
    if (!armed) {
      return;
    }
    long now = ticker.nanos();
    if (dueNanos - now > 0) {
      schedule(now);
    } else if (lastTurn) {
      armed = false;
      action.run();
    } else {
      // Scheduled tasks are fetched before sockets are looked at, so this comes after the next
      // look.
      lastTurn = true;
      wake = loop.schedule(this::wake, 1, TimeUnit.NANOSECONDS);
    }
  }
}
