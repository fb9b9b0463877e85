package dev.weir.proxy.transport.http;

/** The language in which a caller is told what is wrong. */
enum Shape {
  /** GraphHopper's JSON. */
  GRAPHHOPPER,
  /** GPX, as GraphHopper writes errors. */
  GPX,
  /** {@code google.rpc.Status} as JSON, of the contract {@code weir.v1}. */
  CONTRACT
}
