package dev.weir.proxy.transport;

import dev.weir.proxy.path.Ticker;
import io.netty.channel.SelectStrategy;
import io.netty.channel.SelectStrategyFactory;
import io.netty.util.IntSupplier;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * Says when event loops look at their sockets: as soon as something arrives, but while calls are
 * refused only once a millisecond. Thread-safe.
 *
 * <p>In a flood over thousands of connections nearly every request arrives alone. To wake an event
 * loop for it, taking the processor from a worker and giving it back, costs more than to read,
 * refuse and answer it; requests that gather for a moment share that. Network drivers do the same
 * with interrupts [1].
 *
 * <p>[1] J. Mogul and K. K. Ramakrishnan, "Eliminating Receive Livelock in an Interrupt-Driven
 * Kernel", ACM TOCS 15(3), 1997.
 */
public final class Gathering implements SelectStrategyFactory {

  static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();

  /** So long after a refusal the next is expected. */
  static final long LATELY_NANOS = Duration.ofMillis(20).toNanos();

  private final Ticker ticker;
  private final LongConsumer sleep;
  private volatile long refusedNanos;

  /**
   * @param sleep makes the calling thread wait for so many nanoseconds
   */
  public Gathering(Ticker ticker, LongConsumer sleep) {
    this.ticker = ticker;
    this.sleep = sleep;
    this.refusedNanos = ticker.nanos() - LATELY_NANOS;
  }

  /** A call was refused. */
  public void refused() {
    refusedNanos = ticker.nanos();
  }

  /** For one event loop. */
  @Override
  public SelectStrategy newSelectStrategy() {
    return new Pace();
  }

  private final class Pace implements SelectStrategy {

    private long lookedNanos = ticker.nanos();

    @Override
    public int calculateStrategy(IntSupplier look, boolean hasTasks) throws Exception {
      long now = ticker.nanos();
      boolean refusing = now - refusedNanos < LATELY_NANOS;
      if (!refusing) {
        return hasTasks ? look.get() : SELECT;
      }
      long early = PAUSE_NANOS - (now - lookedNanos);
      if (early > 0 && hasTasks) {
        return CONTINUE;
      }
      if (early > 0) {
        sleep.accept(early);
        now = ticker.nanos();
      }
      lookedNanos = now;
      return look.get();
    }
  }
}
