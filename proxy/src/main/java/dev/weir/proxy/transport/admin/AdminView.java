package dev.weir.proxy.transport.admin;

import dev.weir.proxy.path.BreakerSwitch;

/** What the admin port shows. Thread-safe; called on the thread of the admin port only. */
public interface AdminView {

  /** All metrics in Prometheus' text format, version 0.0.4; may take milliseconds. */
  String metrics();

  /** Whether the process is worth keeping. */
  boolean live();

  /** Whether requests are welcome. */
  boolean ready();

  /** The effective configuration, secrets already masked. */
  String config();

  BreakerSwitch breaker();

  /** Reads the configuration again, and swaps it if nothing is wrong with it. */
  Reload reload();
}
