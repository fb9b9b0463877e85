package dev.weir.proxy.transport.admin;

import dev.weir.proxy.path.BreakerSwitch;
import dev.weir.proxy.path.FaultSwitch;
import org.jspecify.annotations.Nullable;

/** What the admin port shows. Thread-safe; called on the thread of the admin port only. */
public interface AdminView {

  /** All metrics in Prometheus' text format, version 0.0.4; may take milliseconds. */
  String metrics();

  /** The same as delimited messages of protobuf, with native histograms besides the classic. */
  byte[] metricsInProtobuf();

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

  /** Reads the configuration again, and swaps it if nothing is wrong with it. */
  Reload reload();
}
