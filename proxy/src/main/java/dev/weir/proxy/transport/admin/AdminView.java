package dev.weir.proxy.transport.admin;

import dev.weir.proxy.config.Adjustment;
import dev.weir.proxy.path.BreakerSwitch;
import dev.weir.proxy.path.Exposition;
import dev.weir.proxy.path.FaultSwitch;
import dev.weir.proxy.path.LogSwitch;
import dev.weir.proxy.path.Totals;
import dev.weir.proxy.transport.admin.live.Vitals;
import java.util.List;
import java.util.Map;
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

  /** Whether an operator has taken the server out of service. */
  boolean drained();

  /** Says to those who ask for its health that calls are not welcome, or are again. */
  void drain(boolean out);

  /** What was counted. */
  Totals totals();

  /** How the server is now; called once a second. */
  Vitals vitals();

  /** Faults on purpose; {@code null} in a server that was not started for them. */
  default @Nullable FaultSwitch faults() {
    return null;
  }

  /** How much is logged. */
  LogSwitch log();

  /** Reads the configuration again, and swaps it if nothing is wrong with it. */
  Reload reload();

  /** What can be changed by hand. */
  List<Adjustment.Entry> adjustable();

  /** Changes single values until the configuration is read again. */
  Reload adjust(Map<String, String> wishes);
}
