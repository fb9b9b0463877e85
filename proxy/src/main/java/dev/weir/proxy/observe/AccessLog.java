package dev.weir.proxy.observe;

import dev.weir.proxy.path.TransportObserver.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line per answer, for those who turn it on. Thread-safe; costs next to nothing when off. */
final class AccessLog {

  static final String NAME = "dev.weir.access";

  private static final Logger LOG = LoggerFactory.getLogger(NAME);

  private AccessLog() {}

  static void write(
      Resource resource, String method, int status, long bytes, long tookNanos, String caller) {
    if (!LOG.isInfoEnabled()) {
      return;
    }
    LOG.atInfo()
        .addKeyValue("caller", caller)
        .addKeyValue("method", method)
        .addKeyValue("resource", Meters.label(resource))
        .addKeyValue("status", status)
        .addKeyValue("bytes", bytes)
        .addKeyValue("took_us", tookNanos / 1_000)
        .log("answered");
  }
}
