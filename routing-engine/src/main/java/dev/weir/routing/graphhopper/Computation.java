package dev.weir.routing.graphhopper;

import java.util.function.LongSupplier;

/** One call of {@code compute}: since when it runs and what may stop it. Used by one thread. */
record Computation(StopTicket ticket, LongSupplier nanoTime, long startedAtNanos) {

  private static final double NANOS_PER_MILLI = 1e6;

  double tookMillis() {
    return (nanoTime.getAsLong() - startedAtNanos) / NANOS_PER_MILLI;
  }
}
