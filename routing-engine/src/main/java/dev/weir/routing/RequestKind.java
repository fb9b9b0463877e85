package dev.weir.routing;

/** The kinds of work an engine does; caps, cost estimates and metrics are kept per kind. */
public enum RequestKind {
  /** From a point over others to a last one, alternatives and round trips included. */
  ROUTE,
  /** From one point to each of several. */
  MATRIX,
  /** The area within reach of a point, as polygons. */
  ISOCHRONE,
  /** Every node within reach of a point, as a table. */
  SPT,
  /** The place on the network nearest to a point. */
  NEAREST
}
