package dev.weir.proxy.classify;

/** Tells how densely the road network lies. Thread-safe; costs nanoseconds. */
@FunctionalInterface
public interface NodeDensity {

  /** Nodes per square kilometer around a place; 0 where nothing is known, also for NaN. */
  int perSquareKm(double latitude, double longitude);
}
