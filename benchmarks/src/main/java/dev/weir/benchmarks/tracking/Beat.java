package dev.weir.benchmarks.tracking;

import java.util.Locale;

/**
 * One second of a run.
 *
 * @param atSeconds since the first ride, at the end of the second
 * @param underWay rides that follow a route
 * @param positions per second, as all rates
 * @param cpuPercent of one processor that the server used
 * @param memoryMib resident memory of the server
 */
record Beat(
    double atSeconds,
    long underWay,
    double positions,
    double progress,
    double routes,
    double notices,
    double cpuPercent,
    double memoryMib) {

  /** For people. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%4.0f s  rides %6d  positions %6.0f/s  progress %6.0f/s  other routes %5.0f/s"
            + "  notices %5.0f/s  cpu %3.0f %%  %5.0f MiB",
        atSeconds,
        underWay,
        positions,
        progress,
        routes,
        notices,
        cpuPercent,
        memoryMib);
  }
}
