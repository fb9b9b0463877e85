package dev.weir.benchmarks.peers;

import dev.weir.routing.RouteQuery;

/**
 * A query, and what it costs.
 *
 * @param sizeClass index in {@link Questions#CLASSES}
 * @param costNanos time it took on the machine alone
 */
public record Question(RouteQuery query, int sizeClass, long costNanos) {}
