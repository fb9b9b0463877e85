package dev.weir.routing.graphhopper;

/**
 * A graph that lies in its directory, ready to be loaded.
 *
 * @param bytes of its files
 * @param built whether it was made now, and not there before
 */
public record ImportedGraph(long bytes, boolean built) {}
