package dev.weir.proxy.transport.http;

import dev.weir.proxy.path.Spent;
import org.jspecify.annotations.Nullable;

/**
 * Tells callers where the time of a request went, as browsers show it: W3C Server Timing [1].
 *
 * <p>[1] <a href="https://www.w3.org/TR/server-timing/">w3.org/TR/server-timing</a>
 */
final class Timing {

  private static final long NANOS_PER_MICRO = 1_000;
  private static final long MICROS_PER_MILLI = 1_000;

  private Timing() {}

  /** A header line, empty for what was not admitted. */
  static String line(@Nullable Spent spent) {
    if (spent == null) {
      return "";
    }
    StringBuilder line = new StringBuilder("Server-Timing: ");
    if (spent.estimateNanos() > 0) {
      add(line, "estimate;dur=", spent.estimateNanos()).append(", ");
    }
    add(line, "queue;dur=", spent.queueNanos());
    return add(line.append(", "), "engine;dur=", spent.engineNanos()).append("\r\n").toString();
  }

  /** In milliseconds, to the microsecond. */
  private static StringBuilder add(StringBuilder line, String metric, long nanos) {
    long micros = Math.max(0, nanos) / NANOS_PER_MICRO;
    long rest = micros % MICROS_PER_MILLI;
    line.append(metric).append(micros / MICROS_PER_MILLI).append('.');
    return line.append(rest < 100 ? rest < 10 ? "00" : "0" : "").append(rest);
  }
}
