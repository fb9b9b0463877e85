package dev.weir.routing;

/**
 * A caller's own weighting, as the engine read it. Opaque to everybody but the engine that made it;
 * immutable.
 */
public interface CustomModel {}
