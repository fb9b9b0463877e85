package dev.weir.routing;

/** A place in degrees of WGS 84. Not range-checked: the engine says what is out of its bounds. */
public record Coordinate(double latitude, double longitude) {}
