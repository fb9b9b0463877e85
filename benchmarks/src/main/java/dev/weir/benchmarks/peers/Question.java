package dev.weir.benchmarks.peers;

import dev.weir.routing.RouteQuery;

/**
 * A query, and what it costs.
 *
 * @param sizeClass index in {@link Questions#CLASSES}
 * @param costNanos processor time it took on the idle machine
 */
public record Question(RouteQuery query, int sizeClass, long costNanos) {}
