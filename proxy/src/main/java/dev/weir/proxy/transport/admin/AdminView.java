package dev.weir.proxy.transport.admin;

import dev.weir.proxy.path.BreakerSwitch;
import dev.weir.proxy.path.Exposition;
import dev.weir.proxy.path.FaultSwitch;
import dev.weir.proxy.path.LogSwitch;
import org.jspecify.annotations.Nullable;

/** What the admin port shows. Thread-safe; called on the thread of the admin port only. */
public interface AdminView {

  /**
   * All metrics; may take milliseconds.
   *
   * @param accept what the scraper understands, as it says itself
   */
  Exposition metrics(String accept);

  /** Whether the process is worth keeping. */
  boolean live();

  /** Whether requests are welcome. */
  boolean ready();

  /** The effective configuration, secrets already masked. */
  String config();

  BreakerSwitch breaker();

  /** Faults on purpose; {@code null} in a server that was not started for them. */
  default @Nullable FaultSwitch faults() {
    return null;
  }

  /** How much is logged. */
  LogSwitch log();

  /** Reads the configuration again, and swaps it if nothing is wrong with it. */
  Reload reload();
}
