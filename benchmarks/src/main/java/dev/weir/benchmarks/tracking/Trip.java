package dev.weir.benchmarks.tracking;

import dev.weir.v1.Location;

/** From where to where somebody rides. */
record Trip(Location from, Location to) {}
