package dev.weir.proxy;

import dev.weir.proxy.chaos.Faults;
import dev.weir.proxy.dispatch.ProcessorTime;
import dev.weir.proxy.path.Ticker;
import dev.weir.proxy.path.WorkClock;
import dev.weir.routing.RoutingEngine;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server stands on, the right things or, if faults on purpose are allowed, such as can fail.
 *
 * @param faults {@code null} if they are not allowed
 */
record Ground(
    RoutingEngine engine, Ticker ticker, WorkClock work, Disk disk, @Nullable Faults faults)
    implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Ground.class);

  /** Where the server keeps what it has learned. */
  @FunctionalInterface
  interface Disk {
    /**
     * To be called before anything is written.
     *
     * @throws IOException if it cannot be
     */
    void write() throws IOException;
  }

  static Ground of(RoutingEngine engine, Ticker ticker, boolean chaos) {
    if (!chaos) {
      return new Ground(engine, ticker, ProcessorTime.orElsePassing(ticker), () -> {}, null);
    }
    LOG.warn("faults on purpose are allowed: POST /chaos/… on the admin port");
    Faults faults = new Faults(ticker, LockSupport::parkNanos, Runtime.getRuntime().maxMemory());
    Ticker jumping = faults.clock();
    WorkClock work = ProcessorTime.orElsePassing(jumping);
    return new Ground(faults.around(engine), jumping, work, faults::write, faults);
  }

  /**
   * @param each runs a task on every event loop
   */
  void loops(Consumer<Runnable> each) {
    if (faults != null) {
      faults.loops(each);
    }
  }

  /** Ends all faults. */
  @Override
  public void close() {
    if (faults != null) {
      faults.close();
    }
  }
}
